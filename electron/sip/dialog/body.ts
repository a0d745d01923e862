// Session descriptions in message bodies (RFC 3261 7.4; multipart: RFC 2046 5.1, RFC 5621).
import type { SipMessage } from '../wire/index.ts';

/** The SDP of a message: its body, or the first such part of a multipart body; null when it has none. */
export function sdpOf(message: SipMessage): string | null {
  return findSdp(message.headers.get('Content-Type') ?? '', message.body.toString('utf8'), 0);
}

/** `type/subtype` in lower case, without parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

function findSdp(contentType: string, body: string, depth: number): string | null {
  const type = mediaType(contentType);
  if (type === 'application/sdp') return body.trim() === '' ? null : body;
  // Nested deeper than anyone means it.
  if (!type.startsWith('multipart/') || depth > 2) return null;
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) return null;
  for (const part of body.split(`--${delimiter}`).slice(1)) {
    if (part.startsWith('--')) break;
    const end = /\r?\n\r?\n/.exec(part);
    if (end === null) continue;
    const header = /^content-type\s*:\s*(.+)$/im.exec(part.slice(0, end.index));
    // The line break before the next delimiter belongs to the delimiter.
    const content = part.slice(end.index + end[0].length).replace(/\r?\n$/, '');
    const sdp = findSdp(header?.[1] ?? 'text/plain', content, depth + 1);
    if (sdp !== null) return sdp;
  }
  return null;
}
