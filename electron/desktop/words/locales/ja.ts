// Japanese words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const ja = {
  inCall: '通話中',
  doNotDisturb: '応答不可',
  available: '対応可能',
  connecting: '接続中…',
  offline: 'オフライン',
  answer: '{{name}}に応答',
  decline: '拒否',
  endCall: '通話を終了',
  open: '開く',
  muteRinger: '着信音を消す',
  callersHear: '発信者には話し中の音が聞こえます',
  halfHour: '30分',
  hour: '1時間',
  tomorrow: '明日まで',
  untilTurnedOff: 'オフにするまで',
  turnOff: 'オフにする',
  lastCalls: '最近の通話',
  missed: '不在着信：{{name}}',
  settings: '設定',
  quit: '終了',
  stillRunning: 'Hookswitchは動作を続けています',
  stillRunningText: '着信を受けるためトレイに常駐しています。終了もそこからできます。',
} satisfies Partial<DesktopWords>;
