// Event state that we publish (RFC 3903 4) as a state machine: decisions only, no clock, no socket.
import type { Problem } from '../../../contract/index.ts';

export interface Machine {
  state: State;
  /** Seconds to ask for; grows with 423. */
  expires: number;
  /** SIP-ETag of what the server has; null when it has nothing, or has forgotten it. */
  tag: string | null;
  /** What is published is not what is to be published. */
  changed: boolean;
  failures: number;
  /** 412 and 423 in a row. */
  repeats: number;
}

export type State =
  /** Nothing may be sent yet: the account is not registered. */
  | { name: 'init' }
  | { name: 'publishing' }
  | { name: 'published' }
  | { name: 'waiting' }
  | { name: 'removing' }
  | { name: 'terminated' };

export type Event =
  /** Now: the account is registered, perhaps with a server that knows nothing of us. */
  | { type: 'go' }
  | { type: 'changed' }
  | { type: 'timer' }
  | { type: 'accepted'; tag: string | null; granted: number }
  | { type: 'refused'; status: number; minimum?: number; retryAfter?: number }
  | { type: 'failed' }
  | { type: 'close' };

export type Effect =
  /** RFC 3903 4.1 table 1: initial has a body and no tag, modify both, refresh a tag, remove a tag and Expires 0. */
  | { type: 'publish'; tag: string | null; body: boolean; expires: number }
  | { type: 'timer'; ms: number }
  | { type: 'no-timer' }
  /** It will not be tried again. */
  | { type: 'given-up'; problem: Problem }
  | { type: 'done' };

/** Shortest time between two PUBLISHes that a server's answers alone can bring about, ms. */
const FLOOR = 10_000;
const LONGEST_BACKOFF = 300_000;
const LONGEST_RETRY_AFTER = 3_600_000;
const LONGEST_EXPIRES = 86_400;
const PATIENCE_AT_END = 2000;

/** Responses after which the same request may be well. */
const PASSING = new Set([408, 412, 423, 429, 480, 481, 491]);

export function createMachine(expires: number): Machine {
  return { state: { name: 'init' }, expires, tag: null, changed: true, failures: 0, repeats: 0 };
}

/** The next state and what to do. `random` is 0 to 1. */
export function next(machine: Machine, event: Event, random: number): [Machine, Effect[]] {
  const { name } = machine.state;
  if (name === 'terminated') return [machine, []];
  if (event.type === 'close') return close(machine);
  if (name === 'removing') return event.type === 'changed' || event.type === 'go' ? [machine, []] : end(machine);
  switch (event.type) {
    case 'changed':
      return name === 'published' ? publish({ ...machine, changed: true }) : [{ ...machine, changed: true }, []];
    case 'go':
      return name === 'publishing' ? [machine, []] : publish(machine);
    case 'timer':
      return name === 'published' || name === 'waiting' ? publish(machine) : [machine, []];
    case 'accepted':
      return name === 'publishing' ? accepted(machine, event, random) : [machine, []];
    case 'refused':
      return name === 'publishing' ? refused(machine, event, random) : [machine, []];
    case 'failed':
      return name === 'publishing' ? wait(machine, undefined, random) : [machine, []];
  }
}

function publish(machine: Machine): [Machine, Effect[]] {
  const { tag, changed, expires } = machine;
  return [
    { ...machine, state: { name: 'publishing' }, changed: false },
    [{ type: 'no-timer' }, { type: 'publish', tag, body: changed || tag === null, expires }],
  ];
}

function accepted(
  machine: Machine,
  { tag, granted }: Extract<Event, { type: 'accepted' }>,
  random: number,
): [Machine, Effect[]] {
  const published: Machine = { ...machine, state: { name: 'published' }, tag, failures: 0, repeats: 0 };
  // What changed while it was on its way goes out now: the owner's doing, so no floor.
  if (machine.changed) return publish(published);
  const ms = Math.max(FLOOR, Math.min(granted, LONGEST_EXPIRES) * (750 + 100 * random));
  return [published, [{ type: 'timer', ms }]];
}

function refused(machine: Machine, event: Extract<Event, { type: 'refused' }>, random: number): [Machine, Effect[]] {
  const { status, minimum = 0 } = event;
  // RFC 3903 4.1: the server has forgotten us, so all is told anew.
  if (status === 412 && machine.tag !== null) return publish({ ...machine, tag: null, changed: true });
  if (status === 423 && minimum > machine.expires && minimum <= LONGEST_EXPIRES && machine.repeats < 2) {
    return publish({ ...machine, expires: minimum, repeats: machine.repeats + 1, changed: true });
  }
  if ((status >= 400 && status < 500 && !PASSING.has(status)) || status === 501 || status >= 600) {
    const problem = {
      code: 'not-published',
      message: 'The server does not take the state of this phone, so others will not see it.',
      detail: String(status),
    };
    return [
      { ...machine, state: { name: 'terminated' } },
      [{ type: 'no-timer' }, { type: 'given-up', problem }, { type: 'done' }],
    ];
  }
  return wait(machine, event.retryAfter, random);
}

function wait(machine: Machine, retryAfter: number | undefined, random: number): [Machine, Effect[]] {
  const backoff = Math.min(LONGEST_BACKOFF, 2000 * 2 ** Math.min(machine.failures, 10)) * (0.75 + 0.5 * random);
  const ms = Math.max(backoff, Math.min((retryAfter ?? 0) * 1000, LONGEST_RETRY_AFTER));
  return [
    { ...machine, state: { name: 'waiting' }, failures: machine.failures + 1, changed: true },
    [{ type: 'timer', ms }],
  ];
}

function close(machine: Machine): [Machine, Effect[]] {
  if (machine.state.name === 'removing') return [machine, []];
  // A PUBLISH that is under way may have made a tag that we never learn; it expires by itself.
  if (machine.tag === null) return end(machine);
  return [
    { ...machine, state: { name: 'removing' } },
    [
      { type: 'timer', ms: PATIENCE_AT_END },
      { type: 'publish', tag: machine.tag, body: false, expires: 0 },
    ],
  ];
}

function end(machine: Machine): [Machine, Effect[]] {
  return [{ ...machine, state: { name: 'terminated' } }, [{ type: 'no-timer' }, { type: 'done' }]];
}
