// Calls: one state machine joining SIP and media.
export { Calls, ENDED_CALL_STAYS_MS } from './calls.ts';
export type { CallsOptions } from './calls-options.ts';
export { autoAnswerAfter } from './auto-answer.ts';
export { featureCode, noForwarding, type Forwarding, type Hindrance } from './forwarding.ts';
export { partyOf } from './party.ts';
export { problemOf } from './problem-of.ts';
