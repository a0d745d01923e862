// The dialog room's door: SIP.js as dialog core, and the sessions on it.
export { DialogCore } from './core.ts';
export { Incoming } from './incoming-session.ts';
export { Outgoing } from './outgoing-session.ts';
export { chainOf } from './redirect.ts';
export { parseReplaces, type Replaces } from './replaces.ts';
export { DEFAULT_SE, MIN_SE } from './session-timer.ts';
export { answerOutsideDialog, refuseUnfit } from './outside-dialog.ts';
export type { SessionContext } from './session-context.ts';
export { targetUri } from './target.ts';
