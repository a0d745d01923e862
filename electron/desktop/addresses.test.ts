// What is told of this computer's addresses, and when they are looked at.
import { describe, expect, it } from 'vitest';
import { newCall, type Call } from '../../contract/index.ts';
import { AddressWatch } from './addresses.ts';
import { handTurnedClock } from './testing.ts';

type Interfaces = Record<string, { address: string; internal: boolean }[]>;

const ours: Interfaces = {
  lo: [{ address: '127.0.0.1', internal: true }],
  eth: [{ address: '10.0.0.2', internal: false }],
};

/** A watch whose time is ours. */
function watchOf(first: Interfaces) {
  const changes: unknown[] = [];
  const { timers, after } = handTurnedClock();
  const stage = {
    interfaces: first,
    changes,
    timers,
    /** The only timer that runs goes off. */
    look(): void {
      const [timer, ...others] = timers.splice(0);
      expect(others).toEqual([]);
      timer?.run();
    },
  };
  const watch = new AddressWatch({
    interfaces: () => stage.interfaces,
    after,
    changed: (change) => changes.push(change),
  });
  return { ...stage, stage, watch };
}

const call: Call = newCall({
  id: 'c1',
  accountId: 'work',
  direction: 'incoming',
  party: { number: '4410', uri: 'sip:4410@example.com' },
  phase: { name: 'incoming', silenced: false },
  startedAt: 0,
});

describe('our addresses', () => {
  it('are told of when one comes or goes, and not when only the order or a link-local one is another', () => {
    const { stage } = watchOf(ours);
    const vpn = { address: '10.8.0.2', internal: false };
    stage.look();
    stage.interfaces = { ...ours, eth: [{ address: 'fe80::1', internal: false }, ...(ours.eth ?? [])] };
    stage.look();
    expect(stage.changes).toEqual([]);
    stage.interfaces = { ...ours, tun: [vpn] };
    stage.look();
    stage.interfaces = { tun: [vpn], ...ours };
    stage.look();
    expect(stage.changes).toEqual([{ woke: false }]);
    stage.interfaces = {};
    stage.look();
    expect(stage.changes).toHaveLength(2);
  });

  it('are looked at twice a second in a call, and every five seconds without one, where nobody tells', () => {
    const { stage, watch } = watchOf(ours);
    expect(stage.timers.map(({ ms }) => ms)).toEqual([5000]);
    stage.interfaces = {};
    watch.draw({ calls: [call] });
    expect(stage.changes).toHaveLength(1);
    expect(stage.timers.map(({ ms }) => ms)).toEqual([500]);
    watch.draw({ calls: [call] });
    watch.draw({ calls: [{ ...call, phase: { name: 'ended', at: 1, result: 'answered', reason: null } }] });
    expect(stage.timers.map(({ ms }) => ms)).toEqual([5000]);
  });

  it('are looked at when somebody tells, and then no timer runs, in a call neither', () => {
    const { stage, watch } = watchOf(ours);
    watch.told(true);
    expect(stage.timers).toEqual([]);
    stage.interfaces = {};
    watch.look();
    expect(stage.changes).toHaveLength(1);
    watch.draw({ calls: [call] });
    watch.look();
    expect(stage.timers).toEqual([]);
    expect(stage.changes).toHaveLength(1);
  });

  it('are looked at when the telling begins and when it ends, for they may have changed in between; then by the clock', () => {
    const { stage, watch } = watchOf(ours);
    stage.interfaces = {};
    watch.told(true);
    expect(stage.changes).toHaveLength(1);
    stage.interfaces = ours;
    watch.told(false);
    expect(stage.changes).toHaveLength(2);
    expect(stage.timers.map(({ ms }) => ms)).toEqual([5000]);
  });
});
