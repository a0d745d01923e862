// The state that the fake phone begins with, and a call of the design's screens. Not in the product.
import {
  defaultPreferences,
  noPhoneYet,
  type AccountState,
  type Call,
  type DirectoryServerState,
  type PhoneState,
} from '../../contract/index.ts';

export const workAccount: AccountState = {
  config: {
    id: 'work',
    label: 'Work',
    displayName: 'Mara Lindt',
    address: '4410@example.com',
    transport: 'tls',
    expires: 300,
    media: 'auto',
    encryption: 'preferred',
    ringHere: true,
    enabled: true,
  },
  hasPassword: true,
  registration: { name: 'available', since: 0 },
};

/** An office with a headset, and two missed calls. */
export function firstState(): PhoneState {
  return {
    ...noPhoneYet,
    revision: 0,
    accounts: [workAccount],
    missedCalls: 2,
    devices: {
      microphones: [
        { deviceId: 'jabra-mic', groupId: 'jabra', label: 'Jabra Evolve2 65' },
        { deviceId: 'built-in-mic', groupId: 'built-in', label: 'MacBook Pro microphone' },
      ],
      speakers: [
        { deviceId: 'jabra-out', groupId: 'jabra', label: 'Jabra Evolve2 65' },
        { deviceId: 'built-in-out', groupId: 'built-in', label: 'MacBook Pro speakers' },
      ],
      microphoneInUse: 'jabra-mic',
      speakerInUse: 'jabra-out',
      problem: null,
    },
    headset: { name: 'ready', product: 'Jabra Evolve2 65', usbId: '0b0e:030c' },
    preferences: { ...defaultPreferences, defaultAccountId: 'work' },
    ready: true,
    engine: 'Fake',
    version: '0.0.0',
  };
}

/** A call of the design's screens; override what a test needs. */
export function fakeCall(change: Partial<Call> = {}): Call {
  return {
    id: 'call-1',
    accountId: 'work',
    direction: 'outgoing',
    party: {
      name: 'Nora Keller',
      company: 'Keller & Co',
      personId: 'person-0',
      number: '+41 44 123 45 67',
      uri: 'sip:+41441234567@example.com',
    },
    phase: { name: 'connected', since: Date.now() - 767_000, hold: { byUs: false, byThem: false, since: null } },
    muted: false,
    encrypted: true,
    codec: 'opus',
    sentDigits: '',
    receivedDigits: '',
    problem: null,
    pictures: null,
    quality: { lossIn: 0, lossOut: 0, jitter: 3, roundTrip: 24, mos: 4.4 },
    recordingSince: null,
    joined: false,
    divertedFrom: null,
    autoAnswered: false,
    lastCall: null,
    note: '',
    transfer: null,
    wish: null,
    replaces: null,
    startedAt: Date.now() - 780_000,
    ...change,
  };
}

/** As it is when it was just saved. */
export function fakeServer(config: DirectoryServerState['config'], hasPassword: boolean): DirectoryServerState {
  const people = config.kind === 'carddav' ? 0 : null;
  return { config, hasPassword, isBusy: false, answeredAt: null, people, problem: null };
}
