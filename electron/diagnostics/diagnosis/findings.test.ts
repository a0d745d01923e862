// Facts and what is made of them, a line each.
import { expect, test } from 'vitest';
import { defaultPreferences, type DevicesState, type ServerPlace, type WayBack } from '../../../contract/index.ts';
import {
  connectionFinding,
  dnsFinding,
  headsetFinding,
  microphoneFinding,
  registrationFinding,
  ringingFinding,
  speakerFinding,
  stunFinding,
  wayBackFinding,
} from './findings.ts';

const udp: ServerPlace = { transport: 'udp', address: '192.0.2.1', port: 5060, by: { kind: 'typed' } };
const problem = {
  code: 'certificate-not-trusted',
  message: 'The certificate has expired.',
  detail: 'CERT_HAS_EXPIRED',
};

test('the server is named with the record that led there', () => {
  const srv: ServerPlace = { ...udp, by: { kind: 'srv', name: '_sip._udp.example.com' } };
  expect(dnsFinding({ ok: true, servers: [udp] })).toMatchObject({ state: 'good', code: 'dnsTyped' });
  expect(dnsFinding({ ok: true, servers: [srv, { ...srv, address: '2001:db8::1' }] })).toEqual({
    state: 'good',
    code: 'dnsSrv',
    values: { place: '192.0.2.1:5060', count: 2, name: '_sip._udp.example.com' },
    detail: 'udp 192.0.2.1:5060\nudp [2001:db8::1]:5060',
  });
});

test('a certificate is told in names and time; a bad one by its problem, which the account mends', () => {
  const certificate = { names: 'sip.example.com', issuer: 'Example CA', validUntil: 1_900_000_000_000 };
  const server = { ...udp, transport: 'tls' } as const;
  expect(connectionFinding({ ok: true, server, failed: 0, certificate, speaksSip: true })).toMatchObject({
    state: 'good',
    code: 'connectionTls',
    values: { names: 'sip.example.com', issuer: 'Example CA', validUntil: 1_900_000_000_000 },
  });
  expect(connectionFinding({ ok: false, problem })).toEqual({
    state: 'fault',
    code: 'problem',
    problem,
    detail: 'CERT_HAS_EXPIRED',
    mend: 'open-account',
  });
  expect(connectionFinding({ ok: true, server: udp, failed: 1, certificate: null, speaksSip: true }).state).toBe(
    'attention',
  );
});

test('registered is not enough: the registrar must have this phone on its list', () => {
  const available = { registration: { name: 'available', since: 0 } } as const;
  const own = { uri: 'sip:me@192.0.2.7', expires: 290, own: true };
  const other = { uri: 'sip:desk@192.0.2.8', expires: null, own: false };
  expect(registrationFinding(available, [own])).toMatchObject({
    state: 'good',
    code: 'registered',
    values: { minutes: 5 },
  });
  expect(registrationFinding(available, [own, other])).toMatchObject({
    code: 'registeredBesides',
    values: { count: 1 },
    detail: '* sip:me@192.0.2.7, 290 s\nsip:desk@192.0.2.8',
  });
  expect(registrationFinding(available, [other])).toMatchObject({ state: 'fault', code: 'notInList' });
  expect(registrationFinding(available, null)).toMatchObject({ state: 'good', code: 'registeredUnseen' });
});

test('a refused password leads to the account, a server that is away to another try', () => {
  const offline = (code: string, field?: string) =>
    registrationFinding(
      { registration: { name: 'offline', cause: { code, message: '', ...(field && { field }) }, retryAt: null } },
      null,
    ).mend;
  expect(offline('password-not-accepted', 'password')).toBe('open-account');
  expect(offline('realm-changed')).toBe('open-account');
  expect(offline('server-unreachable')).toBe('retry-registration');
});

test.each<[string, Partial<WayBack>, string, string]>([
  ['it came in', { arrived: true, status: 200 }, 'good', 'cameBack'],
  ['it came in, whatever the server answers', { arrived: true, status: 503 }, 'good', 'cameBack'],
  ['the server knows no phone', { status: 480, phrase: 'Offline' }, 'fault', 'wayBackRefused'],
  ['the server sent it, and nothing came', { status: 408 }, 'fault', 'wayBackSilent'],
  ['no answer at all', { status: null }, 'fault', 'wayBackSilent'],
  ['an exchange that answers itself', { status: 200 }, 'attention', 'wayBackUnknown'],
  ['an exchange that does not take the question', { status: 405 }, 'attention', 'wayBackUnknown'],
])('the way back: %s', (_what, facts, state, code) => {
  expect(wayBackFinding({ arrived: false, status: null, phrase: '', seen: null, ...facts })).toMatchObject({
    state,
    code,
  });
});

