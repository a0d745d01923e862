// A subscription of ours (RFC 6665 4.1) as a state machine: decisions only, no clock, no socket.
//
// RFC 6665 ends where a subscription is terminated; a phone wants it back, so `waiting` follows, and from there a fresh one.
import type { Problem } from '../../../contract/index.ts';
import type { SubstateValue } from './subscription-state.ts';
import type { SubscriptionState } from './types.ts';

export interface Machine {
  state: State;
  /** Seconds to ask for; grows with 423. */
  expires: number;
  /** Terminations and failures since it last stood for a while. */
  failures: number;
  /** 423s in a row: each raises what we ask for, and a server could go on for ever. */
  briefs: number;
}

/** Names are RFC 6665's; `since` in ms since the epoch, `until` when the notifier forgets us. */
export type State =
  | { name: 'init' }
  /** The first SUBSCRIBE is out; the NOTIFY that must follow has not come (Timer N). */
  | { name: 'notify_wait' }
  | { name: 'pending' | 'active'; since: number; until: number; refreshing: boolean; refreshedAt: number }
  | { name: 'waiting' }
  /** Taken back. `asked`: the SUBSCRIBE that says so is out. */
  | { name: 'closing'; asked: boolean }
  | { name: 'terminated' };

type Standing = Extract<State, { since: number }>;

export type Event =
  /** Now, where it does not stand: first start, a registration that came back. Where it stands it is refreshed. */
  | { type: 'go' }
  /** The timer that this machine set. */
  | { type: 'timer' }
  /** 2xx with the seconds granted. */
  | { type: 'accepted'; granted: number }
  /** Another final response to SUBSCRIBE. `minimum` is Min-Expires, `retryAfter` in seconds. */
  | { type: 'refused'; status: number; problem: Problem; minimum?: number; retryAfter?: number }
  /** No response. */
  | { type: 'failed'; problem: Problem }
  | { type: 'notify'; substate: SubstateValue }
  /** A NOTIFY told of changes to something that we do not have: all must be told again. */
  | { type: 'stale' }
  | { type: 'close' };

export type Effect =
  /** `fresh`: a new subscription, with a Call-ID of its own. Otherwise a refresh within its dialog. */
  | { type: 'subscribe'; expires: number; fresh: boolean }
  | { type: 'unsubscribe' }
  /** Replaces the timer that runs. */
  | { type: 'timer'; ms: number }
  | { type: 'no-timer' }
  | { type: 'report'; state: SubscriptionState }
  /** The dialog is over: its NOTIFYs get 481 from now on. */
  | { type: 'forget' }
  | { type: 'done' };

export interface Circumstances {
  /** Milliseconds since the epoch. */
  now: number;
  /** 0 to 1. */
  random: number;
  /** Whom or what is watched, for sentences. */
  target: string;
}

/** Timer N (RFC 6665 4.1.2.4): 64*T1 for the first NOTIFY, ms. */
const TIMER_N = 32_000;

/** Shortest time between two refreshes that a notifier's NOTIFYs alone can bring about, ms. */
const FLOOR = 10_000;

/** So long it must have stood for earlier failures to count no more, ms. */
const STEADY = 60_000;

const SHORTEST_BACKOFF = 2000;
const LONGEST_BACKOFF = 300_000;
const LONGEST_RETRY_AFTER = 3_600_000;
/** `probation` and `noresource` without a Retry-After, ms. */
const PROBATION = 60_000;
const LONGEST_EXPIRES = 86_400;
/** How long a notifier is waited for when we leave, ms. */
const PATIENCE_AT_END = 2000;

/** RFC 6665 4.1.2.2: after these responses to a refresh the subscription is no more. */
const TERMINATING = new Set([404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604]);

/** Responses that the same question would bring again: 4xx, but for those that pass. */
const PASSING = new Set([408, 412, 423, 429, 430, 480, 481, 486, 487, 491]);

export function createMachine(expires: number): Machine {
  return { state: { name: 'init' }, expires, failures: 0, briefs: 0 };
}

