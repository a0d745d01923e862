// Mute by pulses: the headset only asks, our Mute lamp decides; echoes and a raised boom must not turn it around.

/** A pulse this soon after our own lamp write is its echo (ms). */
const echoMs = 700;
/** A lamp write this soon after a press is the answer to it, not news to the device (ms). */
const answerMs = 1_000;
/** Pulses closer than this, while the boom is up, are the device insisting (ms). */
const insistMs = 1_000;

/** Times are monotonic ms. */
export interface MuteWatch {
  /** The device asked at this time and our lamp has not answered yet. */
  askedAt: number | null;
  /** The lamp that we changed by ourselves. */
  written: { on: boolean; at: number } | null;
  pulseAt: number | null;
  /** The boom is up: the device answered our unmute with a mute. */
  locked: boolean;
}

export const noMuteWatch: MuteWatch = { askedAt: null, written: null, pulseAt: null, locked: false };

/** Notes that the Mute lamp was changed in a call. */
export function muteWritten(watch: MuteWatch, on: boolean, now: number): MuteWatch {
  if (watch.askedAt !== null && now - watch.askedAt <= answerMs) return { ...watch, askedAt: null };
  return { ...watch, written: { on, at: now } };
}

/**
 * A pulse of Phone Mute in a call: `toggle` what the call has, `ignore` an echo, `mute` when the boom insists, and `lock`
 * when it turns out that the boom is up (mute, and tell the person).
 */
export function mutePulse(
  watch: MuteWatch,
  pairedMs: number,
  now: number,
): [MuteWatch, 'toggle' | 'ignore' | 'mute' | 'lock'] {
  const sincePulse = watch.pulseAt === null ? Infinity : now - watch.pulseAt;
  if (sincePulse < pairedMs) return [{ ...watch, pulseAt: null }, 'ignore'];

  const { written } = watch;
  const next = { ...watch, written: null, pulseAt: now };
  if (written && now - written.at <= echoMs) {
    return written.on ? [next, 'ignore'] : [{ ...next, askedAt: now, locked: true }, 'lock'];
  }
  const insists = watch.locked && sincePulse <= insistMs;
  return [{ ...next, askedAt: now }, insists ? 'mute' : 'toggle'];
}
