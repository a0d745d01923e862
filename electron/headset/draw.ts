// Drawing the lamps: what to write when the calls change, and what answer of the device to expect.
import { isLit, type CallControl, type CallControlEffect, type Step } from './call-control-state.ts';
import { hookWritten } from './hook.ts';
import { muteWritten, noMuteWatch } from './mute.ts';
import type { Lamps } from './telephony.ts';

/**
 * Shows what the calls want, once. Nothing is written at start, while idle, or while another program has its call on the
 * device: outputs are last-writer-wins, and an OffHook 0 of ours would end that call.
 */
export function draw(state: CallControl, now: number, resync = false): Step {
  const { shown } = state;
  const target = state.foreign ? shown : targetLamps(state);
  const same = sameLamps(shown, target);
  const comesUp = target.offHook && (state.reassert || (!same && staysDown(state, target)));
  const again = resync || comesUp || mustLayDown(state, target);
  if (same && !(again && (isLit(target) || isLit(shown)))) return [state, []];

  const offHookChanged = shown.offHook !== target.offHook;
  let { hook, mute } = state;
  if (state.has.includes('offHook') && (offHookChanged || again)) {
    // A device that laid down by itself has to come up again; one that never was lifted by us has nothing to confirm.
    const wasUp = shown.offHook || target.offHook || hook.value === 1;
    const anew = offHookChanged || (target.offHook && state.reassert);
    if (wasUp) hook = anew ? written(state, target, now) : rewritten(state, target, now);
  }
  if (!target.offHook) mute = noMuteWatch;
  else if (shown.offHook && shown.mute !== target.mute && state.has.includes('mute'))
    mute = muteWritten(mute, target.mute, now);

  const drawn: CallControl = {
    ...state,
    shown: target,
    hook,
    mute,
    ringAt: target.ring && !shown.ring ? now : state.ringAt,
    reassert: state.reassert && !target.offHook,
  };
  return [drawn, [{ type: 'lamps', lamps: target, resync: again }]];
}

/** Draws after effects that came before. */
export function drawAfter(effects: readonly CallControlEffect[], [state, drawn]: Step): Step {
  return [state, [...effects, ...drawn]];
}

function written(state: CallControl, target: Lamps, now: number) {
  return hookWritten(state.hook, target.offHook, state.quirk.acknowledgeMs, now);
}

/** The same OffHook again: what we wait for may be new, when we lit it is not. */
function rewritten(state: CallControl, target: Lamps, now: number) {
  const { raisedAt, slipped, retold } = state.hook;
  return { ...written(state, target, now), raisedAt, slipped, retold };
}

/** Our last lamp goes out while the device is off hook: it was lifted for a call that is gone. All reports are written. */
function mustLayDown(state: CallControl, target: Lamps): boolean {
  return isLit(state.shown) && !state.shown.offHook && !isLit(target) && state.hook.value === 1;
}

/**
 * In a call, and the device says that it is on hook: it takes OffHook from any report that carries it, so all of them are
 * written and its acknowledgement is waited for.
 */
function staysDown({ shown, hook, has }: CallControl, target: Lamps): boolean {
  const told = shown.offHook && target.offHook && has.includes('offHook');
  return told && hook.value === 0 && hook.expected === null;
}

function targetLamps({ wanted, quirk }: CallControl): Lamps {
  return { ...wanted, ring: wanted.ring && !(quirk.noRingWhileActive && wanted.offHook) };
}

function sameLamps(a: Lamps, b: Lamps): boolean {
  return (
    a.offHook === b.offHook && a.ring === b.ring && a.mute === b.mute && a.hold === b.hold && a.onLine === b.onLine
  );
}