/** The next state and what to do. */
export function next(machine: Machine, event: Event, at: Circumstances): [Machine, Effect[]] {
  const { state } = machine;
  if (state.name === 'terminated') return [machine, []];
  if (event.type === 'close') return close(machine);
  switch (state.name) {
    case 'init':
    case 'waiting':
      return event.type === 'go' || event.type === 'timer' ? subscribe(machine) : [machine, []];
    case 'notify_wait':
      return whileWaitingForNotify(machine, event, at);
    case 'pending':
    case 'active':
      return whileStanding(machine, state, event, at);
    case 'closing':
      return whileClosing(machine, state, event);
  }
}

function subscribe(machine: Machine): [Machine, Effect[]] {
  return [
    { ...machine, state: { name: 'notify_wait' } },
    [
      { type: 'timer', ms: TIMER_N * 2 },
      { type: 'subscribe', expires: machine.expires, fresh: true },
      { type: 'report', state: { name: 'pending' } },
    ],
  ];
}

function whileWaitingForNotify(machine: Machine, event: Event, at: Circumstances): [Machine, Effect[]] {
  switch (event.type) {
    case 'accepted':
      return [machine, [{ type: 'timer', ms: TIMER_N }]];
    case 'notify':
      return notified(machine, null, event.substate, at);
    case 'timer':
      return wait(machine, at, noNotify(at), backoff(machine, at), true);
    case 'failed':
      return wait(machine, at, event.problem, backoff(machine, at), true);
    case 'refused':
      return refused(machine, event, at);
    default:
      return [machine, []];
  }
}

function whileStanding(machine: Machine, state: Standing, event: Event, at: Circumstances): [Machine, Effect[]] {
  switch (event.type) {
    case 'notify':
      return notified(machine, state, event.substate, at);
    case 'go':
      return state.refreshing ? [machine, []] : refresh(machine, state, at);
    case 'timer':
      if (!state.refreshing) return refresh(machine, state, at);
      // A refresh that has not been answered until the end: the notifier has forgotten us.
      return at.now < state.until
        ? [machine, [untilEnd(state, at)]]
        : wait(machine, at, noNotify(at), backoff(machine, at), true);
    case 'stale': {
      if (state.refreshing) return [machine, []];
      const rest = state.refreshedAt + FLOOR - at.now;
      return rest <= 0 ? refresh(machine, state, at) : [machine, [{ type: 'timer', ms: rest }]];
    }
    case 'accepted':
      return stands(machine, { ...state, refreshing: false }, event.granted, at);
    case 'refused':
    case 'failed':
      return notRefreshed(machine, state, event, at);
    default:
      return [machine, []];
  }
}

function refresh(machine: Machine, state: Standing, at: Circumstances): [Machine, Effect[]] {
  const refreshing = { ...state, refreshing: true, refreshedAt: at.now };
  return [
    { ...machine, state: refreshing },
    // Never less than a transaction may take: what it ends with is better than a guess.
    [
      { type: 'timer', ms: Math.max(TIMER_N + 1000, state.until - at.now) },
      { type: 'subscribe', expires: machine.expires, fresh: false },
    ],
  ];
}

function notRefreshed(
  machine: Machine,
  state: Standing,
  event: Extract<Event, { type: 'refused' | 'failed' }>,
  at: Circumstances,
): [Machine, Effect[]] {
  if (!state.refreshing) return [machine, []];
  // Nobody there, or nobody who knows us: the server may have restarted, and a fresh one is soon made.
  if (event.type === 'failed') return wait(machine, at, event.problem, backoff(machine, at), true);
  if (event.status === 423) return refused(machine, event, at);
  if (event.status === 481) return wait(machine, at, event.problem, soon(machine, at, event.retryAfter), true);
  if (TERMINATING.has(event.status) || isFinal(event.status)) return refused(machine, event, at);
  // Otherwise it stands until its time is over (RFC 6665 4.1.2.2); until then it is tried again.
  const ms = Math.max(backoff(machine, at), retryAfterMs(event.retryAfter));
  if (at.now + ms >= state.until) return wait(machine, at, event.problem, ms, true);
  return [
    { ...machine, failures: machine.failures + 1, state: { ...state, refreshing: false } },
    [{ type: 'timer', ms }],
  ];
}

