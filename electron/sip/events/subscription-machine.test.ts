// RFC 6665 4.1, event by event, without a clock.
import { expect, test } from 'vitest';
import { createMachine, next, type Effect, type Event, type Machine } from './subscription-machine.ts';

const problem = { code: 'x', message: 'X.' };
const start = 1_000_000;

/** Runs events, each `[seconds since the start, event]`; the effects of the last one. */
function play(...events: [number, Event][]): { machine: Machine; effects: Effect[] } {
  let machine = createMachine(3600);
  let effects: Effect[] = [];
  for (const [at, event] of events) {
    [machine, effects] = next(machine, event, { now: start + at * 1000, random: 0.5, target: 'mara@example.com' });
  }
  return { machine, effects };
}

function timer(effects: Effect[]): number | undefined {
  return effects.find((effect) => effect.type === 'timer')?.ms;
}

const types = (effects: Effect[]): string[] => effects.map((effect) => effect.type);
const notify = (state: 'active' | 'pending' | 'terminated', rest: object = {}): Event => ({
  type: 'notify',
  substate: { state, ...rest },
});

const stands: [number, Event][] = [
  [0, { type: 'go' }],
  [0, { type: 'accepted', granted: 600 }],
  [0, notify('active', { expires: 600 })],
];

test('the first SUBSCRIBE waits for its NOTIFY, and is refreshed long before it expires', () => {
  expect(types(play([0, { type: 'go' }]).effects)).toEqual(['timer', 'subscribe', 'report']);
  expect(timer(play([0, { type: 'go' }], [0, { type: 'accepted', granted: 600 }]).effects)).toBe(32_000);
  expect(timer(play(...stands).effects)).toBe(480_000);
  const { machine, effects } = play(...stands, [480, { type: 'timer' }]);
  expect(effects).toContainEqual({ type: 'subscribe', expires: 3600, fresh: false });
  expect(machine.state).toMatchObject({ name: 'active', refreshing: true });
});

test('a NOTIFY before the 2xx counts, and the 2xx still sets the time', () => {
  const early: [number, Event][] = [
    [0, { type: 'go' }],
    [0, notify('active')],
  ];
  expect(play(...early).machine.state).toMatchObject({ name: 'active' });
  expect(timer(play(...early, [1, { type: 'accepted', granted: 60 }]).effects)).toBe(48_000);
});

test('pending is told, and so is active after it', () => {
  const pending: [number, Event][] = [
    [0, { type: 'go' }],
    [0, notify('pending', { expires: 600 })],
  ];
  expect(play(...pending).effects).toContainEqual({ type: 'report', state: { name: 'pending' } });
  expect(play(...pending, [5, notify('active', { expires: 595 })]).effects).toEqual([
    { type: 'report', state: { name: 'active' } },
  ]);
});

test('a NOTIFY that never comes ends in another try, later each time', () => {
  const silent: [number, Event][] = [
    [0, { type: 'go' }],
    [0, { type: 'accepted', granted: 600 }],
    [32, { type: 'timer' }],
  ];
  expect(timer(play(...silent).effects)).toBe(2000);
  const again = [34, { type: 'timer' }] as [number, Event];
  expect(timer(play(...silent, again, [98, { type: 'timer' }]).effects)).toBe(4000);
});

test.each([
  ['deactivated', {}, 500, 2000],
  ['timeout', {}, 500, 2000],
  ['deactivated', { retryAfter: 30 }, 30_000, 30_000],
  ['probation', {}, 60_000, 60_000],
  ['probation', { retryAfter: 5 }, 5000, 5000],
  ['giveup', { retryAfter: 90 }, 90_000, 90_000],
  [undefined, {}, 2000, 4000],
  ['invented', {}, 2000, 4000],
])(
  'terminated;reason=%s %j is asked again after %i ms, and if that was soon ago, after %i',
  (reason, rest, ms, later) => {
    const ended = notify('terminated', { ...(reason === undefined ? {} : { reason }), ...rest });
    const first = play(...stands, [10, ended]);
    expect(first.machine.state.name).toBe('waiting');
    expect(timer(first.effects)).toBe(ms);
    const back: [number, Event][] = [
      [10, { type: 'timer' }],
      [10, notify('active', { expires: 600 })],
    ];
    // `deactivated` in a circle must not become a SUBSCRIBE a round trip.
    expect(timer(play(...stands, [10, ended], ...back, [11, ended]).effects)).toBeGreaterThanOrEqual(later);
  },
);

test.each(['rejected', 'noresource', 'invariant'])('terminated;reason=%s is the end', (reason) => {
  const { machine, effects } = play(...stands, [10, notify('terminated', { reason })]);
  expect(machine.state.name).toBe('terminated');
  expect(types(effects)).toEqual(['no-timer', 'forget', 'report', 'done']);
  expect(play(...stands, [10, notify('terminated', { reason })], [20, { type: 'go' }]).effects).toEqual([]);
});

