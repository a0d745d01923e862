// Whether an offer can be answered at all, asked before the phone rings (RFC 3261 13.3.1.3).
import { ProblemError, type AccountConfig, type Problem } from '../../contract/index.ts';
import { webRtcAudio } from './direct.ts';
import { Negotiation, parseSdp } from './sdp/index.ts';

/** A trial's answer goes nowhere. */
const anyFingerprint = { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => '00').join(':') } as const;

/** Why nobody here could answer this offer: no common codec, encryption that the account insists on. Null when somebody could. */
export function unusableOffer(offer: string, encryption: AccountConfig['encryption']): Problem | null {
  try {
    const description = parseSdp(offer);
    // The media window decides about WebRTC.
    if (webRtcAudio(description)) return null;
    const trial = new Negotiation({ address: '127.0.0.1', rtpPort: 9, fingerprint: anyFingerprint });
    trial.answer(description, { held: false, requireEncryption: encryption === 'required' });
    return null;
  } catch (error) {
    // What else may go wrong with an offer shows when the call is answered.
    return error instanceof ProblemError ? error.problem : null;
  }
}
