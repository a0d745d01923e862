// The phone: commands in, state out. The single source of truth that every window, the tray and the headset draw from.
import {
  ProblemError,
  type Command,
  type CommandResult,
  type Dispose,
  type GlobalShortcutId,
  type Logger,
  type Notice,
  type Outcome,
  type PersonDraft,
  type PhoneState,
  type Preferences,
  type PhoneQuery,
  type QueryResults,
} from '../../contract/index.ts';
import { problemOf } from '../calls/index.ts';
import { carryOut } from './commands.ts';
import { compose } from './compose.ts';
import { isDiagnosticsCommand, isDiagnosticsQuery, PhoneDiagnostics } from './diagnostics.ts';
import { isServerPerson } from './directory-servers.ts';
import { Equipment } from './equipment.ts';
import { find } from './find.ts';
import { pressed } from './headset-buttons.ts';
import { headsetNotice } from './headset-test.ts';
import { startNotice } from './notices.ts';
import type { PhoneParts } from './parts.ts';
import { Ringing } from './ringing.ts';
import { buildRooms, type PhoneRooms } from './rooms.ts';
import { ServerWatch } from './server-watch.ts';

/** Joins the rooms and tells everybody what they come to. */
export class Phone {
  readonly #parts: PhoneParts;
  readonly #rooms: PhoneRooms;
  readonly #equipment: Equipment;
  readonly #diagnostics: PhoneDiagnostics;
  readonly #serverWatch: ServerWatch;
  readonly #ringing: Ringing;
  readonly #log: Logger;
  readonly #listeners = new Set<(state: PhoneState) => void>();
  #state: PhoneState;
  #publishing = false;

  constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.#log = parts.log.child('phone');
    const changed = () => this.#changed();
    this.#rooms = buildRooms(parts, {
      log: this.#log,
      keep: (changes) => this.#keep(changes),
      changed,
      background: (work) => this.#background(work),
    });
    const { calls, dialling, notices } = this.#rooms;
    this.#serverWatch = new ServerWatch(this.#rooms);
    this.#ringing = new Ringing(parts.media);
    this.#equipment = new Equipment({
      ...parts,
      pressed: (intent) =>
        pressed(intent, this.#state, {
          calls,
          openField: () => parts.desktop.openWindow('field'),
          redial: () => this.#background(dialling.redial()),
        }),
      problem: (problem) => notices.say(headsetNotice(problem)),
      changed,
    });
    this.#diagnostics = new PhoneDiagnostics({
      rooms: this.#rooms,
      equipment: this.#equipment,
      log: this.#log,
      state: () => this.#state,
      changed,
    });
    this.#state = compose(this.#rooms, this.#equipment, null, 0);
  }

  get state(): PhoneState {
    return this.#state;
  }

  /** Asked by SIP when a challenge comes. */
  password(accountId: string): Promise<string | null> {
    return this.#rooms.accounts.password(accountId);
  }

  /** Registers the accounts and brings the practice exchange up if it was on. */
  start(): void {
    const { preferences } = this.#parts.settings;
    const { accounts, sound, doNotDisturb, practice, records, servers, texts } = this.#rooms;
    accounts.start();
    this.#background(sound.start(preferences));
    doNotDisturb.watch();
    if (preferences.practice) this.#background(practice.start());
    this.#background(records.keepCalls(preferences.keepCallsDays));
    this.#background(records.historyChanged());
    this.#background(this.#watchLibrary());
    this.#background(servers.start());
    this.#background(texts.start());
    this.#changed();
  }

  /** Damage is told of, and lists are asked anew: what could not be brought over is no longer in them. */
  async #watchLibrary(): Promise<void> {
    const { records } = this.#rooms;
    try {
      (await records.library).whenRecovered((how) => {
        this.notice(startNotice('library', 'People and calls were damaged', how));
        records.directoryChanged();
        this.#background(records.historyChanged());
      });
    } catch (error) {
      this.notice(startNotice('library', 'People and calls cannot be shown', problemOf(error)));
    }
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

  #carryOut(command: Command): Promise<CommandResult | void> {
    return isDiagnosticsCommand(command) ? this.#diagnostics.command(command) : carryOut(this.#rooms, command);
  }

  /** Lists, asked page by page. Never throws. */
  async query(query: PhoneQuery): Promise<Outcome<QueryResults[PhoneQuery['type']]>> {
    try {
      const { dialling, records, servers } = this.#rooms;
      if (query.type === 'dial-preview') return { ok: true, value: dialling.preview(query) };
      if (query.type === 'find') return { ok: true, value: await find(query, dialling, records.library) };
      if (isDiagnosticsQuery(query)) return { ok: true, value: await this.#diagnostics.query(query) };
      if (query.type === 'server-people') return { ok: true, value: await servers.search(query.text) };
      if (query.type === 'sources') return { ok: true, value: await (await records.library).sourceStates() };
      if (query.type === 'person' && isServerPerson(query.personId)) {
        return { ok: true, value: servers.person(query.personId) };
      }
      return { ok: true, value: await (await records.library).query(query) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  }

  /** A tel:, sip:, sips: or callto: link: into the field, and no further. */
  openLink(link: string): void {
    this.#rooms.dialRequests.openLink(link);
  }

  /** Said once, until dismissed: a damaged file put aside, a provisioning file that could not be read. */
  notice(notice: Notice): void {
    this.#rooms.notices.say(notice);
  }

  /** People from a provisioning file. */
  provisionPeople(people: readonly PersonDraft[]): Promise<void> {
    return this.#rooms.records.replaceSource('Company', people);
  }

  /** Preferences from a provisioning file, and which of them windows may not change. */
  provisionPreferences(preferences: Partial<Preferences>): Promise<void> {
    return this.#keep(preferences);
  }

  networkChanged(change: { woke: boolean }): void {
    this.#parts.sip.networkChanged(change);
    this.#parts.headsets.rescan();
    // Timers slept with the machine: its time may be over.
    if (change.woke) this.#rooms.doNotDisturb.watch();
  }

  /** The desktop says whose keys in the whole system another program has. */
  shortcutsTaken(ids: readonly GlobalShortcutId[]): void {
    this.#equipment.shortcutsTaken(ids);
  }

  /** The desktop says that its dialog asks for a file, or that it was answered. */
  fileDialog(isOpen: boolean): void {
    this.#equipment.fileDialog(isOpen);
  }

  /** True the first time the window is closed. */
  explainClose(): boolean {
    const first = !this.#parts.settings.preferences.closeExplained;
    if (first) this.#background(this.#keep({ closeExplained: true }));
    return first;
  }

  /** Hangs up, unregisters; bounded by the rooms' own limits. */
  async close(): Promise<void> {
    const { calls, doNotDisturb, practice, records, servers, texts } = this.#rooms;
    doNotDisturb.close();
    servers.close();
    calls.hangUpAll();
    await Promise.allSettled([this.#parts.sip.close(), this.#parts.headsets.close()]);
    await practice.close();
    await texts.close();
    await records.close();
  }

  async #keep(changes: Partial<Preferences>): Promise<void> {
    await this.#parts.settings.setPreferences(changes);
    this.#changed();
  }

  /** One snapshot for all that happens in a turn of the loop. */
  #changed(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      this.#state = compose(this.#rooms, this.#equipment, this.#diagnostics.diagnosis, this.#state.revision + 1);
      const callsGoOutOn = this.#rooms.dialling.accountFor(undefined)?.id;
      this.#background(this.#serverWatch.follow(this.#state.accounts, callsGoOutOn));
      this.#rooms.parking.follow(this.#state.calls);
      this.#ringing.follow(this.#state);
      this.#rooms.keysAfter.follow(this.#state.calls);
      this.#rooms.sound.follow(this.#state);
      this.#parts.headsets.update(this.#state);
      for (const listener of this.#listeners) listener(this.#state);
    });
  }

  #background(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#log.warn('Something in the background failed.', { error: String(error) }));
  }
}
