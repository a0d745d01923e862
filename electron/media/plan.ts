// Which kinds of offer an account makes, in which order: the next one is tried after a 488.
import type { OpenOptions } from './types.ts';

/** `direct`: WebRTC of the media window; `secure`: SDES-SRTP and `plain`: RTP, both by the engine. */
export type Mode = 'direct' | 'secure' | 'plain';

const byEncryption: Readonly<Record<OpenOptions['encryption'], readonly Mode[]>> = {
  off: ['plain'],
  preferred: ['secure', 'plain'],
  required: ['secure'],
};

/** Never empty. WebRTC comes first where the account's server is reached over WebSocket, unless the account says. */
export function planFor(options: Pick<OpenOptions, 'media' | 'encryption' | 'transport'>): readonly Mode[] {
  const rtp = byEncryption[options.encryption];
  if (options.media === 'webrtc') return ['direct'];
  const webSocket = options.transport === 'ws' || options.transport === 'wss';
  return options.media === 'auto' && webSocket ? ['direct', ...rtp] : rtp;
}
