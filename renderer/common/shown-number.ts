// A number as people write it: "+41 44 123 45 67". What is dialled stays as it was.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

const known = new Map<string, string>();
const most = 500;

/** An international number in its country's groups; everything else (extensions, addresses) as it is. */
export function shownNumber(number: string): string {
  if (!/^\+\d{7,15}$/.test(number)) return number;
  const before = known.get(number);
  if (before !== undefined) return before;
  const shown = parsePhoneNumberFromString(number)?.formatInternational() ?? number;
  if (known.size >= most) known.clear();
  known.set(number, shown);
  return shown;
}
