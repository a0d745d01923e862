// Call control of one headset, a pure state machine: next(state, event, now) -> [state, effects].
import type { HeadsetIntent } from '../../contract/index.ts';
import type { CallControl, CallControlEffect, CallControlEvent, Step } from './call-control-state.ts';
import { draw, drawAfter } from './draw.ts';
import { hookReported } from './hook.ts';
import { intentsOf, type Press } from './intents.ts';
import { mutePulse } from './mute.ts';
import type { InputReport } from './report.ts';
import type { ControlName } from './telephony.ts';

/**
 * A lift that nobody answers is taken back by the device in 2.0 to 2.5 s (ms); one that ends sooner or later was another
 * program's call.
 */
const takenBackMs = { from: 1_800, to: 3_000 };
/** After another program's call the device is left alone for a moment (ms). */
const quietMs = 1_000;
/** A hook edge this soon after another program's call may be that program's (ms). */
const foreignEchoMs = 2_000;
/** A device repeats a signal that was not answered this fast; no hand does (ms). */
const repeatMs = 100;
/** A device may answer our Ring with hook 0 (ms). */
const ringEchoMs = 3_000;

const buttons: Partial<Record<ControlName, Press>> = {
  flash: 'flash',
  hold: 'flash',
  reject: 'reject',
  drop: 'drop',
  redial: 'redial',
};

/** One step. Times are monotonic ms. */
export function next(before: CallControl, event: CallControlEvent, now: number): Step {
  const quietIsOver = before.foreign !== null && before.foreign.until !== null && now >= before.foreign.until;
  const state = quietIsOver ? { ...before, foreign: null } : before;
  switch (event.type) {
    case 'phone':
      return phoneChanged(state, event, now);
    case 'report':
      return reported(state, event.report, now);
    case 'wake':
      return draw(state, now);
  }
}

function phoneChanged(state: CallControl, event: CallControlEvent & { type: 'phone' }, now: number): Step {
  const { situation, indicators, actsIdle } = event;
  // A call of ours on a device in use: the person chose us, on our screen. From now on it is ours.
  const takesOver = state.foreign !== null && situation.call !== 'none';
  const wanted = { ...indicators, onLine: indicators.offHook && situation.connected };
  const changed: CallControl = {
    ...state,
    situation,
    actsIdle,
    wanted,
    foreign: takesOver ? null : state.foreign,
    foreignSeenAt: takesOver ? now : state.foreignSeenAt,
  };
  return draw(changed, now);
}

/** All controls of one report; the hook first, for it decides what the rest is worth. */
function reported(before: CallControl, { values, hookAlone }: InputReport, now: number): Step {
  const edges = (Object.keys(values) as ControlName[]).filter(
    (name) => values[name] === 1 && before.values[name] !== 1,
  );
  const pressed = edges.filter((name) => now - (before.pressedAt[name] ?? -Infinity) >= repeatMs);
  const pressedAt = { ...before.pressedAt, ...Object.fromEntries(edges.map((name) => [name, now])) };

  let state: CallControl = { ...before, values: { ...before.values, ...values }, pressedAt };
  const effects: CallControlEffect[] = [];
  const take = ([nextState, more]: Step) => {
    state = nextState;
    effects.push(...more);
  };

  if (values.lineBusy !== undefined) take(lineBusy(state, values.lineBusy, now));
  if (values.hook !== undefined) {
    if (state.modes.hook !== 'pulse') take(hookLevel(state, values.hook, hookAlone, now));
    else if (pressed.includes('hook')) take(hookPulse(state));
  }
  if (values.mute !== undefined) {
    if (state.modes.mute === 'pulse') {
      if (pressed.includes('mute')) take(muteAsked(state, now));
    } else {
      const fresh = state.modes.mute === 'signed' || (before.values.mute ?? 0) !== values.mute;
      if (fresh) take(muteLevel(state, values.mute === 1, now));
    }
  }
  for (const name of pressed) {
    const press = buttons[name];
    if (press) effects.push(...meaningOf(press, state));
  }
  return [state, effects];
}

function lineBusy(state: CallControl, value: 0 | 1, now: number): Step {
  const ours = state.situation.call !== 'none' || state.shown.ring;
  if (value === 1 && !ours && !state.foreign) {
    return [{ ...state, foreign: { since: now, lift: false, until: null } }, []];
  }
  return value === 0 && state.foreign?.until === null && state.hook.value !== 1
    ? foreignEnded(state, now)
    : [state, []];
}

