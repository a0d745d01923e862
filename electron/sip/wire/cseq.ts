// CSeq (RFC 3261 20.16): a number and the method it counts.
import { isToken, parseNumber } from './scan.ts';

export interface CSeq {
  number: number;
  method: string;
}

/** Reads `4711 INVITE`; null when the number does not fit 32 bits (RFC 3261 8.1.1.5) or there is no method. */
export function parseCSeq(text: string | undefined): CSeq | null {
  if (text === undefined) return null;
  const space = text.search(/\s/);
  if (space < 0) return null;
  const digits = text.slice(0, space);
  // Leading zeros are legal (RFC 4475 3.1.1.1) and do not count against the length.
  const number = parseNumber(digits.replace(/^0+(?=\d)/, ''), 0xffff_ffff);
  const method = text.slice(space).trim();
  return number === null || !isToken(method) ? null : { number, method };
}
