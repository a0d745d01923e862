// What went wrong, in the person's language. A problem comes with its English sentence; other languages go by its code.
import type { Notice, Problem } from '../../contract/index.ts';
import { language, problemSentence, word } from './i18n.ts';

/** The sentence to show. In English it is the problem's own, which may name servers and devices. */
export function problemText({ code, message, values }: Pick<Problem, 'code' | 'message' | 'values'>): string {
  return language() === 'en' ? message : (problemSentence(code, values) ?? message);
}

/** "no network", after "Offline: ". */
export function causeWords(code: string): string {
  return word(`notices:cause.${code}`) ?? code.replaceAll('-', ' ');
}

export interface NoticeWords {
  title: string;
  text: string;
  action: string | undefined;
}

/** A notice's words. What the catalogs do not know is said as it came. */
export function noticeWords({ id, title, text, code, account, action }: Notice): NoticeWords {
  const kind = id.split(':')[0] ?? id;
  const isEnglish = language() === 'en';
  const key = `notices:title.${kind}${account === undefined ? '' : 'Account'}`;
  const known = isEnglish ? undefined : word(key, { account: account ?? '' });
  const label = isEnglish || !action ? undefined : word(`notices:action.${action.command}`);
  return {
    title: known ?? title,
    text: code === undefined ? text : problemText({ code, message: text }),
    action: label ?? action?.label,
  };
}
