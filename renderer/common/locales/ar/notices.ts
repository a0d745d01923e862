// Arabic words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'لا يمكن الاتصال بك الآن',
    offlineAccount: 'لا يمكن الاتصال بـ {{account}} الآن',
    caution: 'قد تفوتك مكالمات',
    cautionAccount: 'قد تفوت {{account}} مكالمات',
    settings: 'كانت الإعدادات تالفة',
    library: 'كانت جهات الاتصال والمكالمات تالفة',
    provisioning: 'لم يُستخدم ملف الإعداد',
    'emergency-location': 'أنت هنا',
  },
  action: {
    'retry-registration': 'حاول الآن',
    'open-accounts': 'فتح الحساب',
    'open-audio-settings': 'فتح الإعدادات',
    'dismiss-notice': 'تجاهل',
  },
  cause: {
    'no-network': 'لا شبكة',
    'server-unreachable': 'تعذّر الوصول إلى الخادم',
    'server-trouble': 'عطل في الخادم',
    'server-refused': 'رفض الخادم',
    'server-moved': 'انتقل الخادم',
    'server-address-wrong': 'عنوان الخادم خطأ',
    'host-unknown': 'خادم غير معروف',
    'name-service-unreachable': 'تعذّر الوصول إلى خدمة الأسماء',
    'connection-refused': 'رُفض الاتصال',
    'connection-lost': 'انقطع الاتصال',
    'secure-connection-failed': 'فشل الاتصال الآمن',
    'certificate-not-trusted': 'شهادة غير موثوقة',
    'websocket-refused': 'رُفض WebSocket',
    'login-method-unknown': 'طريقة دخول غير معروفة',
    'password-not-accepted': 'لم تُقبل كلمة المرور',
    'password-missing': 'كلمة المرور ناقصة',
    'address-unknown': 'عنوان غير معروف',
    'account-forbidden': 'الحساب غير مسموح',
    'realm-changed': 'طلب كلمة مرور من جهة أخرى',
  },
} satisfies Words<(typeof en)['notices']>;
