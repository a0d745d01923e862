// People and past calls as the phone uses them: revisions for lists, the missed count, who a number is.
import type {
  QualitySeries,
  CallRecord,
  Command,
  CommandResult,
  LastCall,
  Logger,
  Party,
  PersonDraft,
} from '../../contract/index.ts';
import { BlockList, harmless } from '../directory/index.ts';
import type { Library } from '../store/index.ts';

export type RecordsCommand = Extract<
  Command,
  {
    type:
      | 'save-person'
      | 'remove-person'
      | 'restore-person'
      | 'set-favourite'
      | 'merge-people'
      | 'keep-apart'
      | 'undo-people'
      | 'mark-history-seen'
      | 'remove-history';
  }
>;

export interface RecordsOptions {
  /** Opens while accounts register; nothing that rings waits for it. */
  library: Promise<Library>;
  log: Logger;
  changed(): void;
}

/** Keeps what PhoneState says of directory and history; a slow or broken library delays nothing. */
export class Records {
  readonly #options: RecordsOptions;
  readonly #writing = new Set<Promise<void>>();
  #closing = false;
  #blocked = new BlockList();
  missedCalls = 0;
  directoryRevision = 0;
  historyRevision = 0;

  constructor(options: RecordsOptions) {
    this.#options = options;
    this.#readBlocked();
  }

  get library(): Promise<Library> {
    return this.#options.library;
  }

  async command(command: RecordsCommand): Promise<CommandResult | void> {
    const library = await this.library;
    switch (command.type) {
      case 'save-person': {
        const { id } = await library.savePerson(command.person);
        this.directoryChanged();
        return { id };
      }
      case 'remove-person':
        await library.removePerson(command.personId);
        return this.directoryChanged();
      case 'restore-person':
        await library.restorePerson(command.personId);
        return this.directoryChanged();
      case 'set-favourite':
        await library.setFavourite(command.personId, command.favourite);
        return this.directoryChanged();
      case 'merge-people': {
        const { person, undo } = await library.mergePeople(command.personIds);
        this.directoryChanged();
        return { id: person.id, undo };
      }
      case 'keep-apart':
        await library.keepApart(command.personIds, command.apart);
        return this.directoryChanged();
      case 'undo-people':
        await library.undoPeople(command.undo);
        return this.directoryChanged();
      case 'mark-history-seen':
        await library.markSeen();
        return this.historyChanged();
      case 'remove-history':
        await library.removeCall(command.recordId);
        return this.historyChanged();
    }
  }

  /** People that a source brings, in place of those it brought before. */
  async replaceSource(source: string, people: readonly PersonDraft[]): Promise<void> {
    await (await this.library).replaceSource(source, people);
    this.directoryChanged();
  }

  /** Writes an ended call; the history never holds up the phone. */
  async add(record: CallRecord, series: QualitySeries | null = null): Promise<void> {
    const written = this.#named(record).then(async (named) => (await this.library).addCall(named, series));
    this.#writing.add(written);
    try {
      await written;
      if (!this.#closing) await this.historyChanged();
    } catch (error) {
      this.#options.log.error('A call could not be written to the history.', { error: String(error) });
    } finally {
      this.#writing.delete(written);
    }
  }

  /** Waits for what is being written, then closes the library. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#writing);
    await this.library.then((library) => library.close()).catch(() => {});
  }

  /** Whose number this is; null when unknown or when the directory does not answer. */
  async identify(number: string): Promise<Partial<Party> | null> {
    try {
      return await (await this.library).identify(number);
    } catch (error) {
      this.#options.log.warn('The directory could not say who calls.', { error: String(error) });
      return null;
    }
  }

  /** Whether this caller is on the block list; nobody is until the library is open. */
  isBlocked(number: string): boolean {
    return this.#blocked.has(number);
  }

  /** From now on keeps calls for this many days; undefined: for good. */
  async keepCalls(days: number | undefined): Promise<void> {
    const forgotten = await (await this.library).keepCalls(days ?? null);
    if (forgotten > 0) await this.historyChanged();
  }

  /** A call that was refused before it rang was never looked up; its name is as the caller sent it. */
  async #named(record: CallRecord): Promise<CallRecord> {
    const name = record.name === undefined ? {} : { name: harmless(record.name) };
    if (record.personId !== undefined) return { ...record, ...name };
    const who = await this.identify(record.number);
    return {
      ...record,
      ...name,
      ...(who?.name === undefined ? {} : { name: who.name }),
      ...(who?.personId === undefined ? {} : { personId: who.personId }),
    };
  }

  /** What the person wrote about a call that was. */
  async setNote(recordId: string, note: string): Promise<void> {
    await (await this.library).setNote(recordId, note);
    await this.historyChanged();
  }

  /** The last call with this number; null when there was none or the history does not answer. */
  async lastCallWith(number: string): Promise<LastCall | null> {
    try {
      const library = await this.library;
      const page = await library.query({ type: 'history', filter: 'all', text: number, offset: 0, limit: 20 });
      const last = page.rows.find((record) => record.number === number);
      return last ? { startedAt: last.startedAt, direction: last.direction, result: last.result } : null;
    } catch (error) {
      this.#options.log.warn('The history could not say when they called last.', { error: String(error) });
      return null;
    }
  }

  /** The last number that was called. */
  async lastDialled(): Promise<CallRecord | null> {
    const library = await this.library;
    const page = await library.query({ type: 'history', filter: 'outgoing', offset: 0, limit: 1 });
    return page.rows[0] ?? null;
  }

  directoryChanged(): void {
    this.directoryRevision += 1;
    this.#readBlocked();
    this.#options.changed();
  }

  #readBlocked(): void {
    this.library
      .then((library) => library.blockedNumbers())
      .then((numbers) => {
        this.#blocked = new BlockList(numbers);
      })
      .catch((error: unknown) => this.#options.log.warn('The block list was not read.', { error: String(error) }));
  }

  async historyChanged(): Promise<void> {
    this.missedCalls = await (await this.library).missedCalls();
    this.historyRevision += 1;
    this.#options.changed();
  }
}
