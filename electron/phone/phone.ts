// The phone: commands in, state out. The single source of truth that every window, the tray and the headset draw from.
import {
  ProblemError,
  type Call,
  type CallRecord,
  type Clock,
  type Command,
  type CommandResult,
  type DevicesState,
  type DialPreview,
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
  type QueryResults,
  type Vault,
} from '../../contract/index.ts';
import { Calls, problemOf } from '../calls/index.ts';
import { dialPreview, harmless, parseLink } from '../directory/index.ts';
import type { Headsets } from '../headset/index.ts';
import type { Media } from '../media/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Sip } from '../sip/index.ts';
import type { Library } from '../store/index.ts';
import { Accounts } from './accounts.ts';
import { activeCallId, shouldRing } from './active-call.ts';
import { doNotDisturbUntil, isDoNotDisturbOn, watchDoNotDisturb } from './do-not-disturb.ts';
import { offlineNotices } from './notices.ts';
import { Practice, type StartExchange } from './practice.ts';

export interface PhoneParts {
  sip: Sip;
  media: Media;
  headsets: Headsets;
  settings: Settings;
  vault: Vault;
  /** Opens while accounts register; nothing that rings waits for it. */
  library: Promise<Library>;
  startExchange: StartExchange;
  clock: Clock;
  log: Logger;
  engine: string;
  /** What only the desktop can do. */
  desktop: {
    setStartAtLogin(on: boolean): void;
    openWindow(view?: string): void;
  };
}

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
  readonly #practice: Practice;
  readonly #log: Logger;
  readonly #listeners = new Set<(state: PhoneState) => void>();
  #state: PhoneState;
  #publishing = false;
  #ringing = false;
  #devices: DevicesState = noDevices;
  #headset: HeadsetState = { name: 'none' };
  #missedCalls = 0;
  #directoryRevision = 0;
  #historyRevision = 0;
  #dialRequest: PhoneState['dialRequest'] = null;
  #notices: Notice[] = [];
  #stopWatchingDoNotDisturb: Dispose = () => {};

  constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.#log = parts.log.child('phone');
    const changed = () => this.#changed();
    this.#accounts = new Accounts({ settings: parts.settings, vault: parts.vault, sip: parts.sip, changed });
    this.#calls = new Calls({
      sip: parts.sip,
      media: parts.media,
      clock: parts.clock,
      log: parts.log,
      account: (accountId) => this.#accounts.find(accountId),
      refusal: (accountId) => this.#refusal(accountId),
      changed: () => this.#callsChanged(),
      ended: (record) => void this.#record(record),
    });
    this.#practice = new Practice({ start: parts.startExchange, accounts: this.#accounts, library: parts.library });
    parts.media.listen({
      digit: () => {},
      negotiated: () => {},
      remoteHold: () => {},
      problem: () => {},
      firstPacket: () => {},
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
    const { settings, media, library } = this.#parts;
    this.#accounts.start();
    media.setPreferences(settings.preferences);
    this.#watchDoNotDisturb();
    if (settings.preferences.practice) this.#background(this.#practice.start());
    this.#background(library.then(() => this.#historyChanged()));
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
      if (!(error instanceof ProblemError))
        this.#log.error('A command failed.', { type: command.type, error: String(error) });
      return { ok: false, problem: problemOf(error) };
    }
  }

  async query<Q extends Query>(query: Q): Promise<Outcome<QueryResults[Q['type']]>> {
    try {
      return { ok: true, value: (await this.#answerQuery(query)) as QueryResults[Q['type']] };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  /** A tel:, sip:, sips: or callto: link: into the field, and no further. */
  openLink(link: string): void {
    const text = parseLink(link);
    this.#parts.desktop.openWindow('field');
    if (text === null) return;
    this.#dialRequest = { id: (this.#dialRequest?.id ?? 0) + 1, text };
    this.#changed();
  }

  /** Said once, until dismissed: a damaged file put aside, a provisioning file that could not be read. */
  notice(notice: Notice): void {
    this.#notices = [...this.#notices.filter((other) => other.id !== notice.id), notice];
    this.#changed();
  }

  /** People from a provisioning file, in place of those it brought before. */
  async provisionPeople(people: readonly PersonDraft[]): Promise<void> {
    await (await this.#parts.library).replaceSource('Company', people);
    this.#directoryChanged();
  }

  networkChanged(): void {
    this.#parts.sip.networkChanged();
    this.#parts.headsets.rescan();
  }

  /** The window was closed for the first time. */
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
    await this.#parts.library.then((library) => library.close()).catch(() => {});
  }

  async #carryOut(command: Command): Promise<CommandResult | void> {
    const { settings, sip, desktop, media } = this.#parts;
    switch (command.type) {
      case 'call':
        return this.#place(command.target, command.accountId, command.personId);
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
        return media.setPreferences(settings.preferences);
      case 'do-not-disturb':
        await this.#setPreferences({
          doNotDisturbUntil: doNotDisturbUntil(command.minutes, this.#parts.clock.now()),
        });
        return this.#watchDoNotDisturb();
      case 'test-ring':
        return media.ring(command.on);
      case 'dial-request-taken':
        if (this.#dialRequest?.id === command.id) this.#dialRequest = null;
        return this.#changed();
      case 'dismiss-notice':
        this.#notices = this.#notices.filter((notice) => notice.id !== command.id);
        return this.#changed();
      case 'window':
      case 'popup-painted':
        return; // desktop's own; it hears every command before the phone does
      default:
        return this.#inLibrary(command);
    }
  }

  async #inLibrary(command: LibraryCommand): Promise<CommandResult | void> {
    const library = await this.#parts.library;
    switch (command.type) {
      case 'save-person': {
        const { id } = await library.savePerson(command.person);
        this.#directoryChanged();
        return { id };
      }
      case 'remove-person':
        await library.removePerson(command.personId);
        return this.#directoryChanged();
      case 'restore-person':
        await library.restorePerson(command.personId);
        return this.#directoryChanged();
      case 'set-favourite':
        await library.setFavourite(command.personId, command.favourite);
        return this.#directoryChanged();
      case 'mark-history-seen':
        await library.markSeen();
        return this.#historyChanged();
      case 'remove-history':
        await library.removeCall(command.recordId);
        return this.#historyChanged();
    }
  }

  async #answerQuery(query: Query): Promise<QueryResults[Query['type']]> {
    if (query.type === 'dial-preview') return this.#preview(query.text, query.accountId);
    return (await this.#parts.library).query(query);
  }

  #preview(text: string, accountId: string | undefined): DialPreview {
    const account = this.#accounts.choose(accountId, this.#parts.settings.preferences.defaultAccountId);
    return dialPreview(text, { domain: account?.address.split('@').at(-1) ?? '' });
  }

  async #place(target: string, asked: string | undefined, personId: string | undefined): Promise<CommandResult> {
    const account = this.#accounts.choose(asked, this.#parts.settings.preferences.defaultAccountId);
    if (!account) {
      throw new ProblemError({
        code: 'no-account',
        message: 'Add your account first: Hookswitch needs a server to call through.',
      });
    }
    const preview = dialPreview(target, { domain: account.address.split('@').at(-1) ?? '' });
    if (!preview.dialable) {
      throw new ProblemError({
        code: 'not-dialable',
        message: preview.why ?? `"${harmless(target)}" is not a number or an address.`,
      });
    }
    const party: Party = {
      number: preview.target,
      uri: uriOf(preview.target, account.address.split('@').at(-1) ?? ''),
      ...(personId === undefined ? {} : { personId }),
    };
    const id = this.#calls.place(account.id, preview.target, party);
    this.#identify(id, party.number);
    return { id };
  }

  /** Asks the directory who this is; a slow or broken directory delays nothing. */
  #identify(callId: string, number: string): void {
    this.#background(
      this.#parts.library
        .then((library) => library.identify(number))
        .then((who) => {
          if (who) this.#calls.identified(callId, who);
        }),
    );
  }

  #refusal(accountId: string): 480 | 486 | null {
    const { preferences } = this.#parts.settings;
    if (isDoNotDisturbOn(preferences.doNotDisturbUntil, this.#parts.clock.now())) return 486;
    return this.#accounts.find(accountId)?.ringHere === false ? 480 : null;
  }

  async #record(record: CallRecord): Promise<void> {
    try {
      await (await this.#parts.library).addCall(record);
      this.#historyChanged();
    } catch (error) {
      this.#log.error('A call could not be written to the history.', { error: String(error) });
    }
  }

  #onHeadset(intent: HeadsetIntent): void {
    const { calls, activeCallId: activeId } = this.#state;
    const waiting = calls.find((call) => call.phase.name === 'incoming');
    switch (intent.type) {
      case 'answer':
        if (waiting) this.#calls.answer(waiting.id);
        return;
      case 'reject':
        if (waiting) this.#calls.decline(waiting.id);
        return;
      case 'hang-up':
        if (activeId) this.#calls.hangUp(activeId);
        return;
      case 'mute':
        if (activeId) this.#calls.mute(activeId, intent.on);
        return;
      case 'hold':
        if (activeId) this.#calls.hold(activeId, intent.on);
        return;
      case 'open':
        return this.#parts.desktop.openWindow('field');
      case 'redial':
        this.#background(this.#redial());
    }
  }

  async #redial(): Promise<void> {
    const last = await (await this.#parts.library).query({ type: 'history', filter: 'outgoing', offset: 0, limit: 1 });
    const record = last.rows[0];
    if (record) await this.#place(record.number, record.accountId, record.personId);
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

  #callsChanged(): void {
    const known = new Set(this.#state.calls.map((call) => call.id));
    for (const call of this.#calls.views) {
      if (call.direction === 'incoming' && !known.has(call.id)) this.#identifyCaller(call);
    }
    this.#changed();
  }

  readonly #asked = new Set<string>();

  #identifyCaller(call: Call): void {
    if (this.#asked.has(call.id)) return;
    this.#asked.add(call.id);
    const { name } = call.party;
    if (name !== undefined) {
      const safe = harmless(name);
      if (safe !== name) this.#calls.identified(call.id, { name: safe });
    }
    this.#identify(call.id, call.party.number);
  }

  #directoryChanged(): void {
    this.#directoryRevision += 1;
    this.#changed();
  }

  #historyChanged(): void {
    this.#historyRevision += 1;
    this.#changed();
    this.#background(
      this.#parts.library
        .then((library) => library.missedCalls())
        .then((missed) => {
          this.#missedCalls = missed;
          this.#changed();
        }),
    );
  }

  /** One snapshot for all that happens in a turn of the loop. */
  #changed(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      this.#state = this.#compose(this.#state.revision + 1);
      const ring = shouldRing(this.#state.calls, this.#state.preferences.ringerMuted);
      if (ring !== this.#ringing) this.#parts.media.ring((this.#ringing = ring));
      this.#parts.headsets.update(this.#state);
      for (const id of this.#asked) if (!this.#state.calls.some((call) => call.id === id)) this.#asked.delete(id);
      for (const listener of this.#listeners) listener(this.#state);
    });
  }

  #compose(revision: number): PhoneState {
    const { settings, vault, clock, engine } = this.#parts;
    const accounts = this.#accounts.states;
    const calls = this.#calls.views;
    const until = settings.preferences.doNotDisturbUntil;
    return {
      revision,
      accounts,
      calls,
      activeCallId: activeCallId(calls),
      doNotDisturbUntil: isDoNotDisturbOn(until, clock.now()) ? until : null,
      missedCalls: this.#missedCalls,
      directoryRevision: this.#directoryRevision,
      historyRevision: this.#historyRevision,
      devices: this.#devices,
      headset: this.#headset,
      preferences: settings.preferences,
      dialRequest: this.#dialRequest,
      notices: [...offlineNotices(accounts), ...this.#notices],
      practice: this.#practice?.running ?? false,
      secretsProtected: vault.protected,
      ready: true,
      engine,
    };
  }

  #background(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#log.warn('Something in the background failed.', { error: String(error) }));
  }
}

type LibraryCommand = Extract<
  Command,
  {
    type: 'save-person' | 'remove-person' | 'restore-person' | 'set-favourite' | 'mark-history-seen' | 'remove-history';
  }
>;

/** A number goes to the account's domain; an address is taken as it is. */
function uriOf(target: string, domain: string): string {
  if (/^(sips?|tel):/i.test(target)) return target;
  return target.includes('@') ? `sip:${target}` : `sip:${target.replaceAll('#', '%23')}@${domain}`;
}