test('what keeps calls away is told, the strongest first', () => {
  const facts = { doNotDisturbUntil: null, preferences: defaultPreferences, ringHere: true };
  expect(ringingFinding(facts)).toMatchObject({ state: 'good', code: 'rings' });
  const muted = { ...facts, preferences: { ...defaultPreferences, ringerMuted: true } };
  expect(ringingFinding(muted)).toMatchObject({ state: 'attention', mend: 'unmute-ringer' });
  const elsewhere = { ...muted, ringHere: false };
  expect(ringingFinding(elsewhere)).toMatchObject({ state: 'fault', mend: 'ring-here' });
  expect(ringingFinding({ ...elsewhere, doNotDisturbUntil: -1 })).toMatchObject({ code: 'doNotDisturb' });
  expect(ringingFinding({ ...elsewhere, doNotDisturbUntil: 5 })).toMatchObject({
    code: 'doNotDisturbUntil',
    values: { until: 5 },
  });
});

test('without a STUN server the SIP server tells the public address', () => {
  expect(stunFinding(null, { from: '203.0.113.5:1', left: '10.0.0.2:1' })).toMatchObject({
    state: 'good',
    code: 'natSeen',
  });
  expect(stunFinding(null, { from: '192.0.2.2:1', left: '192.0.2.2:1' })).toMatchObject({ code: 'noNat' });
  expect(stunFinding(null, null)).toMatchObject({ state: 'note' });
  const nat = { name: 'stun', address: '203.0.113.5:9', isOwn: false } as const;
  expect(stunFinding({ ...nat, symmetric: true }, null)).toMatchObject({ state: 'attention', code: 'natSymmetric' });
  expect(stunFinding({ ...nat, symmetric: false }, null)).toMatchObject({ state: 'good', code: 'natSame' });
  expect(stunFinding({ name: 'silent', server: 'stun.example.com' }, null)).toMatchObject({ state: 'attention' });
});

const devices: DevicesState = {
  microphones: [{ deviceId: 'm', groupId: '', label: 'Desk microphone' }],
  speakers: [{ deviceId: 's', groupId: '', label: 'Desk speaker' }],
  microphoneInUse: 'm',
  speakerInUse: 's',
  problem: null,
};

test('a microphone is heard, muted, forbidden or not there', () => {
  expect(microphoneFinding(devices, 0.6)).toMatchObject({ state: 'good', code: 'microphoneHears' });
  expect(microphoneFinding(devices, 0.2)).toMatchObject({ state: 'good', code: 'microphoneQuiet' });
  expect(microphoneFinding(devices, 0.01)).toMatchObject({ state: 'attention', code: 'microphoneSilent' });
  expect(microphoneFinding({ ...devices, microphones: [] }, null)).toMatchObject({
    state: 'fault',
    code: 'noMicrophone',
  });
  expect(microphoneFinding({ ...devices, problem }, 0.6)).toMatchObject({ state: 'fault', code: 'problem' });
});

test('a speaker that is not there is told with the one in its place', () => {
  const wanted = { deviceId: 'x', label: 'Headset' };
  expect(speakerFinding(devices, { speaker: null })).toMatchObject({ state: 'good', mend: 'test-ring' });
  expect(speakerFinding(devices, { speaker: wanted })).toMatchObject({
    state: 'attention',
    values: { wanted: 'Headset', device: 'Desk speaker' },
  });
  expect(speakerFinding(devices, { speaker: null, ringOn: [] })).toMatchObject({ code: 'noRinger' });
});

test('no headset is no fault', () => {
  expect(headsetFinding({ name: 'none' }, 'always').state).toBe('note');
  expect(headsetFinding({ name: 'ready', product: 'Jabra', usbId: '0b0e:0422' }, 'always').state).toBe('good');
  expect(headsetFinding({ name: 'ready', product: 'Jabra', usbId: '0b0e:0422' }, 'never')).toMatchObject({
    state: 'note',
    code: 'headsetOff',
  });
  expect(headsetFinding({ name: 'in-use-elsewhere', product: 'Jabra' }, 'always').state).toBe('attention');
});
