// Registration (RFC 3261 10.2, RFC 5626 4.5) as a state machine: decisions only, no clock, no socket.
import type { Problem, RegistrationState } from '../../../contract/index.ts';

export interface Machine {
  state: State;
  /** Seconds to ask for; grows with 423. */
  expires: number;
  /** Failures in a row. */
  failures: number;
  /** Attempts left at one-second steps: the server was there a moment ago, and may be restarting. */
  quick: number;
  /** Milliseconds (epoch), when registered without a break; null when not. */
  since: number | null;
  /** 423s in a row: each raises what we ask for, and a server could go on for ever. */
  briefs: number;
}

export type State =
  | { name: 'idle' }
  | { name: 'registering' }
  | { name: 'registered' }
  | { name: 'waiting' }
  | { name: 'unregistering' }
  | { name: 'closed' };

export type Event =
  /** Start, a try asked for by the person, or a network that changed: now. */
  | { type: 'go' }
  /** The timer that this machine set. */
  | { type: 'timer' }
  /** 2xx with the seconds granted to our contact. */
  | { type: 'accepted'; granted: number }
  /** 423 with Min-Expires. */
  | { type: 'too-brief'; minimum: number }
  /** Another final response, or none. */
  | {
      type: 'failed';
      problem: Problem;
      /** Retry-After, seconds. */
      retryAfter?: number;
      /** The host answered, if only to refuse: it is up, or will be soon. */
      live?: boolean;
    }
  /** The registered flow ended. */
  | { type: 'flow-closed' }
  | { type: 'close' }
  /** The last REGISTER is over, or took too long. */
  | { type: 'unregistered' };

export type Effect =
  | { type: 'register'; expires: number }
  | { type: 'unregister' }
  /** Replaces the timer that runs. */
  | { type: 'timer'; ms: number }
  | { type: 'no-timer' }
  | { type: 'report'; state: RegistrationState }
  | { type: 'done' };

export interface Circumstances {
  /** Milliseconds since the epoch. */
  now: number;
  /** 0 to 1. */
  random: number;
  domain: string;
}

/** Shortest time between two REGISTERs that a server's answers alone can bring about, ms. */
const FLOOR = 10_000;

/** After this long without an answer we say so, while the attempt goes on, ms. */
const SLOW = 8000;

/** How long a refused password rests: quick repeats lock accounts, ms. */
const REFUSED = 300_000;

/** Attempts at one-second steps after the server was seen alive. */
const QUICK = 20;

const LONGEST_BACKOFF = 60_000;
const LONGEST_RETRY_AFTER = 300_000;
const LONGEST_EXPIRES = 86_400;

export function createMachine(expires: number): Machine {
  return { state: { name: 'idle' }, expires, failures: 0, quick: 0, since: null, briefs: 0 };
}

/** The next state and what to do. */
export function next(machine: Machine, event: Event, at: Circumstances): [Machine, Effect[]] {
  const { name } = machine.state;
  if (name === 'closed') return [machine, []];
  if (event.type === 'close') return close(machine);
  if (name === 'unregistering') {
    if (event.type !== 'unregistered' && event.type !== 'timer') return [machine, []];
    return [{ ...machine, state: { name: 'closed' } }, [{ type: 'no-timer' }, { type: 'done' }]];
  }
  switch (event.type) {
    case 'go':
      return register({ ...machine, failures: 0, quick: 0, briefs: 0 }, machine.since === null);
    case 'timer':
      return name === 'registering' ? [machine, [slow(at.domain)]] : register(machine, false);
    case 'accepted':
      return name === 'registering' ? accepted(machine, event.granted, at) : [machine, []];
    case 'too-brief':
      return name === 'registering' ? tooBrief(machine, event.minimum, at) : [machine, []];
    case 'failed':
      return name === 'registering' ? failed(machine, event, at) : [machine, []];
    case 'flow-closed':
      if (name !== 'registered') return [machine, []];
      return register({ ...machine, since: null, quick: QUICK, failures: 0 }, true);
    case 'unregistered':
      return [machine, []];
  }
}

