// The lamps are a function of PhoneState.
import { describe, expect, it } from 'vitest';
import { indicators, situationOf } from './indicators.ts';
import {
  answering,
  callIn,
  dialling,
  ended,
  held,
  incoming,
  phoneWith,
  silenced,
  talking,
} from './virtual/phone-states.ts';

const dark = { ring: false, offHook: false, mute: false, hold: false };

describe('indicators', () => {
  it('are dark when nothing goes on', () => {
    expect(indicators(phoneWith([]))).toEqual(dark);
    expect(indicators(phoneWith([callIn(ended)]))).toEqual(dark);
  });

  it('ring for a call that waits', () => {
    expect(indicators(phoneWith([callIn(incoming)]))).toEqual({ ...dark, ring: true });
  });

  it('do not ring for a silenced call, which a press still answers', () => {
    const state = phoneWith([callIn(silenced)]);
    expect(indicators(state)).toEqual(dark);
    expect(situationOf(state).ringing).toBe(true);
  });

  it.each([dialling, answering, talking])('are off hook for a call that is $name', (phase) => {
    expect(indicators(phoneWith([callIn(phase)]))).toEqual({ ...dark, offHook: true });
  });

  it('stay off hook for a held call: a headset would take the opposite for a hang-up', () => {
    expect(indicators(phoneWith([callIn(held)]))).toEqual({ ...dark, offHook: true, hold: true });
  });

  it('show hold only when all calls are held', () => {
    expect(indicators(phoneWith([callIn(talking, { id: 'a' }), callIn(held, { id: 'b' })])).hold).toBe(false);
  });

  it('show the mute of the active call, and none without a call', () => {
    const other = callIn(held, { id: 'b', muted: true });
    expect(indicators(phoneWith([callIn(talking, { id: 'a' }), other])).mute).toBe(false);
    expect(indicators(phoneWith([callIn(talking, { id: 'a', muted: true }), other])).mute).toBe(true);
    expect(indicators(phoneWith([callIn(incoming, { muted: true })])).mute).toBe(false);
  });

  it('ring and are off hook for a second call', () => {
    const state = phoneWith([callIn(talking, { id: 'a' }), callIn(incoming, { id: 'b' })]);
    expect(indicators(state)).toEqual({ ...dark, ring: true, offHook: true });
  });
});
