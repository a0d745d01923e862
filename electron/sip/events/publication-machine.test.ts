// RFC 3903 4, event by event, without a clock.
import { expect, test } from 'vitest';
import { createMachine, next, type Effect, type Event, type Machine } from './publication-machine.ts';

function play(...events: Event[]): { machine: Machine; effects: Effect[] } {
  let machine = createMachine(1800);
  let effects: Effect[] = [];
  for (const event of events) [machine, effects] = next(machine, event, 0.5);
  return { machine, effects };
}

const published: Event[] = [{ type: 'go' }, { type: 'accepted', tag: 'one', granted: 600 }];
const timer = (effects: Effect[]): number | undefined => effects.find((effect) => effect.type === 'timer')?.ms;

test('refreshes carry the tag and no body, changes both', () => {
  expect(timer(play(...published).effects)).toBe(480_000);
  expect(play(...published, { type: 'timer' }).effects).toContainEqual({
    type: 'publish',
    tag: 'one',
    body: false,
    expires: 1800,
  });
  expect(play(...published, { type: 'changed' }).effects).toContainEqual({
    type: 'publish',
    tag: 'one',
    body: true,
    expires: 1800,
  });
});

test('a change while one is on its way goes out after it, once', () => {
  const busy: Event[] = [{ type: 'go' }, { type: 'changed' }, { type: 'changed' }];
  expect(play(...busy).effects).toEqual([]);
  const after = play(...busy, { type: 'accepted', tag: 'one', granted: 600 });
  expect(after.effects.filter((effect) => effect.type === 'publish')).toHaveLength(1);
});

test('412 tells all anew; a server that says 412 to that as well is left alone for a while', () => {
  const lost = play(...published, { type: 'timer' }, { type: 'refused', status: 412 });
  expect(lost.effects).toContainEqual({ type: 'publish', tag: null, body: true, expires: 1800 });
  const twice = play(
    ...published,
    { type: 'timer' },
    { type: 'refused', status: 412 },
    { type: 'refused', status: 412 },
  );
  expect(timer(twice.effects)).toBe(2000);
});

test('no response, 503 and its Retry-After are waited out, and then all is told', () => {
  expect(timer(play({ type: 'go' }, { type: 'failed' }).effects)).toBe(2000);
  expect(timer(play({ type: 'go' }, { type: 'refused', status: 503, retryAfter: 30 }).effects)).toBe(30_000);
  const again = play(...published, { type: 'changed' }, { type: 'failed' }, { type: 'timer' });
  expect(again.effects).toContainEqual({ type: 'publish', tag: 'one', body: true, expires: 1800 });
});

test('423 asks for what the server wants, and not for ever', () => {
  const brief = (minimum: number): Event => ({ type: 'refused', status: 423, minimum });
  expect(play({ type: 'go' }, brief(3600)).effects).toContainEqual({
    type: 'publish',
    tag: null,
    body: true,
    expires: 3600,
  });
  expect(timer(play({ type: 'go' }, brief(3600), brief(3601), brief(3602)).effects)).toBe(2000);
});

test.each([403, 404, 405, 489, 501])('%i is the end', (status) => {
  expect(play({ type: 'go' }, { type: 'refused', status }).machine.state.name).toBe('terminated');
});

test('closed, what is published is removed, and nothing else needs to be', () => {
  expect(play(...published, { type: 'close' }).effects).toContainEqual({
    type: 'publish',
    tag: 'one',
    body: false,
    expires: 0,
  });
  expect(play({ type: 'go' }, { type: 'close' }).machine.state.name).toBe('terminated');
  expect(play(...published, { type: 'close' }, { type: 'timer' }).machine.state.name).toBe('terminated');
});
