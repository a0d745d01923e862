// Traces of SIP and of headsets as files that a person asked for.
import { ProblemError, type CommandResult } from '../../contract/index.ts';
import type { PhoneParts } from './parts.ts';
import { saveAs, stamp } from './save-as.ts';

interface SavesFiles {
  desktop: Pick<PhoneParts['desktop'], 'saveFile'>;
}

/** Asks where to and writes; without a `file` in the result the person thought better of it. Throws ProblemError. */
export async function saveTrace(
  { trace, desktop, clock }: Pick<PhoneParts, 'trace' | 'clock'> & SavesFiles,
  format: 'text' | 'pcap',
  text: string,
  dialogs?: readonly string[],
): Promise<CommandResult> {
  const bytes = trace.export(format, text, dialogs);
  const [ending, kind] = format === 'pcap' ? ['pcap', 'Wireshark capture'] : ['txt', 'Text'];
  return saveAs(desktop, { name: `hookswitch-sip-${stamp(clock.now())}.${ending}`, kind, bytes });
}

/** What the headsets said and were told, one after the other. Throws ProblemError, also where there is none. */
export async function saveHeadsetTrace({
  headsets,
  desktop,
  clock,
}: Pick<PhoneParts, 'clock'> &
  SavesFiles & { headsets: Pick<PhoneParts['headsets'], 'traces'> }): Promise<CommandResult> {
  const traces = await headsets.traces();
  if (traces.length === 0) {
    throw new ProblemError({
      code: 'no-headset',
      message: 'No headset is connected. Plug it in and press its buttons first.',
    });
  }
  const bytes = Buffer.from(traces.join('\n'));
  return saveAs(desktop, { name: `hookswitch-headset-${stamp(clock.now())}.txt`, kind: 'Text', bytes });
}
