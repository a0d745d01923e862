// Japanese words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: '追加',
  back: '戻る',
  call: '発信',
  cancel: 'キャンセル',
  clear: '消去',
  close: '閉じる',
  delete: '削除',
  done: '完了',
  edit: '編集',
  more: 'その他',
  remove: '削除',
  save: '保存',
  tryAgain: '再試行',
  tryNow: '今すぐ試す',
  undo: '取り消す',
  today: '今日',
  yesterday: '昨日',
  available: '対応可能',
  connecting: '接続中…',
  offline: 'オフライン',
  offlineCause: 'オフライン：{{cause}}',
  off: 'オフ',
  doNotDisturb: '応答不可',
  working: '処理中…',
  noAnswerFromPhone: '電話機能が応答しません。このウィンドウを閉じて開き直してください。',
} satisfies Words<(typeof en)['common']>;
