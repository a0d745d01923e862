// Arabic words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'إضافة',
  back: 'رجوع',
  call: 'اتصال',
  cancel: 'إلغاء',
  clear: 'مسح',
  close: 'إغلاق',
  delete: 'حذف',
  done: 'تم',
  edit: 'تعديل',
  more: 'المزيد',
  remove: 'إزالة',
  save: 'حفظ',
  tryAgain: 'حاول مجددًا',
  tryNow: 'حاول الآن',
  undo: 'تراجع',
  today: 'اليوم',
  yesterday: 'أمس',
  available: 'متاح',
  connecting: 'جارٍ الاتصال…',
  offline: 'غير متصل',
  offlineCause: 'غير متصل: {{cause}}',
  off: 'إيقاف',
  doNotDisturb: 'عدم الإزعاج',
  working: 'جارٍ العمل…',
  noAnswerFromPhone: 'لم يُجب الهاتف. أغلق هذه النافذة وافتحها من جديد.',
} satisfies Words<(typeof en)['common']>;
