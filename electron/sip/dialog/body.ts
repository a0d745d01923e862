// Session descriptions in message bodies (RFC 3261 7.4, RFC 5621).
import { bodyParts, mediaType, type BodyPart, type SipMessage } from '../wire/index.ts';

export { mediaType };

/** The SDP of a message: its body, or the first such part of a multipart body; null when it has none. */
export function sdpOf(message: SipMessage): string | null {
  const part = bodyParts(message).find(isSession);
  const sdp = part?.body.toString('utf8') ?? '';
  return sdp.trim() === '' ? null : sdp;
}

/** A description of an early session (RFC 3959) is another offer than that of the call. */
function isSession({ type, headers }: BodyPart): boolean {
  return type === 'application/sdp' && mediaType(headers.get('Content-Disposition') ?? '') !== 'early-session';
}
