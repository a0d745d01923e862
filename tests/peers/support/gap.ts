// The longest silence that the far end hears while something is done to the phone.
import type { Baresip } from './baresip.ts';
import { until } from './child.ts';
import { longestGap, slice } from './tone.ts';

/** Seconds of sound before and after that count, too: the far end's jitter buffer hides nothing longer. */
const margin = 0.5;

/**
 * Does it in a call whose tone the peer hears. Resolves to the longest gap from shortly before until shortly after it,
 * ms. A recording that stops growing is a gap, too: then it never gets to the end of what is looked at, and this rejects.
 */
export async function gapDuring(peer: Pick<Baresip, 'heard'>, act: () => Promise<void>): Promise<number> {
  const recorded = (): number => peer.heard()?.seconds ?? 0;
  const before = await until('sound at the peer', () => (recorded() > margin ? recorded() : null));
  const startedAt = performance.now();
  await act();
  const lasted = (performance.now() - startedAt) / 1000;
  const end = before + lasted + margin;
  await until('the recording to go on', () => (recorded() >= end ? true : null));
  const sound = peer.heard();
  if (!sound) throw new Error('The recording is gone.');
  return longestGap(slice(sound, before - margin, margin + lasted + margin));
}
