// The phone: commands in, state out. The single source of truth that every window, the tray and the headset draw from.
import {
  ProblemError,
  type AccountConfig,
  type Call,
  type Command,
  type CommandResult,
  type DevicesState,
  type Dispose,
  type HeadsetIntent,
  type HeadsetState,
  type Logger,
  type Notice,
  type Outcome,
  type Party,
  type PersonDraft,
  type PhoneState,
  type Preferences,
  type Query,
  type NetworkTone,
  type QueryResults,
  type SoundTest,
} from '../../contract/index.ts';
import { Calls, problemOf } from '../calls/index.ts';
import { dialPreview, harmless, parseLink } from '../directory/index.ts';
import { Accounts } from './accounts.ts';
import { activeCallId, shouldRing } from './active-call.ts';
import { BusyLamps } from './busy-lamps.ts';
import { doNotDisturbUntil, isDoNotDisturbOn, watchDoNotDisturb } from './do-not-disturb.ts';
import { emergencyAccount, emergencyNumbers, isEmergency, locationNotice } from './emergency.ts';
import { offlineNotices } from './notices.ts';
import type { PhoneParts } from './parts.ts';
import { Practice } from './practice.ts';
import { Records } from './records.ts';
import { partyDialled } from './party-dialled.ts';
import { saveHeadsetTrace, saveTrace } from './save-trace.ts';
import { PhoneSound } from './sound.ts';
import { toneFor } from './tones.ts';
import { Voicemail } from './voicemail.ts';

const noDevices: DevicesState = {
  microphones: [],
  speakers: [],
  microphoneInUse: null,
  speakerInUse: null,
  problem: null,
};

/** Joins the rooms; holds what belongs to none of them. */
export class Phone {
  readonly #parts: PhoneParts;
  readonly #accounts: Accounts;
  readonly #calls: Calls;
  readonly #records: Records;
  readonly #practice: Practice;
  readonly #sound: PhoneSound;
  readonly #voicemail: Voicemail;
  readonly #lamps: BusyLamps;
  /** Directory and account that the lamps were last asked for. */
  #lampsFor = '';
  readonly #log: Logger;
  readonly #listeners = new Set<(state: PhoneState) => void>();
  #state: PhoneState;
  #publishing = false;
  #ringing = false;
  #tone: NetworkTone | null = null;
  #soundTest: SoundTest = { name: 'off' };
  #devices: DevicesState = noDevices;
  #headset: HeadsetState = { name: 'none' };
  #dialRequest: PhoneState['dialRequest'] = null;
  /** A window takes each id once, so none comes again. */
  #dialRequests = 0;
  #notices: Notice[] = [];
  #stopWatchingDoNotDisturb: Dispose = () => {};

  constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.#log = parts.log.child('phone');
    const changed = () => this.#changed();
    this.#accounts = new Accounts({ settings: parts.settings, vault: parts.vault, sip: parts.sip, changed });
    this.#records = new Records({ library: parts.library, log: this.#log, changed });
    this.#practice = new Practice({
      start: parts.startExchange,
      accounts: this.#accounts,
      people: (people) => this.#records.replaceSource('Practice', people),
    });
    this.#calls = new Calls({
      sip: parts.sip,
      media: parts.media,
      clock: parts.clock,
      log: parts.log,
      account: (accountId) => this.#accounts.find(accountId),
      iceServers: (account) => this.#accounts.iceServers(account),
      refusal: (accountId) => this.#refusal(accountId),
      changed,
      arrived: (call) => this.#identify(call),
      ended: (record) => void this.#records.add(record),
    });
    this.#voicemail = new Voicemail({
      sip: parts.sip,
      watch: (accountId, heard) => parts.sip.subscribe(accountId, 'message-summary', '', { changed: heard }),
      changed,
    });
    this.#lamps = new BusyLamps({ sip: parts.sip, changed });
    this.#sound = new PhoneSound({
      media: parts.media,
      folders: parts.folders,
      region: systemRegion(),
      log: this.#log,
    });
    parts.media.listen({
      soundTest: (state) => {
        this.#soundTest = state;
        changed();
      },
      devices: (devices) => {
        this.#devices = devices;
        parts.headsets.rescan();
        changed();
      },
    });
    parts.headsets.listen({
      intent: (intent) => this.#onHeadset(intent),
      state: (state) => {
        this.#headset = state;
        changed();
      },
    });
    this.#state = this.#compose(0);
  }

  get state(): PhoneState {
    return this.#state;
  }

  /** Asked by SIP when a challenge comes. */
  password(accountId: string): Promise<string | null> {
    return this.#accounts.password(accountId);
  }

  /** Registers the accounts and brings the practice exchange up if it was on. */
  start(): void {
    const { settings } = this.#parts;
    this.#accounts.start();
    this.#background(this.#sound.start(settings.preferences));
    this.#watchDoNotDisturb();
    if (settings.preferences.practice) this.#background(this.#practice.start());
    this.#background(this.#records.historyChanged());
    this.#changed();
  }

  listen(listener: (state: PhoneState) => void): Dispose {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  /** The one way in for windows and tray. Never throws: a failure is a Problem. */
  async command(command: Command): Promise<Outcome<CommandResult>> {
    try {
      return { ok: true, value: (await this.#carryOut(command)) ?? {} };
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        this.#log.error('A command failed.', { type: command.type, error: String(error) });
      }
      return { ok: false, problem: problemOf(error) };
    }
  }

  /** Lists, asked page by page. Never throws. */
  async query(query: Query): Promise<Outcome<QueryResults[Query['type']]>> {
    try {
      if (query.type === 'dial-preview') {
        return { ok: true, value: dialPreview(query.text, { domain: domainOf(this.#accountFor(query.accountId)) }) };
      }
      const { trace } = this.#parts;
      if (query.type === 'trace') return { ok: true, value: trace.page(query.text, query.after, query.limit) };
      if (query.type === 'trace-message') return { ok: true, value: trace.message(query.id) };
      return { ok: true, value: await (await this.#records.library).query(query) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  /** A tel:, sip:, sips: or callto: link: into the field, and no further. */
  openLink(link: string): void {
    const text = parseLink(link);
    this.#parts.desktop.openWindow('field');
    if (text === null) return;
    this.#dialRequests += 1;
    this.#dialRequest = { id: this.#dialRequests, text };
    this.#changed();
  }

  /** Said once, until dismissed: a damaged file put aside, a provisioning file that could not be read. */
  notice(notice: Notice): void {
    this.#notices = [...this.#notices.filter((other) => other.id !== notice.id), notice];
    this.#changed();
  }

  /** People from a provisioning file. */
  provisionPeople(people: readonly PersonDraft[]): Promise<void> {
    return this.#records.replaceSource('Company', people);
  }

  networkChanged(change: { woke: boolean }): void {
    this.#parts.sip.networkChanged(change);
    this.#parts.headsets.rescan();
  }

  /** True the first time the window is closed. */
  explainClose(): boolean {
    const first = !this.#parts.settings.preferences.closeExplained;
    if (first) this.#background(this.#setPreferences({ closeExplained: true }));
    return first;
  }

  /** Hangs up, unregisters; bounded by the rooms' own limits. */
  async close(): Promise<void> {
    this.#stopWatchingDoNotDisturb();
    this.#calls.hangUpAll();
    await Promise.allSettled([this.#parts.sip.close(), this.#parts.headsets.close()]);
    await this.#practice.close();
    await this.#records.close();
  }

  async #carryOut(command: Command): Promise<CommandResult | void> {
    const { settings, sip, desktop, media } = this.#parts;
    switch (command.type) {
      case 'call':
        return this.#place(command.target, command.accountId, command.personId);
      case 'call-voicemail':
        return this.#callVoicemail(command.accountId);
      case 'pick-up':
        return this.#pickUp(command.number);
      case 'answer':
        return this.#calls.answer(command.callId);
      case 'decline':
        return this.#calls.decline(command.callId);
      case 'silence':
        return this.#calls.silence(command.callId, command.on ?? true);
      case 'hang-up':
        return this.#calls.hangUp(command.callId);
      case 'hold':
        return this.#calls.hold(command.callId, command.on);
      case 'make-active':
        return this.#calls.hold(command.callId, false);
      case 'mute':
        return this.#calls.mute(command.callId, command.on);
      case 'send-digit':
        return this.#calls.sendDigit(command.callId, command.digit);
      case 'save-account':
        return { id: await this.#accounts.save(command.account) };
      case 'remove-account':
        this.#calls.hangUpAll(command.accountId);
        return this.#accounts.remove(command.accountId);
      case 'retry-registration':
        return sip.retry(command.accountId);
      case 'start-practice':
        await this.#practice.start();
        return this.#setPreferences({ practice: true });
      case 'stop-practice':
        await this.#practice.close();
        return this.#setPreferences({ practice: false });
      case 'set-preferences':
        await this.#setPreferences(command.preferences);
        if (command.preferences.startAtLogin !== undefined) desktop.setStartAtLogin(command.preferences.startAtLogin);
        return this.#sound.use(settings.preferences);
      case 'do-not-disturb':
        await this.#setPreferences({
          doNotDisturbUntil: doNotDisturbUntil(command.minutes, this.#parts.clock.now()),
        });
        return this.#watchDoNotDisturb();
      case 'test-ring':
        return media.ring(command.on);
      case 'test-sound':
        return media.sound.testSound(command.test);
      case 'set-ring-file':
        await this.#sound.setRingFile(command.data);
        await this.#setPreferences({ ringTone: 'file', ringFileName: command.name });
        return this.#sound.use(settings.preferences);
      case 'join':
        return this.#calls.join(command.callIds);
      case 'split':
        return this.#calls.split(command.callId);
      case 'transfer':
        return this.#calls.transfers.now(command.callId, this.#partyFor(command));
      case 'ask-first':
        return made(this.#calls.transfers.askFirst(command.callId, this.#partyFor(command)));
      case 'complete-transfer':
        return this.#calls.transfers.complete(command.callId);
      case 'back-to-caller':
        return this.#calls.transfers.backToCaller(command.callId);
      case 'answer-wish':
        return made(this.#calls.answerWish(command.callId, command.yes));
      case 'show-recording':
        return desktop.showFile(await this.#sound.recordingAt(command.file));
      case 'record':
        return command.on ? this.#record(command.callId) : this.#calls.stopRecording(command.callId);
      case 'dial-request-taken':
        if (this.#dialRequest?.id === command.id) this.#dialRequest = null;
        return this.#changed();
      case 'dismiss-notice':
        this.#notices = this.#notices.filter((notice) => notice.id !== command.id);
        return this.#changed();
      case 'clear-trace':
        return this.#parts.trace.clear();
      case 'save-trace':
        return saveTrace(this.#parts, command.format, command.text);
      case 'save-headset-trace':
        return saveHeadsetTrace(this.#parts);
      case 'window':
      case 'popup-painted':
        return; // the desktop's own; it hears every command before the phone does
      default:
        return this.#records.command(command);
    }
  }

  #place(target: string, asked: string | undefined, personId: string | undefined): CommandResult {
    const { preferences } = this.#parts.settings;
    const isUrgent = isEmergency(target, emergencyNumbers(preferences, systemRegion()));
    const wished = [preferences.emergencyAccountId, asked, preferences.defaultAccountId];
    const account = this.#accountFor(isUrgent ? emergencyAccount(this.#accounts.states, wished) : asked);
    if (!account) {
      throw new ProblemError({
        code: 'no-account',
        message: 'Add your account first: Hookswitch needs a server to call through.',
      });
    }
    if (isUrgent && preferences.emergencyLocation) this.notice(locationNotice(preferences.emergencyLocation));
    return { id: this.#calls.place(account.id, partyDialled(target, personId, domainOf(account))) };
  }

  #callVoicemail(asked: string | undefined): CommandResult {
    const mailbox = this.#voicemail.states.find(({ accountId }) => asked === undefined || accountId === asked);
    const target = mailbox?.target ?? this.#parts.settings.preferences.voicemailNumber;
    if (!target) {
      throw new ProblemError({
        code: 'no-voicemail-number',
        message: 'Your server does not say which number voicemail has. Write it down in Settings, under Calls.',
      });
    }
    return this.#place(target, asked ?? mailbox?.accountId, undefined);
  }

  #pickUp(number: string): CommandResult {
    const rings = this.#lamps.pickUp(number);
    const account = this.#accountFor(undefined);
    if (!rings || !account) {
      throw new ProblemError({ code: 'nothing-to-pick-up', message: 'Nothing rings there any more.' });
    }
    const party = { ...partyDialled(rings.target, undefined, domainOf(account)), uri: rings.target };
    return { id: this.#calls.place(account.id, party, { replaces: rings.replaces }) };
  }

  /** Voicemail of every account that is available; lamps of the favourites, on the account that calls go out on. */
  #watchServers(): void {
    this.#voicemail.follow(this.#accounts.states);
    const account = this.#accountFor(undefined);
    const isUp = this.#accounts.states.some((s) => s.config.id === account?.id && s.registration.name === 'available');
    const accountId = isUp && account ? account.id : null;
    const wanted = `${accountId} ${this.#records.directoryRevision}`;
    if (wanted === this.#lampsFor || (accountId === null && this.#lampsFor !== '')) return;
    this.#lampsFor = wanted;
    if (accountId === null) return this.#lamps.follow(null, []);
    this.#background(
      this.#records.library
        .then((library) => library.query({ type: 'favourites' }))
        .then((favourites) => this.#lamps.follow(accountId, favourites)),
    );
  }

  /** Whom a call is to be given to, as the account of that call would dial. */
  #partyFor({ callId, target, personId }: { callId: string; target: string; personId?: string | undefined }): Party {
    const call = this.#state.calls.find(({ id }) => id === callId);
    return partyDialled(target, personId, domainOf(this.#accountFor(call?.accountId)));
  }

  async #record(callId: string): Promise<void> {
    const call = this.#state.calls.find(({ id }) => id === callId);
    if (!call) return;
    const { preferences } = this.#parts.settings;
    const file = await this.#sound.recordingPath(call, preferences, new Date(this.#parts.clock.now()));
    this.#calls.startRecording(callId, file, preferences.recordingTone ?? true);
  }

  #accountFor(asked: string | undefined): AccountConfig | undefined {
    return this.#accounts.choose(asked, this.#parts.settings.preferences.defaultAccountId);
  }

  /** The name they sent is made harmless at once; the directory's own name replaces it when it is known. */
  #identify(call: Call): void {
    const { name, number } = call.party;
    if (name !== undefined && harmless(name) !== name) this.#calls.identified(call.id, { name: harmless(name) });
    this.#background(
      this.#records.identify(number).then((who) => {
        if (who) this.#calls.identified(call.id, who);
      }),
    );
  }

  #refusal(accountId: string): 480 | 486 | null {
    const { doNotDisturbUntil: until } = this.#parts.settings.preferences;
    if (isDoNotDisturbOn(until, this.#parts.clock.now())) return 486;
    return this.#accounts.find(accountId)?.ringHere === false ? 480 : null;
  }

  #onHeadset(intent: HeadsetIntent): void {
    const { calls, activeCallId: active } = this.#state;
    const waiting = calls.find((call) => call.phase.name === 'incoming')?.id;
    switch (intent.type) {
      case 'answer':
        return waiting === undefined ? undefined : this.#calls.answer(waiting);
      case 'reject':
        return waiting === undefined ? undefined : this.#calls.decline(waiting);
      case 'hang-up':
        return active === null ? undefined : this.#calls.hangUp(active);
      case 'mute':
        return active === null ? undefined : this.#calls.mute(active, intent.on);
      case 'hold':
        return active === null ? undefined : this.#calls.hold(active, intent.on);
      case 'open':
        return this.#parts.desktop.openWindow('field');
      case 'redial':
        return this.#background(
          this.#records.lastDialled().then((last) => {
            if (last) this.#place(last.number, last.accountId, last.personId);
          }),
        );
    }
  }

  async #setPreferences(changes: Partial<Preferences>): Promise<void> {
    await this.#parts.settings.setPreferences(changes);
    this.#changed();
  }

  #watchDoNotDisturb(): void {
    this.#stopWatchingDoNotDisturb();
    const until = this.#parts.settings.preferences.doNotDisturbUntil;
    this.#stopWatchingDoNotDisturb = watchDoNotDisturb(until, this.#parts.clock, () => {
      this.#background(this.#setPreferences({ doNotDisturbUntil: 0 }));
    });
  }

  /** One snapshot for all that happens in a turn of the loop. */
  #changed(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      this.#state = this.#compose(this.#state.revision + 1);
      this.#watchServers();
      const ring = shouldRing(this.#state.calls, this.#state.preferences.ringerMuted);
      if (ring !== this.#ringing) {
        this.#ringing = ring;
        this.#parts.media.ring(ring);
      }
      const tone = toneFor(this.#state.calls);
      if (tone !== this.#tone) {
        this.#tone = tone;
        this.#parts.media.sound.tone(tone);
      }
      this.#parts.headsets.update(this.#state);
      for (const listener of this.#listeners) listener(this.#state);
    });
  }

  #compose(revision: number): PhoneState {
    const { settings, vault, clock, engine, version } = this.#parts;
    const accounts = this.#accounts.states;
    const calls = this.#calls.views;
    const until = settings.preferences.doNotDisturbUntil;
    return {
      revision,
      accounts,
      calls,
      activeCallId: activeCallId(calls),
      doNotDisturbUntil: isDoNotDisturbOn(until, clock.now()) ? until : null,
      missedCalls: this.#records.missedCalls,
      directoryRevision: this.#records.directoryRevision,
      historyRevision: this.#records.historyRevision,
      voicemail: this.#voicemail.states,
      lamps: this.#lamps.states,
      devices: this.#devices,
      soundTest: this.#soundTest,
      headset: this.#headset,
      preferences: settings.preferences,
      dialRequest: this.#dialRequest,
      notices: [...offlineNotices(accounts), ...this.#notices],
      practice: this.#practice.running,
      secretsProtected: vault.protected,
      ready: true,
      engine,
      version,
    };
  }

  #background(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#log.warn('Something in the background failed.', { error: String(error) }));
  }
}

function domainOf(account: AccountConfig | undefined): string {
  return account?.address.split('@').at(-1) ?? '';
}

function systemRegion(): string | undefined {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).region;
}

function made(id: string | null): CommandResult {
  return id === null ? {} : { id };
}
