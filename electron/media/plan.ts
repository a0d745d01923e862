// Which kinds of offer an account makes, in which order: the next one is tried after a 488.
import type { OfferedProtection } from './sdp/index.ts';
import type { OpenOptions } from './types.ts';

/** `direct`: WebRTC of the media window; by the engine SRTP with keys by SDES or DTLS, and RTP in the clear (`none`). */
export type Mode = 'direct' | OfferedProtection;

/** Both ways to agree on keys come before none: no m-line can offer two of them (RFC 3264). */
const byEncryption: Readonly<Record<OpenOptions['encryption'], readonly Mode[]>> = {
  off: ['none'],
  preferred: ['sdes', 'dtls', 'none'],
  required: ['sdes', 'dtls'],
};

/** Never empty. WebRTC comes first where the account's server is reached over WebSocket, unless the account says. */
export function planFor(options: Pick<OpenOptions, 'media' | 'encryption' | 'transport'>): readonly Mode[] {
  const rtp = byEncryption[options.encryption];
  if (options.media === 'webrtc') return ['direct'];
  const webSocket = options.transport === 'ws' || options.transport === 'wss';
  return options.media === 'auto' && webSocket ? ['direct', ...rtp] : rtp;
}
