// Arabic words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const ar = {
  inCall: 'في مكالمة',
  doNotDisturb: 'عدم الإزعاج',
  available: 'متاح',
  connecting: 'جارٍ الاتصال…',
  offline: 'غير متصل',
  answer: 'الرد على {{name}}',
  decline: 'رفض',
  endCall: 'إنهاء المكالمة',
  open: 'فتح',
  muteRinger: 'كتم الرنين',
  callersHear: 'يسمع المتصلون نغمة «مشغول»',
  halfHour: '30 دقيقة',
  hour: 'ساعة واحدة',
  tomorrow: 'حتى الغد',
  untilTurnedOff: 'حتى الإيقاف',
  turnOff: 'إيقاف',
  lastCalls: 'آخر المكالمات',
  missed: 'فائتة: {{name}}',
  settings: 'الإعدادات',
  quit: 'إنهاء البرنامج',
  stillRunning: 'ما زال Hookswitch يعمل',
  stillRunningText: 'يبقى في شريط النظام لاستقبال المكالمات. يمكنك إنهاؤه من هناك.',
} satisfies Partial<DesktopWords>;