function hookPulse(state: CallControl): Step {
  return [state, meaningOf(state.situation.call === 'none' ? 'lift' : 'lay-down', state)];
}

function hookLevel(before: CallControl, value: 0 | 1, alone: boolean, now: number): Step {
  const [hook, signal] = hookReported(before.hook, value, alone, now);
  const state: CallControl = { ...before, hook };
  if (signal === 'none') return [state, []];
  if (state.foreign) return foreignHook(state, value, now);
  const { ringing, call } = state.situation;

  if (signal === 'acknowledged') {
    // Mute and hold are deaf while on hook: tell them again now.
    return value === 1 && (state.shown.mute || state.shown.hold) ? draw(state, now, true) : [state, []];
  }
  if (signal === 'slip' || signal === 'stays-down') return draw(state, now, true);
  if (signal === 'laid-down') return laidDown(state, now);
  if (call === 'none' && (signal === 'found-up' || !ringing)) {
    return [{ ...state, foreign: { since: now, lift: signal === 'lifted', until: null } }, []];
  }
  if (signal === 'found-up') return [state, []];
  const effects = meaningOf('lift', state);
  return effects.length > 0 ? [state, effects] : draw(state, now, true);
}

function laidDown(state: CallControl, now: number): Step {
  const { ringing, call } = state.situation;
  if (call === 'none') {
    const echo = state.ringAt !== null && now - state.ringAt <= ringEchoMs;
    const rejects = state.quirk.rejectByHook && ringing && !echo;
    return [state, rejects ? intents([{ type: 'reject' }]) : []];
  }
  if (state.foreignSeenAt !== null && now - state.foreignSeenAt <= foreignEchoMs) return draw(state, now, true);
  return [{ ...state, reassert: ringing }, meaningOf('lay-down', state)];
}

function foreignHook(state: CallControl, value: 0 | 1, now: number): Step {
  if (!state.foreign || value === 1) {
    return [state.foreign ? { ...state, foreign: { ...state.foreign, until: null } } : state, []];
  }
  const { since, lift } = state.foreign;
  const wasPress = lift && now - since >= takenBackMs.from && now - since <= takenBackMs.to;
  if (!wasPress) return foreignEnded(state, now);
  const free: CallControl = { ...state, foreign: null };
  return drawAfter(meaningOf('lift', free).filter(isIdleEffect), draw(free, now));
}

function foreignEnded(state: CallControl, now: number): Step {
  if (!state.foreign || state.foreign.until !== null) return [state, []];
  const until = now + quietMs;
  return [{ ...state, foreign: { ...state.foreign, until }, foreignSeenAt: now }, [{ type: 'wake', at: until }]];
}

function muteAsked(state: CallControl, now: number): Step {
  if (state.situation.call !== 'active') return draw(state, now, true);
  const [mute, act] = mutePulse(state.mute, state.quirk.pairedMuteMs, now);
  const watching: CallControl = { ...state, mute };
  switch (act) {
    case 'ignore':
      return draw(watching, now, true);
    case 'toggle':
      return [watching, meaningOf('mute', watching)];
    case 'mute':
      return state.situation.muted ? draw(watching, now, true) : [watching, intents([{ type: 'mute', on: true }])];
    case 'lock':
      return [watching, [...intents([{ type: 'mute', on: true }]), { type: 'boom-locked' }]];
  }
}

function muteLevel(state: CallControl, on: boolean, now: number): Step {
  if (state.situation.call !== 'active' || state.situation.muted === on) return [state, []];
  return [{ ...state, mute: { ...state.mute, askedAt: now } }, intents([{ type: 'mute', on }])];
}

function meaningOf(press: Press, state: CallControl): CallControlEffect[] {
  const meant = intents(intentsOf(press, state.situation));
  // A device that another program uses shares its buttons with us: they are not ours until the person answers here.
  if (state.foreign) return [];
  return state.actsIdle ? meant : meant.filter((effect) => !isIdleEffect(effect));
}

function isIdleEffect(effect: CallControlEffect): boolean {
  return effect.type === 'intent' && (effect.intent.type === 'open' || effect.intent.type === 'redial');
}

function intents(list: readonly HeadsetIntent[]): CallControlEffect[] {
  return list.map((intent) => ({ type: 'intent', intent }));
}