/** A NOTIFY, which always says how things stand; `state` is null for the first one. */
function notified(
  machine: Machine,
  state: Standing | null,
  substate: SubstateValue,
  at: Circumstances,
): [Machine, Effect[]] {
  if (substate.state === 'terminated') return terminated(machine, substate, at);
  const standing: Standing = {
    name: substate.state,
    since: state?.since ?? at.now,
    until: state?.until ?? at.now + machine.expires * 1000,
    refreshing: state?.refreshing ?? false,
    refreshedAt: state?.refreshedAt ?? at.now,
  };
  const before = state?.name;
  // The notifier may shorten, never lengthen what its 2xx granted (RFC 6665 4.2.2): equal to within what a NOTIFY takes.
  const granted = substate.expires ?? Math.round((standing.until - at.now) / 1000);
  const [after, effects] =
    state === null || at.now + granted * 1000 < state.until - 2000
      ? stands(machine, standing, granted, at)
      : [{ ...machine, state: standing }, []];
  const name = substate.state;
  return [after, before === name ? effects : [...effects, { type: 'report', state: { name } }]];
}

function stands(machine: Machine, state: Standing, granted: number, at: Circumstances): [Machine, Effect[]] {
  const seconds = Math.min(granted, LONGEST_EXPIRES);
  const until = at.now + seconds * 1000;
  // Between 75 and 85 %: in time for repeats on UDP, and not all of a hundred at once.
  const ms = Math.max(FLOOR, seconds * (750 + 100 * at.random));
  const failures = at.now - state.since >= STEADY ? 0 : machine.failures;
  return [{ ...machine, failures, briefs: 0, state: { ...state, until } }, [{ type: 'timer', ms }]];
}

/** RFC 6665 4.1.3: what each reason asks of a subscriber. */
function terminated(machine: Machine, { reason, retryAfter }: SubstateValue, at: Circumstances): [Machine, Effect[]] {
  const problem = endProblem(reason ?? 'none', at);
  switch (reason) {
    case 'rejected':
    case 'noresource':
    case 'invariant':
      return end(machine, problem);
    case 'deactivated':
    case 'timeout':
      return wait(machine, at, problem, soon(machine, at, retryAfter), false);
    case 'probation':
    case 'giveup':
      return wait(
        machine,
        at,
        problem,
        Math.max(backoff(machine, at), retryAfter === undefined ? spread(PROBATION, at) : retryAfterMs(retryAfter)),
        false,
      );
    default:
      return wait(machine, at, problem, Math.max(backoff(machine, at), retryAfterMs(retryAfter)), false);
  }
}

function refused(machine: Machine, event: Extract<Event, { type: 'refused' }>, at: Circumstances): [Machine, Effect[]] {
  const { status, problem, minimum = 0 } = event;
  if (status === 423 && minimum > machine.expires && minimum <= LONGEST_EXPIRES && machine.briefs < 2) {
    const longer = { ...machine, expires: minimum, briefs: machine.briefs + 1 };
    const { state } = machine;
    const fresh = state.name === 'notify_wait';
    return [longer, [{ type: 'subscribe', expires: minimum, fresh }]];
  }
  if (isFinal(status)) return end(machine, problem);
  return wait(machine, at, problem, Math.max(backoff(machine, at), retryAfterMs(event.retryAfter)), true);
}

function isFinal(status: number): boolean {
  return (status >= 400 && status < 500 && !PASSING.has(status)) || status === 501 || status === 603 || status === 604;
}

/** `failed`: said aloud at once. A notifier's own ending is not worth a word when it is back within seconds. */
function wait(machine: Machine, at: Circumstances, cause: Problem, ms: number, failed: boolean): [Machine, Effect[]] {
  const quiet = !failed && ms <= SHORTEST_BACKOFF;
  const state: SubscriptionState = quiet
    ? { name: 'pending' }
    : { name: 'waiting', cause, retryAt: Math.round(at.now + ms) };
  return [
    { ...machine, failures: machine.failures + 1, briefs: 0, state: { name: 'waiting' } },
    [{ type: 'forget' }, { type: 'timer', ms }, { type: 'report', state }],
  ];
}

