// Auto-answer: which callers are answered by the phone itself, and when. Off unless a person allowed the very caller.
import type { Preferences } from '../../contract/index.ts';

export interface Caller {
  /** As shown and dialled. */
  number: string;
  uri: string;
  /** Our own server vouches for them. */
  asserted: boolean;
  anonymous: boolean;
  /** It did not come through our server. */
  direct: boolean;
  /** Seconds after which their system wants an answer (Call-Info, Alert-Info, RFC 5373); undefined: it does not say. */
  wantsAfter: number | undefined;
}

/** However long they ask for, seconds. */
const LONGEST = 60;

/**
 * After how many ms the phone answers by itself; null: it rings until a person answers. A wish in the INVITE counts only for
 * callers on the list: everybody can write one.
 */
export function autoAnswerAfter(
  { autoAnswer, autoAnswerCallers = [], autoAnswerSeconds = 0 }: AutoAnswerPreferences,
  caller: Caller,
): number | null {
  if (autoAnswer !== true || caller.anonymous || caller.direct) return null;
  if (!autoAnswerCallers.some((allowed) => isSame(allowed, caller))) return null;
  return Math.min(caller.wantsAfter ?? autoAnswerSeconds, LONGEST) * 1000;
}

export type AutoAnswerPreferences = Pick<Preferences, 'autoAnswer' | 'autoAnswerCallers' | 'autoAnswerSeconds'>;

/** The whole number or the whole address: 4410 is neither 14410 nor 4410@elsewhere.example. */
function isSame(allowed: string, { number, uri }: Caller): boolean {
  const wanted = plain(allowed);
  return wanted !== '' && (wanted === plain(number) || wanted === plain(uri));
}

function plain(text: string): string {
  const address = text
    .trim()
    .toLowerCase()
    .replace(/^sips?:/, '')
    .replace(/[;?].*$/, '');
  return address.includes('@') ? address : address.replaceAll(/[\s()./-]/g, '');
}
