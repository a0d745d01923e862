// The headset's self-test, as a window asks for it, and what a headset has to say to the person.
import { ProblemError, type Command, type CommandResult, type Notice, type Problem } from '../../contract/index.ts';
import { formatHeadsetTest } from '../headset/index.ts';
import type { PhoneParts } from './parts.ts';

/** Rejects with ProblemError where there is nothing to test, or no result to copy. */
export async function headsetTest(
  { headsets, desktop, version, engine }: Pick<PhoneParts, 'headsets' | 'desktop' | 'version' | 'engine'>,
  { action }: Extract<Command, { type: 'headset-test' }>,
): Promise<CommandResult> {
  if (action !== 'copy') {
    headsets.test(action);
    return {};
  }
  const result = headsets.testResult;
  if (!result) {
    throw new ProblemError({ code: 'no-headset-test', message: 'There is no result yet. Start the test first.' });
  }
  await desktop.copyText(formatHeadsetTest(result, `Hookswitch ${version}, ${engine}, ${process.platform}`));
  return {};
}

/** Said until it is dismissed; the same problem again is the same notice. */
export function headsetNotice({ code, message }: Problem): Notice {
  const action = { label: 'Dismiss', command: 'dismiss-notice' } as const;
  return { id: code, kind: 'warning', title: 'Your headset stays muted', text: message, action };
}
