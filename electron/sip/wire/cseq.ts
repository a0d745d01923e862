// CSeq (RFC 3261 20.16): a number and the method it counts.
import { isSpace, isToken } from './scan.ts';

export interface CSeq {
  number: number;
  method: string;
}

/** Reads `4711 INVITE`; null when the number does not fit 32 bits (RFC 3261 8.1.1.5) or there is no method. */
export function parseCSeq(text: string | undefined): CSeq | null {
  if (text === undefined) return null;
  let number = 0;
  let at = 0;
  // Leading zeros are legal (RFC 4475 3.1.1.1).
  for (; isDigit(text.charCodeAt(at)); at++) {
    number = number * 10 + text.charCodeAt(at) - 0x30;
    if (number > 0xffff_ffff) return null;
  }
  if (at === 0 || !isSpace(text.charCodeAt(at))) return null;
  const method = text.slice(at).trim();
  return isToken(method) ? { number, method } : null;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}
