// Sends a changed preference to the phone.
import type { Preferences } from '../../../contract/index.ts';
import { run } from '../../common/index.ts';

export function keep(preferences: Partial<Preferences>): void {
  void run({ type: 'set-preferences', preferences });
}
