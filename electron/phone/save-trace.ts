// Traces of SIP and of headsets as files that a person asked for.
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
  return save(desktop, { name: `hookswitch-sip-${stamp}.${ending}`, kind, bytes });
}

/** What the headsets said and were told, one after the other. Throws ProblemError, also where there is none. */
export async function saveHeadsetTrace({
  headsets,
  desktop,
  clock,
}: Pick<PhoneParts, 'headsets' | 'desktop' | 'clock'>): Promise<CommandResult> {
  const traces = await headsets.traces();
  if (traces.length === 0) {
    throw new ProblemError({
      code: 'no-headset',
      message: 'No headset is connected. Plug it in and press its buttons first.',
    });
  }
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  const bytes = Buffer.from(traces.join('\n'));
  return save(desktop, { name: `hookswitch-headset-${stamp}.txt`, kind: 'Text', bytes });
}

async function save(
  desktop: PhoneParts['desktop'],
  wanted: { name: string; kind: string; bytes: Buffer },
): Promise<CommandResult> {
  let file;
  try {
    file = await desktop.saveFile(wanted);
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
