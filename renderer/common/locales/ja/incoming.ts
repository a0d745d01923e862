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
  notInContacts: '連絡先にありません',
  declineOne: '{{name}}を拒否',
  answerOne: '{{name}}に応答',
} satisfies Words<(typeof en)['incoming']>;
