// Busy lamps, from dialog-info (RFC 4235).
import { describe, expect, it } from 'vitest';
import type { PersonRow } from '../../contract/index.ts';
import type { DialogInfo, EventValues, Presence, SubscriptionListener, WatchedDialog } from '../sip/index.ts';
import { BusyLamps, lampOf, pickUpOf, presenceLamp } from './busy-lamps.ts';

const info = (...dialogs: WatchedDialog[]) => ({ entity: 'sip:bob@example.com', dialogs });
const ringing: WatchedDialog = {
  id: 'd',
  state: 'early',
  direction: 'recipient',
  callId: 'call',
  localTag: 'bobs',
  remoteTag: 'alices',
  remote: { identity: 'sip:alice@example.com' },
};
const person = (value: string, kind: 'extension' | 'mobile'): PersonRow => ({
  id: value,
  name: value,
  number: { value, kind },
  numberCount: 1,
  favourite: true,
  source: 'local',
});

describe('a busy lamp', () => {
  it('is free without a dialog, rings for a call in, and is busy in a call and while calling out', () => {
    expect(lampOf(info())).toBe('available');
    expect(lampOf(info(ringing))).toBe('ringing');
    expect(lampOf(info({ id: 'd', state: 'confirmed' }))).toBe('on-call');
    expect(lampOf(info({ id: 'd', state: 'early', direction: 'initiator' }))).toBe('on-call');
    expect(lampOf(info(ringing, { id: 'e', state: 'confirmed' }))).toBe('on-call');
  });

  it('knows how to pick up the call that rings there, with the tags as the caller sees them', () => {
    expect(pickUpOf(info(ringing))).toEqual({
      target: 'sip:alice@example.com',
      replaces: 'call;to-tag=alices;from-tag=bobs;early-only',
    });
    expect(pickUpOf(info({ id: 'd', state: 'early', direction: 'recipient' }))).toBeNull();
  });

  it('tells what somebody lets others know, and nothing where they say nothing', () => {
    const presence = (basic: Presence['basic'], ...activities: string[]) =>
      presenceLamp({ entity: 'sip:bob@example.com', basic, activities, note: null });
    expect(presence('open')).toBe('available');
    expect(presence('open', 'away')).toBe('away');
    expect(presence('open', 'meeting')).toBe('dnd');
    expect(presence('open', 'on-the-phone', 'away')).toBe('on-call');
    expect(presence('closed')).toBe('offline');
    expect(presence(null)).toBeNull();
  });

  it('shows a call before what somebody wrote about themselves, and that before a phone that is free', () => {
    const listeners: { dialog?: (info: DialogInfo) => void; presence?: (presence: Presence) => void } = {};
    const lamps = new BusyLamps({
      changed: () => {},
      sip: {
        subscribe<P extends keyof EventValues>(
          accountId: string,
          event: P,
          _target: string,
          listener: SubscriptionListener<EventValues[P]>,
        ) {
          Object.assign(listeners, { [event]: (value: EventValues[P]) => listener.changed(value) });
          return { accountId, close: () => Promise.resolve() };
        },
      },
    });
    lamps.follow('work', [person('4410', 'extension')]);
    expect(lamps.states).toEqual({});
    listeners.dialog?.(info());
    expect(lamps.states).toEqual({ 4410: 'available' });
    listeners.presence?.({ entity: '', basic: 'open', activities: ['away'], note: null });
    expect(lamps.states).toEqual({ 4410: 'away' });
    listeners.dialog?.(info(ringing));
    expect(lamps.states).toEqual({ 4410: 'ringing' });
  });

  it('is asked for colleagues alone, once each, and let go of when they are no favourites any more', () => {
    const asked: string[] = [];
    const closed: string[] = [];
    const lamps = new BusyLamps({
      changed: () => {},
      sip: {
        subscribe: (accountId, event, target) => {
          asked.push(`${event} of ${target}`);
          return {
            accountId,
            close: () => {
              closed.push(target);
              return Promise.resolve();
            },
          };
        },
      },
    });
    lamps.follow('work', [person('4410', 'extension'), person('+41791234567', 'mobile'), person('4410', 'extension')]);
    expect(asked).toEqual(['dialog of 4410', 'presence of 4410']);
    lamps.follow('work', []);
    expect(closed).toEqual(['4410', '4410']);
  });
});
