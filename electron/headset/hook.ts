// The hook switch: a level that is a press, an acknowledgement of our OffHook lamp or a slip; edges against a baseline.

/** The device takes back an OffHook this soon by itself, once; it is no hang-up (ms). */
const slipMs = 500;
/** Reports this soon after opening describe the device, not a person (ms). */
const settleMs = 200;

/** Times are monotonic ms. */
export interface Hook {
  openedAt: number;
  /** What the device holds; null before it said anything. */
  value: 0 | 1 | null;
  /** True where `value` is what we wrote and the device never confirmed. */
  assumed: boolean;
  /** The acknowledgement that we wait for. */
  expected: { value: 0 | 1; until: number } | null;
  /** When OffHook 1 was written. */
  raisedAt: number | null;
  slipped: boolean;
  /** Told again to come up, because it reported on hook while we waited for its acknowledgement; once per OffHook. */
  retold: boolean;
}

/**
 * `lifted` and `laid-down` are edges that somebody else caused; `slip` and `stays-down`: the device has to be told again
 * to come up; `found-up`: off hook at the first word from it.
 */
export type HookSignal = 'none' | 'acknowledged' | 'lifted' | 'laid-down' | 'slip' | 'stays-down' | 'found-up';

export function newHook(openedAt: number): Hook {
  return { openedAt, value: null, assumed: false, expected: null, raisedAt: null, slipped: false, retold: false };
}

/** Our OffHook lamp was written: wait for the device to follow, unless it is there already. */
export function hookWritten(hook: Hook, offHook: boolean, acknowledgeMs: number, now: number): Hook {
  const value = offHook ? 1 : 0;
  const there = hook.value === value && !hook.assumed;
  const expected = there ? null : { value: offHook ? (1 as const) : (0 as const), until: now + acknowledgeMs };
  return { ...hook, expected, raisedAt: offHook ? now : null, slipped: false, retold: false };
}

/**
 * The hook bit of a report. `alone`: no button is pressed in the same report. A baseline that the device never confirmed
 * is believed only for a report that speaks of nothing but the hook.
 */
export function hookReported(before: Hook, value: 0 | 1, alone: boolean, now: number): [Hook, HookSignal] {
  const base = settle(before, now);
  const hook: Hook = { ...base, value, assumed: false };

  if (base.expected?.value === value) return [{ ...hook, expected: null }, 'acknowledged'];
  if (base.value === null) {
    // The first word is the baseline. But many devices keep silent until they are touched, and the first answer must
    // not be lost: a lift that comes alone, and not right after opening, is one.
    if (value === 0) {
      if (base.raisedAt === null || !alone) return [hook, 'none'];
      // Lifted for a call of ours: laid down again, by the device itself where it was just now.
      return now - base.raisedAt > slipMs ? [hook, 'laid-down'] : [{ ...hook, slipped: true }, 'slip'];
    }
    return [hook, alone && now - base.openedAt >= settleMs ? 'lifted' : 'found-up'];
  }
  if (value === 0 && base.value === 0 && base.expected?.value === 1 && alone && !base.retold) {
    // Pressed away before it said that it was up: nothing changed that we could hear, so it is no hang-up. Left down, the
    // next press would only lift it.
    return [{ ...hook, retold: true }, 'stays-down'];
  }
  if (base.value === value || (base.assumed && !alone)) return [hook, 'none'];
  if (value === 1) return [hook, 'lifted'];
  if (base.raisedAt !== null && now - base.raisedAt <= slipMs && !base.slipped) {
    return [{ ...hook, slipped: true }, 'slip'];
  }
  return [hook, 'laid-down'];
}

/** An acknowledgement that did not come in time: the device is taken to hold what we wrote. */
function settle(hook: Hook, now: number): Hook {
  if (!hook.expected || now <= hook.expected.until) return hook;
  return { ...hook, value: hook.expected.value, assumed: hook.value !== hook.expected.value, expected: null };
}