function end(machine: Machine, cause: Problem): [Machine, Effect[]] {
  return [
    { ...machine, state: { name: 'terminated' } },
    [{ type: 'no-timer' }, { type: 'forget' }, { type: 'report', state: { name: 'ended', cause } }, { type: 'done' }],
  ];
}

/** At once the first time, then as after failures: a notifier that always ends at once must not keep us busy. */
function soon(machine: Machine, at: Circumstances, retryAfter: number | undefined): number {
  const ms = machine.failures === 0 ? 1000 * at.random : backoff(machine, at);
  return Math.max(ms, retryAfterMs(retryAfter));
}

function backoff(machine: Machine, at: Circumstances): number {
  return spread(Math.min(LONGEST_BACKOFF, SHORTEST_BACKOFF * 2 ** Math.min(machine.failures, 10)), at);
}

/** Phones that lost their server together must not come back together. */
function spread(ms: number, at: Circumstances): number {
  return ms * (0.75 + 0.5 * at.random);
}

function retryAfterMs(seconds: number | undefined): number {
  return Math.min((seconds ?? 0) * 1000, LONGEST_RETRY_AFTER);
}

function untilEnd(state: Standing, at: Circumstances): Effect {
  return { type: 'timer', ms: Math.max(0, state.until - at.now) };
}

function close(machine: Machine): [Machine, Effect[]] {
  const { name } = machine.state;
  if (name === 'closing') return [machine, []];
  if (name === 'pending' || name === 'active') {
    return [
      { ...machine, state: { name: 'closing', asked: true } },
      [{ type: 'timer', ms: PATIENCE_AT_END }, { type: 'unsubscribe' }],
    ];
  }
  // No dialog yet to take it back in: as soon as there is one (RFC 6665 4.1.2.3).
  if (name === 'notify_wait') {
    return [{ ...machine, state: { name: 'closing', asked: false } }, [{ type: 'timer', ms: PATIENCE_AT_END }]];
  }
  return [{ ...machine, state: { name: 'terminated' } }, [{ type: 'no-timer' }, { type: 'forget' }, { type: 'done' }]];
}

function whileClosing(machine: Machine, state: Extract<State, { name: 'closing' }>, event: Event): [Machine, Effect[]] {
  const stands = event.type === 'accepted' || (event.type === 'notify' && event.substate.state !== 'terminated');
  if (!state.asked && stands)
    return [{ ...machine, state: { name: 'closing', asked: true } }, [{ type: 'unsubscribe' }]];
  const over =
    event.type === 'timer' ||
    event.type === 'failed' ||
    event.type === 'refused' ||
    (event.type === 'notify' && event.substate.state === 'terminated');
  if (!over) return [machine, []];
  return [{ ...machine, state: { name: 'terminated' } }, [{ type: 'no-timer' }, { type: 'forget' }, { type: 'done' }]];
}

function noNotify({ target }: Circumstances): Problem {
  return {
    code: 'subscription-silent',
    message: `The server does not tell about ${target}. The phone keeps asking.`,
    detail: 'no NOTIFY',
  };
}

function endProblem(reason: string, { target }: Circumstances): Problem {
  const detail = `terminated, reason ${reason}`;
  if (reason === 'rejected') {
    return {
      code: 'subscription-rejected',
      message: `You may not see the state of ${target}. Ask your administrator for the right to.`,
      detail,
    };
  }
  if (reason === 'noresource') {
    return { code: 'subscription-unknown', message: `${target} does not exist on this server any more.`, detail };
  }
  if (reason === 'invariant') {
    return { code: 'subscription-final', message: `What is known of ${target} will not change any more.`, detail };
  }
  return {
    code: 'subscription-ended',
    message: `The server stopped telling about ${target}. The phone asks again.`,
    detail,
  };
}