function register(machine: Machine, say: boolean): [Machine, Effect[]] {
  const effects: Effect[] = [
    { type: 'timer', ms: SLOW },
    { type: 'register', expires: machine.expires },
  ];
  if (say) effects.unshift({ type: 'report', state: { name: 'connecting' } });
  return [{ ...machine, state: { name: 'registering' } }, effects];
}

function accepted(machine: Machine, granted: number, at: Circumstances): [Machine, Effect[]] {
  if (granted <= 0) {
    // The registrar took our contact away in the same breath.
    const problem = {
      code: 'server-refused',
      message: `${at.domain} ended this registration at once. Ask your administrator whether the account may be used here.`,
      detail: '200 with expires=0',
    };
    return failed(machine, { type: 'failed', problem, retryAfter: FLOOR / 1000 }, at);
  }
  const since = machine.since ?? at.now;
  // 85 % leaves time for repeats on UDP; more than a day serves nobody and overflows timers elsewhere.
  const ms = Math.max(FLOOR, Math.min(granted, LONGEST_EXPIRES) * 850);
  const effects: Effect[] = [{ type: 'timer', ms }];
  effects.push({ type: 'report', state: { name: 'available', since } });
  return [{ ...machine, state: { name: 'registered' }, failures: 0, quick: 0, briefs: 0, since }, effects];
}

function tooBrief(machine: Machine, minimum: number, at: Circumstances): [Machine, Effect[]] {
  // A minimum that is not above what we asked for, or beyond all sense, would make this a loop.
  if (minimum <= machine.expires || minimum > LONGEST_EXPIRES || machine.briefs >= 2) {
    const problem = {
      code: 'server-refused',
      message: `${at.domain} refused to register this phone. Ask your administrator, and mention "423 Interval Too Brief".`,
      detail: `423 with Min-Expires ${minimum}, asked for ${machine.expires}`,
    };
    return failed(machine, { type: 'failed', problem }, at);
  }
  return register({ ...machine, expires: minimum, briefs: machine.briefs + 1 }, false);
}

function failed(machine: Machine, event: Extract<Event, { type: 'failed' }>, at: Circumstances): [Machine, Effect[]] {
  const failures = machine.failures + 1;
  const soon = event.live === true && machine.quick > 0 && !isRefusal(event.problem);
  const quick = soon ? machine.quick - 1 : 0;
  const ms = soon ? 700 + 300 * at.random : delay(event, failures, at);
  const state: RegistrationState = { name: 'offline', cause: event.problem, retryAt: Math.round(at.now + ms) };
  return [
    { ...machine, state: { name: 'waiting' }, failures, quick, since: null, briefs: 0 },
    [
      { type: 'timer', ms },
      { type: 'report', state },
    ],
  ];
}

function delay(event: Extract<Event, { type: 'failed' }>, failures: number, at: Circumstances): number {
  if (isRefusal(event.problem)) return REFUSED;
  const backoff = Math.min(LONGEST_BACKOFF, 1000 * 2 ** Math.min(failures, 10));
  // Phones that lost their server together must not come back together.
  const spread = backoff * (0.75 + 0.5 * at.random);
  return Math.max(spread, Math.min((event.retryAfter ?? 0) * 1000, LONGEST_RETRY_AFTER));
}

function isRefusal(problem: Problem): boolean {
  return ['password-not-accepted', 'password-missing', 'realm-changed'].includes(problem.code);
}

function slow(domain: string): Effect {
  const cause = {
    code: 'server-unreachable',
    message: `${domain} does not answer. Check your network connection; the phone keeps trying.`,
    detail: `nothing within ${SLOW / 1000} s`,
  };
  return { type: 'report', state: { name: 'offline', cause, retryAt: null } };
}

function close(machine: Machine): [Machine, Effect[]] {
  if (machine.state.name === 'unregistering') return [machine, []];
  const was = machine.state.name;
  // While a REGISTER is under way it may yet succeed, so its contact is taken back too.
  if (was === 'idle' || (was === 'waiting' && machine.since === null)) {
    return [{ ...machine, state: { name: 'closed' } }, [{ type: 'no-timer' }, { type: 'done' }]];
  }
  return [{ ...machine, state: { name: 'unregistering' } }, [{ type: 'timer', ms: 2000 }, { type: 'unregister' }]];
}
