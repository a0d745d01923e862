// Call back when free, and parking, without a server.
import { describe, expect, it } from 'vitest';
import { defaultPreferences, newCall, type Call, type Party, type TransferState } from '../../contract/index.ts';
import type { DialogInfo, SubscriptionListener } from '../sip/index.ts';
import { CallBacks } from './call-backs.ts';
import { Parking } from './parking.ts';

const party: Party = { number: '4411', uri: 'sip:4411@example.com' };
const busy: DialogInfo = { entity: party.uri, dialogs: [{ id: '1', state: 'confirmed' }] };
const free: DialogInfo = { entity: party.uri, dialogs: [] };

function useCallBacks() {
  const listeners: SubscriptionListener<DialogInfo>[] = [];
  const said: string[] = [];
  const callBacks = new CallBacks({
    sip: {
      subscribe: (accountId, _event, _target, listener) => {
        // Only dialogs are watched here.
        listeners.push(listener as SubscriptionListener<DialogInfo>);
        return { accountId, close: async () => void said.push('closed') };
      },
    },
    place: ({ number }) => {
      said.push(`called ${number}`);
      return { id: 'call' };
    },
    impossible: (_party, cause) => said.push(cause.message),
    changed: () => {},
  });
  return {
    callBacks,
    said,
    tell: (info: DialogInfo) => listeners[0]?.changed(info),
    end: () => listeners[0]?.state?.({ name: 'ended', cause: { code: 'x', message: 'It does not tell.' } }),
  };
}

describe('somebody who was busy', () => {
  it('is free when their phone has no call any more, and is called once we say so', () => {
    const { callBacks, said, tell } = useCallBacks();
    callBacks.ask('work', party);
    callBacks.ask('work', party);
    tell(busy);
    expect(callBacks.states).toMatchObject([{ isFree: false }]);
    tell(free);
    expect(callBacks.states).toMatchObject([{ isFree: true }]);
    expect(said).toEqual([]);
    expect(callBacks.call(callBacks.states[0]?.id ?? '')).toEqual({ id: 'call' });
    expect(said).toEqual(['closed', 'called 4411']);
    expect(callBacks.states).toEqual([]);
  });

  it('is taken off the list when the server will not tell of them', () => {
    const { callBacks, said, end } = useCallBacks();
    callBacks.ask('work', party);
    end();
    expect(said).toEqual(['closed', 'It does not tell.']);
    expect(callBacks.states).toEqual([]);
  });
});

describe('a call that is parked', () => {
  const call = (transfer: TransferState | null): Call => ({
    ...newCall({
      id: 'c',
      accountId: 'work',
      direction: 'incoming',
      party,
      phase: { name: 'connected', since: 0, hold: { byUs: false, byThem: false, since: null } },
      startedAt: 0,
    }),
    transfer,
  });
  const to: Party = { number: '700', uri: 'sip:700@example.com' };

  function useParking(codes: { parkCode?: string; retrieveCode?: string }) {
    const done: string[] = [];
    const parking = new Parking({
      preferences: () => ({ ...defaultPreferences, ...codes }),
      now: () => 5,
      transfer: (callId, target) => done.push(`${callId} to ${target}`),
      place: (target, accountId) => {
        done.push(`call ${target} on ${accountId}`);
        return { id: 'back' };
      },
      changed: () => {},
    });
    return { parking, done };
  }

  it('is given to the code of the server, and taken back by the other one', () => {
    const { parking, done } = useParking({ parkCode: '700', retrieveCode: '701' });
    parking.park(call(null));
    parking.follow([call({ name: 'transferring', to, consultationId: null })]);
    expect(parking.parked).toEqual([]);
    parking.follow([call({ name: 'done', to })]);
    expect(parking.parked).toMatchObject([{ callId: 'c', party, since: 5 }]);
    expect(parking.retrieve('c')).toEqual({ id: 'back' });
    expect(parking.parked).toEqual([]);
    expect(done).toEqual(['c to 700', 'call 701 on work']);
  });

  it('is not parked when the transfer failed, and not without a code', () => {
    const { parking } = useParking({ parkCode: '700' });
    parking.park(call(null));
    parking.follow([call({ name: 'failed', to, reason: { code: 'x', message: 'No.' } })]);
    expect(parking.parked).toEqual([]);
    expect(() => useParking({}).parking.park(call(null))).toThrow(/under Calls/);
  });
});
