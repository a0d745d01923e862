// Registration (RFC 3261 10.2, RFC 5626 4.5) as a state machine: decisions only, no clock, no socket.
import type { Problem, RegistrationState } from '../../../contract/index.ts';

export interface Machine {
  state: State;
  /** Seconds to ask for; grows with 423. */
  expires: number;
  /** Failures in a row. */
  failures: number;
  /** Quick attempts left: the server was there a moment ago, and may be restarting. */
  quick: number;
  /** Milliseconds (epoch), when registered without a break; null when not. */
  since: number | null;
  /** A server said `at` what time `until` when it wants to be left alone, ms (epoch). */
  told: { at: number; until: number } | null;
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
      /** Retry-After, seconds: whatever it says, it is no leave to come sooner than after other failures, or within 10 s. */
      retryAfter?: number;
      /** The host answered, if only to refuse: it is up, or will be soon. */
      live?: boolean;
      /** A definite no: asked again at once it would be the same. */
      refused?: boolean;
      /** How long the attempt took, ms: a silent server has been waited for already. */
      took?: number;
    }
  /** The server's port answers again, or the flow seems dead: now, unless we just did or were told to wait. */
  | { type: 'now' }
  /** A better server is well again: there now, whatever this one said. */
  | { type: 'better' }
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

/**
 * Shortest time between two REGISTERs that a server can bring about by granting, by refusing or by Retry-After, ms. What is
 * no such answer (nobody there, a server that is coming up) is tried again sooner at first: see failed() and delay().
 */
const FLOOR = 10_000;

/** After this long without an answer we say so, while the attempt goes on, ms. */
const SLOW = 8000;

/** How long a refused password rests: quick repeats lock accounts, ms. */
const REFUSED = 300_000;

/** Quick attempts after the server was seen alive, 1.3 to 1.6 s apart: long enough for a server to restart. */
const QUICK = 13;

/**
 * Longest pause from one attempt to the next, ms. Together with the quick ones: at most 60 attempts in 1,000 s, and yet
 * nobody waits long for a server that is back.
 */
const LONGEST_BACKOFF = 22_000;
const SHORTEST_PAUSE = 1000;
const LONGEST_RETRY_AFTER = 300_000;
const LONGEST_EXPIRES = 86_400;

/** Below this many seconds the person is told: half of it is our own floor. */
const BRIEF = 20;

export function createMachine(expires: number): Machine {
  return { state: { name: 'idle' }, expires, failures: 0, quick: 0, since: null, told: null, briefs: 0 };
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
      return register({ ...machine, failures: 0, quick: 0, told: null, briefs: 0 }, machine.since === null);
    case 'timer':
      return name === 'registering' ? [machine, [slow(at.domain)]] : register(machine, false);
    case 'accepted':
      return name === 'registering' ? accepted(machine, event.granted, at) : [machine, []];
    case 'too-brief':
      return name === 'registering' ? tooBrief(machine, event.minimum, at) : [machine, []];
    case 'failed':
      return name === 'registering' ? failed(machine, event, at) : [machine, []];
    case 'now':
    case 'better':
      return soon(machine, event.type, at);
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

/** RFC 3261 21.5.4: who was told to wait does not ask that server again before; another one did not say so. */
function soon(machine: Machine, why: 'now' | 'better', at: Circumstances): [Machine, Effect[]] {
  const { state, told } = machine;
  if (state.name !== 'waiting' && state.name !== 'registered') return [machine, []];
  if (told === null) return register(machine, false);
  const earliest = why === 'better' ? Math.min(told.at + FLOOR, told.until) : told.until;
  if (at.now >= earliest) return register(machine, false);
  return [machine, why === 'better' ? [{ type: 'timer', ms: earliest - at.now }] : []];
}

function accepted(machine: Machine, granted: number, at: Circumstances): [Machine, Effect[]] {
  if (granted <= 0) {
    // The registrar took our contact away in the same breath.
    const problem = {
      code: 'server-refused',
      message: `${at.domain} keeps this phone registered for only 0 s, so nobody can call it. Ask your administrator whether the account may be used here.`,
      detail: '200 with expires=0',
    };
    return failed(machine, { type: 'failed', problem, refused: true }, at);
  }
  const since = machine.since ?? at.now;
  // 85 % leaves time for repeats on UDP; more than a day serves nobody and overflows timers elsewhere.
  const ms = Math.max(FLOOR, Math.min(granted, LONGEST_EXPIRES) * 850);
  const effects: Effect[] = [{ type: 'timer', ms }];
  const caution = granted < BRIEF ? { caution: brief(granted, at.domain) } : {};
  effects.push({ type: 'report', state: { name: 'available', since, ...caution } });
  return [{ ...machine, state: { name: 'registered' }, failures: 0, quick: 0, briefs: 0, told: null, since }, effects];
}

/** We renew every 10 s at most, so what lasts shorter has gaps, and what lasts a little longer has no room for a lost message. */
function brief(granted: number, domain: string): Problem {
  const effect = granted * 1000 <= FLOOR ? 'and calls in between do not reach it' : 'so calls may not always reach it';
  return {
    code: 'registration-brief',
    message: `${domain} keeps this phone registered for only ${granted} s, ${effect}. Ask your administrator for a longer time.`,
    detail: `${granted} s`,
  };
}

function tooBrief(machine: Machine, minimum: number, at: Circumstances): [Machine, Effect[]] {
  // A minimum that is not above what we asked for, or beyond all sense, would make this a loop.
  const usable = minimum > machine.expires && minimum <= LONGEST_EXPIRES;
  if (!usable || machine.briefs > 0) {
    const problem = {
      code: 'server-refused',
      message: `${at.domain} refused to register this phone. Ask your administrator, and mention "423 Interval Too Brief".`,
      detail: `423 with Min-Expires ${minimum}, asked for ${machine.expires}`,
    };
    const asked = { ...machine, expires: usable ? minimum : machine.expires };
    return failed(asked, { type: 'failed', problem, refused: true }, at);
  }
  return register({ ...machine, expires: minimum, briefs: machine.briefs + 1 }, false);
}

function failed(machine: Machine, event: Extract<Event, { type: 'failed' }>, at: Circumstances): [Machine, Effect[]] {
  const failures = machine.failures + 1;
  // A server that says when to come back is up; who comes before that makes its trouble worse (RFC 3261 21.5.4).
  const isTold = event.retryAfter !== undefined;
  const before = machine.told !== null && machine.told.until > at.now ? machine.told : null;
  const hurries = event.live === true && machine.quick > 0 && !isTold && before === null && !isRefusal(event.problem);
  const quick = hurries ? machine.quick - 1 : 0;
  const own = hurries ? 1300 + 300 * at.random : delay(event, failures, at);
  // Another server that failed meanwhile does not take back what this one said.
  const ms = before === null ? own : Math.max(own, before.until - at.now);
  const told = isTold ? { at: at.now, until: at.now + ms } : before;
  const state: RegistrationState = { name: 'offline', cause: event.problem, retryAt: Math.round(at.now + ms) };
  return [
    { ...machine, state: { name: 'waiting' }, failures, quick, since: null, told },
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
  const spread = backoff * (0.85 + 0.3 * at.random);
  const asked = Math.min((event.retryAfter ?? 0) * 1000, LONGEST_RETRY_AFTER);
  const least = event.refused === true || event.retryAfter !== undefined ? FLOOR : SHORTEST_PAUSE;
  return Math.max(spread - (event.took ?? 0), asked, least);
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
