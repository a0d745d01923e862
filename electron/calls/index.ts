// Calls: one state machine joining SIP and media.
export { Calls, ENDED_CALL_STAYS_MS, type CallsOptions } from './calls.ts';
export { problemOf } from './problem-of.ts';
