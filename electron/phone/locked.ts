// Preferences that an administrator set: what a window may not change.
import { ProblemError, type Preferences } from '../../contract/index.ts';

/** Throws ProblemError when one of the changes is locked, or would change what is. */
export function refuseLocked(locked: readonly string[] = [], changes: Partial<Preferences>): void {
  const field = Object.keys(changes).find((name) => name === 'locked' || locked.includes(name));
  if (field === undefined) return;
  throw new ProblemError({
    code: 'set-by-administrator',
    message: 'Your administrator set this for everybody, so it cannot be changed here. Ask them to change it.',
    field,
  });
}
