// Calls: one state machine joining SIP and media.
export { Calls, ENDED_CALL_STAYS_MS, problemOf, type CallsOptions } from './calls.ts';
