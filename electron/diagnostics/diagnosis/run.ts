// Runs "Why can't I be called?": all that does not depend on each other at once, each line told as it is found, 15 s at most.
import type {
  AccountState,
  Bindings,
  Check,
  CheckName,
  Clock,
  Connected,
  DevicesState,
  Diagnosis,
  Finding,
  HeadsetState,
  Located,
  NatFacts,
  Preferences,
  WayBack,
} from '../../../contract/index.ts';
import {
  connectionFinding,
  dnsFinding,
  headsetFinding,
  microphoneFinding,
  needsTheAbove,
  noAnswerInTime,
  popUpFinding,
  registrationFinding,
  ringingFinding,
  speakerFinding,
  stunFinding,
  wayBackFinding,
  type RingingFacts,
} from './findings.ts';

/** What an account's way is looked at by; the SIP room's Examination fits. */
export interface AccountExamination {
  locate(): Promise<Located>;
  connect(): Promise<Connected>;
  bindings(): Promise<Bindings>;
  wayBack(): Promise<WayBack>;
  nat(stunServer: string): Promise<NatFacts>;
  close(): Promise<void>;
}

/** What the phone knows and can do; each is asked when its line comes. */
export interface DiagnosisSources {
  clock: Clock;
  accounts: () => readonly AccountState[];
  examine: (accountId: string) => AccountExamination;
  /** Resolves when the account's registration is no longer under way; tries now what waits and may be well again. */
  settled: (accountId: string) => Promise<AccountState>;
  ringing: (accountId: string | null) => Promise<RingingFacts>;
  devices: () => DevicesState;
  /** The loudest moment of a second, 0 to 1; null: nothing came. */
  listen: () => Promise<number | null>;
  headset: () => HeadsetState;
  preferences: () => Preferences;
  /** Whether the window that rings can be shown. */
  popUp: () => Promise<boolean>;
}

/** The longest that each step may take, ms; one after the other they stay under 15 s. */
const patience = { dns: 4000, connection: 4000, registration: 3500, 'way-back': 3000, here: 6000 } as const;

const accountChecks: readonly CheckName[] = ['dns', 'connection', 'registration', 'way-back', 'ringing', 'stun'];
const computerChecks: readonly CheckName[] = ['microphone', 'speaker', 'headset', 'pop-up'];

/** Runs all checks; `tell` gets the whole after each change. Resolves with the last; rejects never. */
export async function diagnose(sources: DiagnosisSources, tell: (diagnosis: Diagnosis) => void): Promise<Diagnosis> {
  const { clock } = sources;
  const accounts = sources.accounts();
  let diagnosis: Diagnosis = {
    startedAt: clock.now(),
    endedAt: null,
    checks: [
      ...accounts.flatMap(({ config }) => accountChecks.map((name) => waiting(name, config.id))),
      ...computerChecks.map((name) => waiting(name, null)),
    ],
  };
  const put = (name: CheckName, accountId: string | null, change: Pick<Check, 'state' | 'finding'>): void => {
    diagnosis = {
      ...diagnosis,
      checks: diagnosis.checks.map((check) =>
        check.name === name && check.accountId === accountId ? { ...check, ...change } : check,
      ),
    };
    tell(diagnosis);
  };
  const found = (name: CheckName, accountId: string | null, finding: Finding): void =>
    put(name, accountId, { state: finding.state, finding });
  /** A step with its limit: what it found, told at once; null when it did not end in time or threw. */
  const step = async <T>(
    name: CheckName,
    accountId: string | null,
    ms: number,
    look: () => Promise<T>,
    judge: (facts: T) => Finding,
  ): Promise<T | null> => {
    put(name, accountId, { state: 'running', finding: null });
    const facts = await within(ms, look, clock);
    found(name, accountId, facts === null ? noAnswerInTime : judge(facts.value));
    return facts === null ? null : facts.value;
  };

  tell(diagnosis);
  const here = async (): Promise<void> => {
    const quick = <T>(name: CheckName, look: () => Promise<T>, judge: (facts: T) => Finding) =>
      step(name, null, patience.here, look, judge);
    await Promise.all([
      quick('microphone', sources.listen, (level) => microphoneFinding(sources.devices(), level)),
      quick('speaker', resolved(sources.devices), (devices) => speakerFinding(devices, sources.preferences())),
      quick('headset', resolved(sources.headset), (headset) =>
        headsetFinding(headset, sources.preferences().headsetButtons),
      ),
      quick('pop-up', sources.popUp, popUpFinding),
    ]);
  };
  await Promise.all([here(), ...accounts.map((account) => ofAccount(account, { sources, step, found }))]);
  diagnosis = { ...diagnosis, endedAt: clock.now() };
  tell(diagnosis);
  return diagnosis;
}

interface Steps {
  sources: DiagnosisSources;
  step: <T>(
    name: CheckName,
    accountId: string,
    ms: number,
    look: () => Promise<T>,
    judge: (facts: T) => Finding,
  ) => Promise<T | null>;
  found: (name: CheckName, accountId: string, finding: Finding) => void;
}

/** An account's lines, each on what the one before it found. */
async function ofAccount({ config }: AccountState, { sources, step, found }: Steps): Promise<void> {
  const { id, stunServer } = config;
  const ringing = step('ringing', id, patience.here, () => sources.ringing(id), ringingFinding);
  if (!config.enabled) {
    for (const name of ['dns', 'connection', 'way-back', 'stun'] as const) found(name, id, needsTheAbove);
    found('registration', id, registrationFinding({ registration: { name: 'disabled' } }, null));
    await ringing;
    return;
  }
  const examination = sources.examine(id);
  try {
    const nat = stunServer
      ? step(
          'stun',
          id,
          patience.here,
          () => examination.nat(stunServer),
          (facts) => stunFinding(facts, null),
        )
      : null;
    const located = await step('dns', id, patience.dns, () => examination.locate(), dnsFinding);
    const connected = located?.ok
      ? await step('connection', id, patience.connection, () => examination.connect(), connectionFinding)
      : (found('connection', id, needsTheAbove), null);
    // A registration may stand although a fresh look fails, and the other way round: both are told.
    const registered = await step(
      'registration',
      id,
      patience.registration,
      async () => {
        const account = await sources.settled(id);
        const isIn = account.registration.name === 'available';
        return { account, bindings: isIn ? await examination.bindings() : null };
      },
      ({ account, bindings }) => registrationFinding(account, bindings),
    );
    const canAsk = connected?.ok === true && registered?.account.registration.name === 'available';
    const back = canAsk
      ? await step('way-back', id, patience['way-back'], () => examination.wayBack(), wayBackFinding)
      : (found('way-back', id, needsTheAbove), null);
    if (nat === null) found('stun', id, stunFinding(null, back?.seen ?? null));
    await Promise.all([nat, ringing]);
  } finally {
    await examination.close();
  }
}

function waiting(name: CheckName, accountId: string | null): Check {
  return { name, accountId, state: 'waiting', finding: null };
}

function resolved<T>(read: () => T): () => Promise<T> {
  return () => Promise.resolve(read());
}

/** Null when it takes longer, or fails in a way that nobody foresaw. */
function within<T>(ms: number, look: () => Promise<T>, clock: Clock): Promise<{ value: T } | null> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(null));
    look()
      .then(
        (value) => resolve({ value }),
        () => resolve(null),
      )
      .finally(cancel);
  });
}
