// "Why can't I be called?" with the phone's own parts: SIP, sound, headset, windows and what is set.
import type { AccountState, Diagnosis, DevicesState, PhoneState } from '../../contract/index.ts';
import { diagnose, type DiagnosisSources } from '../diagnostics/index.ts';
import type { PhoneParts } from './parts.ts';

/** A microphone is listened to for this long, ms; with the time that it takes to open. */
const LISTEN = 1500;
const OPEN = 3000;

/** A registration that is offline for one of these is not tried again: quick repeats lock accounts. */
const refusals = /^(password-|realm-|login-)/;

export interface PhoneDiagnosisOptions extends Pick<
  PhoneParts,
  'sip' | 'media' | 'settings' | 'clock' | 'desktop' | 'log'
> {
  /** Live: as SIP told last. */
  accounts: () => readonly AccountState[];
  devices: () => DevicesState;
  headset: () => PhoneState['headset'];
  doNotDisturbUntil: () => number | null;
  changed: () => void;
}

/** One run at a time; what was found last stays until the next. */
export class PhoneDiagnosis {
  readonly #options: PhoneDiagnosisOptions;
  #state: Diagnosis | null = null;
  #isRunning = false;

  constructor(options: PhoneDiagnosisOptions) {
    this.#options = options;
  }

  get state(): Diagnosis | null {
    return this.#state;
  }

  /** Begins, unless it runs; what is found shows in the state. */
  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { changed, log } = this.#options;
    void diagnose(this.#sources(), (diagnosis) => {
      this.#state = diagnosis;
      changed();
    })
      .catch((error: unknown) => log.error('The diagnosis failed.', { error: String(error) }))
      .finally(() => {
        this.#isRunning = false;
      });
  }

  #sources(): DiagnosisSources {
    const { sip, settings, clock, desktop, accounts, devices, headset, doNotDisturbUntil } = this.#options;
    return {
      clock,
      accounts,
      examine: (accountId) => sip.examine(accountId),
      settled: (accountId) => this.#settled(accountId),
      ringing: (accountId) =>
        Promise.resolve({
          doNotDisturbUntil: doNotDisturbUntil(),
          preferences: settings.preferences,
          ringHere: accounts().find(({ config }) => config.id === accountId)?.config.ringHere ?? true,
        }),
      devices,
      listen: () => this.#listen(),
      headset,
      preferences: () => settings.preferences,
      popUp: () => desktop.popUpWorks(),
    };
  }

  #settled(accountId: string): Promise<AccountState> {
    const { sip, accounts } = this.#options;
    const now = (): AccountState | undefined => accounts().find(({ config }) => config.id === accountId);
    const before = now()?.registration;
    if (before?.name === 'offline' && !refusals.test(before.cause.code)) sip.retry(accountId);
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        const account = now();
        if (account === undefined) reject(new Error('The account was removed meanwhile.'));
        else if (account.registration.name === 'connecting') return false;
        else resolve(account);
        return true;
      };
      if (look()) return;
      const stop = sip.listen({ registration: (id) => id === accountId && look() && stop(), incoming: () => {} });
    });
  }

  /** The loudest moment; null when no sound came. */
  #listen(): Promise<number | null> {
    const { media, clock } = this.#options;
    return new Promise((resolve) => {
      let loudest: number | null = null;
      let cancel = (): void => {};
      const finish = (): void => {
        cancel();
        stop();
        media.sound.testSound('off');
        resolve(loudest);
      };
      const stop = media.listen({
        soundTest: (state) => {
          if (!('level' in state)) return;
          if (loudest === null) {
            cancel();
            cancel = clock.after(LISTEN, finish);
          }
          loudest = Math.max(loudest ?? 0, state.level);
        },
      });
      cancel = clock.after(OPEN, finish);
      media.sound.testSound('level');
    });
  }
}
