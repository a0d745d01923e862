// Arabic words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'مكالمة واردة',
  titleSilenced: 'مكالمة واردة، صامتة',
  titleMore: 'مكالمة واردة، +{{count}}',
  titleMoreSilenced: 'مكالمة واردة، صامتة، +{{count}}',
  from: 'مكالمة واردة من {{name}}',
  several_zero: 'لا مكالمات واردة',
  several_one: 'مكالمة واردة واحدة',
  several_two: 'مكالمتان واردتان',
  several_few: '{{count}} مكالمات واردة',
  several_many: '{{count}} مكالمة واردة',
  several_other: '{{count}} مكالمة واردة',
  titleItself: 'رد تلقائي',
  forwardedFrom: 'موجّهة من {{name}}',
  takesPlace: 'تحل محل مكالمتك مع {{name}}',
  lastCall: 'آخر مكالمة {{when}}: {{what}}',
  last: {
    talked: 'تحدثتما',
    missed: 'فائتة',
    declined: 'رفضتها',
    toThem: 'اتصلت أنت',
  },
  notInContacts: 'ليس في جهات اتصالك',
  messageInstead: 'إرسال رسالة بدلًا من الرد',
  message: {
    later: 'لا أستطيع التحدث الآن. سأعاود الاتصال بك.',
    meeting: 'أنا في اجتماع. هل الأمر عاجل؟',
    write: 'أرجو أن تكتب لي.',
  },
  declineOne: 'رفض {{name}}',
  answerOne: 'الرد على {{name}}',
} satisfies Words<(typeof en)['incoming']>;
