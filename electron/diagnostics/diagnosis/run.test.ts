// The whole of "Why can't I be called?" on made-up facts, with the clock turned by hand.
import { expect, test } from 'vitest';
import {
  defaultPreferences,
  type AccountState,
  type Clock,
  type Connected,
  type Diagnosis,
  type Located,
  type RegistrationState,
} from '../../../contract/index.ts';
import { diagnose, type AccountExamination, type DiagnosisSources } from './run.ts';

const server = { transport: 'udp', address: '192.0.2.1', port: 5060, by: { kind: 'typed' } } as const;
const located: Located = { ok: true, servers: [server] };
const connected: Connected = { ok: true, server, failed: 0, certificate: null, speaksSip: true };

function account(registration: RegistrationState, enabled = true): AccountState {
  return {
    config: {
      id: 'work',
      label: 'Work',
      displayName: '',
      address: 'mara@example.com',
      transport: 'udp',
      expires: 300,
      media: 'auto',
      encryption: 'off',
      ringHere: true,
      enabled,
    },
    hasPassword: true,
    registration,
  };
}

/** Time stands still until it is moved. */
function handClock(): Clock & { pass(ms: number): Promise<void> } {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= 100) {
        now += 100;
        for (const { at, run } of timers) if (at <= now) run();
        timers = timers.filter(({ at }) => at > now);
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
    },
  };
}

const available: RegistrationState = { name: 'available', since: 0 };

function sources(
  clock: Clock,
  state: AccountState,
  examination: Partial<AccountExamination> = {},
  more: Partial<DiagnosisSources> = {},
): DiagnosisSources {
  return {
    clock,
    accounts: () => [state],
    examine: () => ({
      locate: () => Promise.resolve(located),
      connect: () => Promise.resolve(connected),
      bindings: () => Promise.resolve([{ uri: 'sip:x@192.0.2.7', expires: 300, own: true }]),
      wayBack: () => Promise.resolve({ arrived: true, status: 200, phrase: 'OK', seen: null }),
      nat: (stunServer) => Promise.resolve({ name: 'silent', server: stunServer }),
      close: () => Promise.resolve(),
      ...examination,
    }),
    settled: () => Promise.resolve(state),
    ringing: () =>
      Promise.resolve({
        doNotDisturbUntil: null,
        preferences: defaultPreferences,
        ringHere: true,
      }),
    devices: () => ({
      microphones: [{ deviceId: 'm', groupId: '', label: 'Desk' }],
      speakers: [{ deviceId: 's', groupId: '', label: 'Desk' }],
      microphoneInUse: 'm',
      speakerInUse: 's',
      problem: null,
    }),
    listen: () => Promise.resolve(0.5),
    headset: () => ({ name: 'none' }),
    preferences: () => defaultPreferences,
    popUp: () => Promise.resolve(true),
    ...more,
  };
}

function lines({ checks }: Diagnosis): string[] {
  return checks.map(({ name, state, finding }) => `${name} ${state} ${finding?.code ?? ''}`.trim());
}

test('where all is well, each line says so, and each is told as it is found', async () => {
  const told: Diagnosis[] = [];
  const last = await diagnose(sources(handClock(), account(available)), (diagnosis) => told.push(diagnosis));
  expect(lines(last)).toEqual([
    'dns good dnsTyped',
    'connection good connectionUdp',
    'registration good registered',
    'way-back good cameBack',
    'ringing good rings',
    'stun note publicAddressUnknown',
    'microphone good microphoneHears',
    'speaker good speakerReady',
    'headset note headsetNone',
    'pop-up good popUpReady',
  ]);
  expect(told[0]?.checks.every(({ state }) => state === 'waiting')).toBe(true);
  expect(told.some(({ checks }) => checks[0]?.state === 'running')).toBe(true);
  expect(told.at(-1)).toEqual(last);
  expect(last.endedAt).not.toBeNull();
});

test('what builds on a fault is not asked', async () => {
  const problem = { code: 'host-unknown', message: 'There is no server named nowhere.' };
  const offline: RegistrationState = { name: 'offline', cause: problem, retryAt: null };
  const last = await diagnose(
    sources(handClock(), account(offline), {
      locate: () => Promise.resolve({ ok: false, problem }),
      connect: () => Promise.reject(new Error('never asked')),
      wayBack: () => Promise.reject(new Error('never asked')),
    }),
    () => {},
  );
  expect(lines(last).slice(0, 4)).toEqual([
    'dns fault problem',
    'connection skipped needsTheAbove',
    'registration fault problem',
    'way-back skipped needsTheAbove',
  ]);
});

test('an account that is turned off is not examined', async () => {
  const last = await diagnose(
    sources(
      handClock(),
      account({ name: 'disabled' }, false),
      {},
      {
        examine: () => {
          throw new Error('never asked');
        },
      },
    ),
    () => {},
  );
  expect(lines(last).slice(0, 4)).toEqual([
    'dns skipped needsTheAbove',
    'connection skipped needsTheAbove',
    'registration fault accountOff',
    'way-back skipped needsTheAbove',
  ]);
});

test('whatever hangs or breaks, it ends within 15 s and closes what it opened', async () => {
  const clock = handClock();
  const never = <T>() => new Promise<T>(() => {});
  let closed = 0;
  const work = diagnose(
    sources(
      clock,
      account({ name: 'connecting' }),
      {
        locate: async () => {
          await never();
          return located;
        },
        close: () => {
          closed += 1;
          return Promise.resolve();
        },
      },
      { settled: never, listen: never, popUp: () => Promise.reject(new Error('broken')) },
    ),
    () => {},
  );
  await clock.pass(15_000);
  const last = await work;
  expect(last.endedAt).toBeLessThanOrEqual(15_000);
  expect(closed).toBe(1);
  expect(lines(last)).toContain('pop-up fault noAnswerInTime');
  expect(lines(last)).toContain('registration fault noAnswerInTime');
});

test('each step may take its whole time, and the sum stays within 15 s', async () => {
  const clock = handClock();
  const slow =
    <T>(ms: number, value: T) =>
    () =>
      new Promise<T>((resolve) => void clock.after(ms, () => resolve(value)));
  const work = diagnose(
    sources(
      clock,
      account(available),
      {
        locate: slow(3900, located),
        connect: slow(3900, connected),
        wayBack: slow(2900, { arrived: false, status: null, phrase: '', seen: null }),
      },
      { settled: slow(3400, account(available)) },
    ),
    () => {},
  );
  await clock.pass(15_000);
  const last = await work;
  expect(last.endedAt).toBeLessThanOrEqual(15_000);
  expect(lines(last)).toContain('way-back fault wayBackSilent');
});
