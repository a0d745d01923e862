// The SIP trace as a file that a person asked for.
import { ProblemError, type CommandResult } from '../../contract/index.ts';
import type { PhoneParts } from './parts.ts';

/** Asks where to and writes; without a `file` in the result the person thought better of it. Throws ProblemError. */
export async function saveTrace(
  { trace, desktop, clock }: Pick<PhoneParts, 'trace' | 'desktop' | 'clock'>,
  format: 'text' | 'pcap',
  text: string,
): Promise<CommandResult> {
  const bytes = trace.export(format, text);
  // Colons are no part of a file's name on Windows.
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const [ending, kind] = format === 'pcap' ? ['pcap', 'Wireshark capture'] : ['txt', 'Text'];
  let file;
  try {
    file = await desktop.saveFile({ name: `hookswitch-sip-${stamp}.${ending}`, kind, bytes });
  } catch (error) {
    throw new ProblemError(
      {
        code: 'not-saved',
        message: 'The file could not be written there. Choose another folder.',
        detail: String(error),
      },
      { cause: error },
    );
  }
  return file === null ? {} : { file };
}
