// Ids that begin with the time (UUID version 7, RFC 9562 section 5.7): thousands in a row are written side by side.
import { randomUUID } from 'node:crypto';

/** @param at milliseconds since the epoch */
export function orderedId(at: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
