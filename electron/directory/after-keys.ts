// What is keyed after a number once somebody answers: "+41 44 123 45 67,,12#", "... ext. 12", "...p12".

/** Longest row of keys: a card number with its code. */
const longestKeys = 32;
/** Shorter numbers are extensions themselves: "12 x 4" is no call. */
const shortestBefore = 7;

export interface Split {
  number: string;
  /** Digits, * and #; each comma is a pause of two seconds. Empty: nothing is keyed. */
  keys: string;
}

/** Separates the keys from the number. A text without any comes back whole. */
export function splitKeys(text: string): Split {
  const [, number = '', after = ''] = /^([^,]*?)\s*(,[,\d*#\s]*)$/s.exec(text) ?? [];
  if (number !== '') return { number, keys: after.replace(/\s/g, '') };
  const spelled = /^(.*?)[\s,;]*(?:p|x|\bext\.?)\s*([\d*#]{1,8})\s*$/is.exec(text);
  const before = spelled?.[1] ?? '';
  const isNumber = /^[^\p{L}@]*$/u.test(before) && before.replace(/\D/g, '').length >= shortestBefore;
  return isNumber ? { number: before, keys: `,${spelled?.[2] ?? ''}` } : { number: text, keys: '' };
}

/** Whether these keys can be sent: something besides pauses, and not without end. */
export function areKeys(keys: string): boolean {
  return /[\d*#]/.test(keys) && keys.length <= longestKeys;
}
