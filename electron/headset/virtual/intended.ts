// What a person means by a press: the table of the headset research (HID telephony model, "Events to intents"), written
// out once more. The model for tests: it shares no code and no types with what it judges.

/** The phone as a person sees it. */
export interface Seen {
  ringing: boolean;
  call: 'none' | 'active' | 'held';
  muted: boolean;
}

export type Pressed = 'hook' | 'mute' | 'flash' | 'reject' | 'drop' | 'redial';

/** `lifted`: the headset was off hook before the press. In the words of `Room.heard()`. */
export function intended(pressed: Pressed, { ringing, call, muted }: Seen, lifted: boolean): string[] {
  const idle = call === 'none' && !ringing;
  switch (pressed) {
    case 'hook':
      if (call === 'none') return ringing && !lifted ? ['answer'] : [];
      if (lifted) return ringing ? ['hang-up', 'answer'] : ['hang-up'];
      if (call === 'held') return ringing ? ['answer'] : ['hold off'];
      return [];
    case 'mute':
      return call === 'active' ? [muted ? 'mute off' : 'mute on'] : [];
    case 'flash':
      if (ringing) return ['answer'];
      if (call === 'active') return ['hold on'];
      return call === 'held' ? ['hold off'] : [];
    case 'reject':
      return ringing ? ['reject'] : [];
    case 'drop':
      if (call !== 'none') return ['hang-up'];
      return ringing ? ['reject'] : [];
    case 'redial':
      return idle ? ['redial'] : [];
  }
}

/** Which lamps are right, for those that a headset has. */
export function rightLamps(
  { ringing, call, muted }: Seen,
  has: readonly string[],
): Record<'offHook' | 'ring' | 'mute' | 'hold' | 'onLine', boolean> {
  const inCall = call !== 'none';
  const lit = (name: string, on: boolean) => on && has.includes(name);
  return {
    offHook: lit('offHook', inCall),
    ring: lit('ring', ringing),
    mute: lit('mute', inCall && muted),
    hold: lit('hold', call === 'held'),
    onLine: lit('onLine', inCall),
  };
}
