// States of the design's screens, by name.
import type { FakePhone } from '../common/fake-bridge.ts';
import { fakeCall, workAccount } from '../common/fake-state.ts';

const noNetwork = {
  code: 'no-network',
  message: 'This computer lost its network at 11:58. Hookswitch reconnects by itself as soon as it is back.',
};

export const scenes: Record<string, (phone: FakePhone) => void> = {
  idle: () => {},
  'first-run': (phone) => phone.set({ accounts: [], missedCalls: 0 }),
  starting: (phone) => phone.set({ ready: false, accounts: [] }),
  connecting: (phone) => phone.set({ accounts: [{ ...workAccount, registration: { name: 'connecting' } }] }),
  offline: (phone) =>
    phone.set({
      accounts: [{ ...workAccount, registration: { name: 'offline', cause: noNetwork, retryAt: null } }],
      notices: [
        {
          id: 'offline:work',
          kind: 'error',
          title: 'You cannot be called right now',
          text: noNetwork.message,
          code: 'server-unreachable',
          action: { label: 'Try now', command: 'retry-registration' },
        },
      ],
    }),
  'two-accounts': (phone) =>
    phone.set({
      accounts: [
        workAccount,
        {
          ...workAccount,
          config: { ...workAccount.config, id: 'support', label: 'Support', address: '4490@example.com' },
          registration: { name: 'connecting' },
        },
      ],
    }),
  dnd: (phone) => phone.set({ doNotDisturbUntil: new Date().setHours(23, 30, 0, 0) }),
  empty: (phone) => {
    phone.people = [];
    phone.history = [];
    phone.set({ missedCalls: 0, directoryRevision: 1, historyRevision: 1 });
  },
  link: (phone) => phone.set({ dialRequest: { id: 1, text: '+41 44 123 45 67' } }),
  ringing: (phone) =>
    phone.set({
      calls: [fakeCall({ phase: { name: 'ringing', earlyMedia: false }, encrypted: null })],
      activeCallId: 'call-1',
    }),
  connected: (phone) => phone.set({ calls: [fakeCall()], activeCallId: 'call-1' }),
  incoming: (phone) =>
    phone.set({
      calls: [fakeCall({ direction: 'incoming', phase: { name: 'incoming', silenced: false }, encrypted: null })],
      activeCallId: null,
    }),
  busy: (phone) =>
    phone.set({
      calls: [fakeCall({ phase: { name: 'ended', result: 'busy', at: Date.now(), reason: null }, encrypted: null })],
      activeCallId: null,
    }),
  held: (phone) =>
    phone.set({
      calls: [
        fakeCall({
          phase: {
            name: 'connected',
            since: Date.now() - 903_000,
            hold: { byUs: true, byThem: false, since: Date.now() - 42_000 },
          },
        }),
      ],
      activeCallId: 'call-1',
    }),
};
