// Japanese words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: '着信',
  titleSilenced: '着信（消音）',
  titleMore: '着信、ほか{{count}}件',
  titleMoreSilenced: '着信（消音）、ほか{{count}}件',
  from: '{{name}}から着信',
  several: '着信{{count}}件',
  titleItself: '自動応答',
  forwardedFrom: '{{name}}から転送',
  takesPlace: '{{name}}との通話と入れ替わります',
  lastCall: '前回の通話 {{when}}：{{what}}',
  last: {
    talked: '通話しました',
    missed: '不在着信',
    declined: '拒否しました',
    toThem: 'こちらから発信',
  },
  notInContacts: '連絡先にありません',
  messageInstead: '代わりにメッセージを送信',
  message: {
    later: '今は電話に出られません。後ほどこちらからおかけします。',
    meeting: '会議中です。お急ぎですか？',
    write: 'メッセージでご連絡ください。',
  },
  declineOne: '{{name}}を拒否',
  answerOne: '{{name}}に応答',
} satisfies Words<(typeof en)['incoming']>;
