// The intent table: what a press means in each situation of the calls. Decided from the calls, never from toggles.
import type { HeadsetIntent } from '../../contract/index.ts';
import type { CallSituation } from './indicators.ts';

/** `lift` and `lay-down` are edges of the hook switch that a person caused. */
export type Press = 'lift' | 'lay-down' | 'mute' | 'flash' | 'reject' | 'drop' | 'redial';

type Row = 'idle' | 'ringing' | 'active' | 'active-ringing' | 'held' | 'held-ringing';

type Meaning = 'answer' | 'reject' | 'hang-up' | 'hold' | 'resume' | 'toggle-mute' | 'open' | 'redial';

/** Absent: ignored. The phone holds other calls by itself when it answers or resumes one. */
const table: Record<Press, Partial<Record<Row, readonly Meaning[]>>> = {
  lift: { idle: ['open'], ringing: ['answer'], held: ['resume'], 'held-ringing': ['answer'] },
  'lay-down': {
    active: ['hang-up'],
    'active-ringing': ['hang-up', 'answer'],
    held: ['hang-up'],
    'held-ringing': ['hang-up', 'answer'],
  },
  mute: { active: ['toggle-mute'], 'active-ringing': ['toggle-mute'] },
  flash: {
    ringing: ['answer'],
    active: ['hold'],
    'active-ringing': ['answer'],
    held: ['resume'],
    'held-ringing': ['answer'],
  },
  reject: { ringing: ['reject'], 'active-ringing': ['reject'], 'held-ringing': ['reject'] },
  drop: {
    ringing: ['reject'],
    active: ['hang-up'],
    'active-ringing': ['hang-up'],
    held: ['hang-up'],
    'held-ringing': ['hang-up'],
  },
  redial: { idle: ['redial'] },
};

/** The intents of a press, in order; empty where it means nothing now. */
export function intentsOf(press: Press, situation: CallSituation): HeadsetIntent[] {
  return (table[press][rowOf(situation)] ?? []).map((meaning): HeadsetIntent => {
    switch (meaning) {
      case 'hold':
        return { type: 'hold', on: true };
      case 'resume':
        return { type: 'hold', on: false };
      case 'toggle-mute':
        return { type: 'mute', on: !situation.muted };
      default:
        return { type: meaning };
    }
  });
}

function rowOf({ call, ringing }: CallSituation): Row {
  if (call === 'none') return ringing ? 'ringing' : 'idle';
  return ringing ? `${call}-ringing` : call;
}
