// Japanese words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: '現在、着信を受けられません',
    offlineAccount: '現在、{{account}}は着信を受けられません',
    caution: '着信を逃すおそれがあります',
    cautionAccount: '{{account}}は着信を逃すおそれがあります',
    settings: '設定が破損していました',
    library: '連絡先と通話履歴が破損していました',
    provisioning: '設定ファイルは使用されませんでした',
    'emergency-location': '現在地',
  },
  action: {
    'retry-registration': '今すぐ試す',
    'open-accounts': 'アカウントを開く',
    'open-audio-settings': '設定を開く',
    'dismiss-notice': '閉じる',
  },
  cause: {
    'no-network': 'ネットワークなし',
    'server-unreachable': 'サーバーに到達できません',
    'server-trouble': 'サーバー障害',
    'server-refused': 'サーバーが拒否',
    'server-moved': 'サーバー移転',
    'server-address-wrong': 'サーバーアドレス誤り',
    'host-unknown': '不明なサーバー',
    'name-service-unreachable': '名前解決不可',
    'connection-refused': '接続拒否',
    'connection-lost': '接続断',
    'secure-connection-failed': '安全に接続できません',
    'certificate-not-trusted': '証明書を信頼できません',
    'websocket-refused': 'WebSocket拒否',
    'login-method-unknown': '不明な認証方式',
    'password-not-accepted': 'パスワードが違います',
    'password-missing': 'パスワード未入力',
    'address-unknown': '不明なアドレス',
    'account-forbidden': 'アカウント使用不可',
    'realm-changed': '別のサーバーがパスワードを要求',
  },
} satisfies Words<(typeof en)['notices']>;
