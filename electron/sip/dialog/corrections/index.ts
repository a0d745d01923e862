// Every correction of SIP.js 0.21.2, by name, each with a test beside it. SIP.js is pinned; nothing else patches it.
//
// Members that its typings call private or protected are reached by Reflect, in this folder and in dialog-state.ts alone.
import { digest } from './credentials.ts';
import { reInviteAckTimeout, targetRefresh } from './dialogs.ts';
import { allowedMethods, randomTokens, timers } from './settings.ts';

export { answerTo, markCancelled, useCredentials, type CredentialsSource } from './credentials.ts';

/** Name -> what it does. */
export const corrections = {
  targetRefresh,
  reInviteAckTimeout,
  digest,
  randomTokens,
  timers,
  allowedMethods,
} satisfies Record<string, () => void>;

let applied = false;

/** Applies all corrections, once. */
export function correctSipJs(): void {
  if (applied) return;
  applied = true;
  for (const correct of Object.values(corrections)) correct();
}
