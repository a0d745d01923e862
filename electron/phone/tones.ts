// Which network tone is heard now, decided from the calls alone.
import type { Call, NetworkTone } from '../../contract/index.ts';

/**
 * The phone is about to answer by itself: its own tone. Somebody waits while one talks: the soft waiting tone. Our own call was refused and nobody is talked to: busy, or
 * congestion, for as long as the ended call stays on screen.
 */
export function toneFor(calls: readonly Call[]): NetworkTone | null {
  const talking = calls.some(({ phase }) => phase.name === 'connected' || phase.name === 'answering');
  const answersItself = calls.some(({ phase, autoAnswered }) => phase.name === 'incoming' && autoAnswered);
  if (answersItself && !talking) return 'auto-answer';
  const waits = calls.some(({ phase }) => phase.name === 'incoming' && !phase.silenced);
  if (talking) return waits ? 'waiting' : null;
  const busyWithAnother = calls.some(({ phase }) => phase.name !== 'ended');
  if (busyWithAnother) return null;
  const refused = calls.findLast(({ direction, phase }) => direction === 'outgoing' && phase.name === 'ended');
  if (refused?.phase.name !== 'ended') return null;
  if (refused.phase.result === 'busy') return 'busy';
  return refused.phase.result === 'failed' ? 'congestion' : null;
}