test('481 to a refresh makes a fresh one within the second, with a new Call-ID', () => {
  const lost: [number, Event][] = [
    ...stands,
    [480, { type: 'timer' }],
    [480, { type: 'refused', status: 481, problem }],
  ];
  expect(timer(play(...lost).effects)).toBe(500);
  expect(play(...lost, [481, { type: 'timer' }]).effects).toContainEqual({
    type: 'subscribe',
    expires: 3600,
    fresh: true,
  });
});

test('503 to a refresh leaves it standing until its time is over, and Retry-After is kept', () => {
  const troubled: [number, Event][] = [
    ...stands,
    [480, { type: 'timer' }],
    [480, { type: 'refused', status: 503, problem, retryAfter: 60 }],
  ];
  expect(play(...troubled).machine.state.name).toBe('active');
  expect(timer(play(...troubled).effects)).toBe(60_000);
  const over = play(
    ...troubled,
    [540, { type: 'timer' }],
    [541, { type: 'refused', status: 503, problem, retryAfter: 120 }],
  );
  expect(over.machine.state.name).toBe('waiting');
});

test('423 asks for what the server wants, at most twice, and never for less or for nonsense', () => {
  const brief = (minimum: number): Event => ({ type: 'refused', status: 423, problem, minimum });
  expect(play([0, { type: 'go' }], [0, brief(7200)]).effects).toEqual([
    { type: 'subscribe', expires: 7200, fresh: true },
  ]);
  expect(play([0, { type: 'go' }], [0, brief(60)]).machine.state.name).toBe('waiting');
  expect(play([0, { type: 'go' }], [0, brief(4_294_967_295)]).machine.state.name).toBe('waiting');
  const thrice = play([0, { type: 'go' }], [0, brief(7200)], [0, brief(7201)], [0, brief(7202)]);
  expect(thrice.machine.state.name).toBe('waiting');
});

test.each([403, 404, 489, 405, 501, 603])('%i to the first SUBSCRIBE is the end', (status) => {
  const { machine, effects } = play([0, { type: 'go' }], [0, { type: 'refused', status, problem }]);
  expect(machine.state.name).toBe('terminated');
  expect(effects).toContainEqual({ type: 'report', state: { name: 'ended', cause: problem } });
});

test.each([408, 480, 500, 503])('%i to the first SUBSCRIBE is tried again', (status) => {
  const { effects } = play([0, { type: 'go' }], [0, { type: 'refused', status, problem, retryAfter: 20 }]);
  expect(timer(effects)).toBe(20_000);
});

test('it is refreshed when the registration is back, and waits no longer when it waited', () => {
  expect(play(...stands, [100, { type: 'go' }]).effects).toContainEqual({
    type: 'subscribe',
    expires: 3600,
    fresh: false,
  });
  const waiting: [number, Event][] = [...stands, [10, notify('terminated', { reason: 'probation' })]];
  expect(play(...waiting, [20, { type: 'go' }]).effects).toContainEqual({
    type: 'subscribe',
    expires: 3600,
    fresh: true,
  });
});

test('missed changes are asked for at once, and then not again for 10 s', () => {
  const soon = play(...stands, [60, { type: 'stale' }]);
  expect(types(soon.effects)).toEqual(['timer', 'subscribe']);
  const again = play(
    ...stands,
    [60, { type: 'stale' }],
    [60, { type: 'accepted', granted: 600 }],
    [61, { type: 'stale' }],
  );
  expect(again.effects).toEqual([{ type: 'timer', ms: 9000 }]);
});

test('closed, it is taken back with Expires 0 and forgotten after the last NOTIFY, or after 2 s', () => {
  const closing = play(...stands, [10, { type: 'close' }]);
  expect(types(closing.effects)).toEqual(['timer', 'unsubscribe']);
  expect(timer(closing.effects)).toBe(2000);
  for (const end of [notify('terminated', { reason: 'timeout' }), { type: 'timer' } as const]) {
    expect(types(play(...stands, [10, { type: 'close' }], [11, end]).effects)).toEqual(['no-timer', 'forget', 'done']);
  }
});

test('closed before its dialog is known, it is taken back as soon as that is', () => {
  const closed: [number, Event][] = [
    [0, { type: 'go' }],
    [0, { type: 'close' }],
  ];
  expect(types(play(...closed).effects)).toEqual(['timer']);
  expect(types(play(...closed, [1, { type: 'accepted', granted: 600 }]).effects)).toEqual(['unsubscribe']);
});

test('a server that grants one second is asked every ten', () => {
  const effects = play(
    [0, { type: 'go' }],
    [0, { type: 'accepted', granted: 1 }],
    [0, notify('active', { expires: 1 })],
  );
  expect(timer(effects.effects)).toBe(10_000);
});
