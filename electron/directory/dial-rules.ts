// Dial rules of an account: what its exchange wants instead of the number as written. Extensions, short and emergency
// numbers and service codes are never rewritten.
import { dialable, readable } from './numbers.ts';

/** The first rule whose `starts` begins the number applies; `starts` may be empty: every number. */
export type DialRule =
  | { does: 'prefix'; starts: string; digits: string }
  | { does: 'strip'; starts: string }
  | { does: 'replace'; starts: string; digits: string };

/** Six digits and fewer are extensions, service and emergency numbers everywhere. */
const longestShort = 6;

/** The digits to dial for `target`, as {@link dialable} gives it. */
export function applyRules(target: string, rules: readonly DialRule[]): string {
  if (!/^\+?\d+$/.test(target) || (!target.startsWith('+') && target.length <= longestShort)) return target;
  const rule = rules.find(({ starts }) => target.startsWith(starts));
  if (!rule) return target;
  const rest = target.slice(rule.starts.length);
  const dialled = rule.does === 'prefix' ? rule.digits + target : rule.does === 'strip' ? rest : rule.digits + rest;
  // A rule that leaves nothing to dial, or what is no number (9+41), or a short number that nobody typed (112), is not followed.
  return /^\+?\d+$/.test(dialled) && dialled.length > longestShort ? dialled : target;
}

export interface Dialled {
  target: string;
  /** As the preview says it: every digit that is dialled, the later ones after a comma. */
  shown: string;
  /** Keys to send when the call is answered; each comma is a pause of two seconds. */
  after: string;
}

/** "+41 44 123 45 67,,12#": a number and what is keyed after it. null when the text is no such number. */
export function dialledWith(text: string, rules: readonly DialRule[]): Dialled | null {
  const [, number = '', after = ''] = /^([^,]*)((?:,[,\d*#\s]*)?)$/.exec(text) ?? [];
  const written = dialable(number);
  if (written === null) return null;
  const target = applyRules(written, rules);
  const keys = after.replace(/\s/g, '');
  return { target, shown: readable(target) + keys, after: keys };
}
