// Which tone is heard with which calls.
import { describe, expect, it } from 'vitest';
import { newCall, type Call, type CallPhase } from '../../contract/index.ts';
import { toneFor } from './tones.ts';

const hold = { byUs: false, byThem: false, since: null };
const talking: CallPhase = { name: 'connected', since: 0, hold };
const waiting: CallPhase = { name: 'incoming', silenced: false };
const ended = (result: 'busy' | 'failed' | 'answered'): CallPhase => ({ name: 'ended', at: 0, result, reason: null });

function call(phase: CallPhase, direction: Call['direction'] = 'outgoing'): Call {
  const party = { number: '1', uri: 'sip:1@a.test' };
  return newCall({ id: phase.name, accountId: 'a', direction, party, phase, startedAt: 0 });
}

describe('the tone', () => {
  it.each([
    ['none while idle', [], null],
    ['none in a call', [call(talking)], null],
    ['waiting while somebody calls into a conversation', [call(talking), call(waiting, 'incoming')], 'waiting'],
    ['none for a caller who was silenced', [call(talking), call({ name: 'incoming', silenced: true })], null],
    ['none for a caller who just rings', [call(waiting, 'incoming')], null],
    ['busy after our call met a busy phone', [call(ended('busy'))], 'busy'],
    ['congestion after our call failed', [call(ended('failed'))], 'congestion'],
    ['none after a conversation', [call(ended('answered'))], null],
    ['none for their call that failed', [call(ended('failed'), 'incoming')], null],
    ['none as soon as another call is on its way', [call(ended('busy')), call({ name: 'calling' })], null],
  ] as const)('%s', (_, calls, tone) => {
    expect(toneFor(calls)).toBe(tone);
  });
});
