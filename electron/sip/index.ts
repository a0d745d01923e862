// The SIP room's door.
export { createSip } from './sip.ts';
export type {
  CreateSip,
  IncomingSession,
  OutgoingSession,
  SessionEnd,
  SessionListener,
  Sip,
  SipAccount,
  SipCounts,
  SipListener,
  SipOptions,
} from './types.ts';
export type * from './events/types.ts';
