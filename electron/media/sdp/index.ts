// SDP for the wire: generated from call state, never translated from the window's SDP.
export type { MediaDescription, SessionDescription } from './description.ts';
export { commonCodecs } from './codecs.ts';
export { theirDirection, holdsUs, holdsUsByAnswer } from './direction.ts';
export { Negotiation, type Agreement, type OfferedProtection } from './negotiation.ts';
export { parseSdp } from './parse.ts';
