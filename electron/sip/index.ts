// The SIP room's door.
export { createSip } from './sip.ts';
export type { Examination } from './examination/index.ts';
export type {
  CreateSip,
  IncomingSession,
  InviteOptions,
  OutgoingSession,
  Session,
  ReferOptions,
  ReferOutcome,
  ReferProgress,
  ReferRequest,
  RemoteParty,
  SessionEnd,
  SessionListener,
  Sip,
  SipAccount,
  SipCounts,
  SipListener,
  SipOptions,
} from './types.ts';
export type * from './events/types.ts';
