// Digits in INFO bodies: `application/dtmf-relay` and `application/dtmf`, which no RFC defines and every PBX sends.
import { mediaType } from './body.ts';

/** The digit pressed, or null when the body is no such thing. */
export function digitOf(contentType: string, body: string): string | null {
  const type = mediaType(contentType);
  const text =
    type === 'application/dtmf-relay'
      ? /^\s*signal\s*=\s*(\S+)/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? body.trim()
        : undefined;
  if (text === undefined) return null;
  // Some send the event numbers of RFC 4733.
  const digit = { '10': '*', '11': '#' }[text] ?? text.toUpperCase();
  return /^[0-9*#A-D]$/.test(digit) ? digit : null;
}
