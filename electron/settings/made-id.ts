// An id where a file gives none: made from an account's address or a directory's name, so that the file brings the same one
// again.
import { createHash } from 'node:crypto';

/** `Nora.Keller@example.com` -> `nora-keller-example-com-5f0c9a1b`: readable, and different for different addresses. */
export function madeId(from: string): string {
  const canonical = from.trim().toLowerCase();
  const readable = canonical
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48);
  const hash = createHash('sha256').update(canonical).digest('hex').slice(0, 8);
  return readable === '' ? hash : `${readable}-${hash}`;
}
