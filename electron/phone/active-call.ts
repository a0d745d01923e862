// Which call mute, hold and the headset act on.
import type { Call } from '../../contract/index.ts';

const rank: Record<Call['phase']['name'], number> = {
  connected: 5,
  answering: 5,
  ringing: 4,
  calling: 4,
  incoming: 2,
  ended: 0,
};

/** The call that somebody hears now; else the one being set up; else a held one; else one that waits; null when idle. */
export function activeCallId(calls: readonly Call[]): string | null {
  let best: Call | null = null;
  for (const call of calls) {
    if (rankOf(call) > 0 && (best === null || rankOf(call) > rankOf(best))) best = call;
  }
  return best?.id ?? null;
}

function rankOf(call: Call): number {
  return call.phase.name === 'connected' && call.phase.hold.byUs ? 3 : rank[call.phase.name];
}

/** Ring tone: somebody waits for a person's answer, nobody silenced it, and no conversation is disturbed. */
export function shouldRing(calls: readonly Call[], ringerMuted: boolean): boolean {
  if (ringerMuted) return false;
  const talking = calls.some((call) => call.phase.name === 'connected' || call.phase.name === 'answering');
  return (
    !talking && calls.some(({ phase, autoAnswered }) => phase.name === 'incoming' && !phase.silenced && !autoAnswered)
  );
}
