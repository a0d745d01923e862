// The import of a file of people as the phone drives it: step by step, with its state for the windows.
import { ProblemError, type ImportState } from '../../contract/index.ts';
import { problemOf } from '../calls/index.ts';
import { interrupted, type Library } from '../store/index.ts';

export interface PeopleImportOptions {
  library: Promise<Library>;
  /** The state changed. */
  changed(): void;
  /** People were written or taken back. */
  directoryChanged(): void;
}

const goingOn: ReadonlySet<ImportState['name']> = new Set(['reading', 'writing', 'undoing']);

export class PeopleImport {
  readonly #options: PeopleImportOptions;
  #state: ImportState | null = null;
  /** The import that writes, or wrote last. */
  #writing: string | null = null;
  /** Grows when something else is begun; what was going on then stops. */
  #turn = 0;

  constructor(options: PeopleImportOptions) {
    this.#options = options;
  }

  get state(): ImportState | null {
    return this.#state;
  }

  get #isGoingOn(): boolean {
    return this.#state !== null && goingOn.has(this.#state.name);
  }

  /** Resolves when the file is read and can be looked at, or when it was cancelled. What goes wrong is in the state. */
  read(file: { name: string; bytes: Uint8Array }): Promise<void> {
    this.#show({ name: 'reading', file: file.name, share: 0 });
    return this.#run(async (library) => library.readImport(file));
  }

  write(): Promise<void> {
    if (this.#state?.name !== 'read') return Promise.resolve();
    return this.#run(async (library) => {
      await library.writeImport();
      return library.stepImport();
    });
  }

  /** Takes back an import of earlier. Rejects where it cannot be any more. */
  async undo(importId: string): Promise<void> {
    if (this.#isGoingOn) return;
    const begun = await (await this.#options.library).undoImport(importId);
    return this.#run(async () => begun);
  }

  /** Takes back what is written already. Who is half taken back is better taken back. */
  cancel(): Promise<void> {
    if (this.#state?.name === 'undoing') return Promise.resolve();
    const failed = this.#state?.name === 'failed' && this.#state.undoing === undefined ? this.#writing : null;
    return this.#run(async (library) => {
      const state = await library.cancelImport();
      if (state || failed === null) return state;
      // The library had to start again: it knows of the import only what is written.
      const past = await library.query({ type: 'past-imports' });
      return past.some(({ id }) => id === failed) ? library.undoImport(failed) : null;
    });
  }

  /** Keeps what was written, and shows it no more. */
  async close(): Promise<void> {
    this.#turn += 1;
    this.#show(null);
    await (await this.#options.library).closeImport();
  }

  async #run(begin: (library: Library) => Promise<ImportState | null>): Promise<void> {
    const turn = ++this.#turn;
    try {
      const library = await this.#options.library;
      let state = await begin(library);
      while (state && goingOn.has(state.name) && turn === this.#turn) {
        this.#show(state);
        state = await library.stepImport();
        // It had to start again meanwhile, and knows of no import.
        if (!state && turn === this.#turn) throw new ProblemError(interrupted);
      }
      if (turn !== this.#turn) return;
      this.#show(state);
      if (state?.name === 'written' || state?.name === 'undone') this.#options.directoryChanged();
    } catch (error) {
      if (turn !== this.#turn) return;
      const at = this.#state;
      this.#show({
        name: 'failed',
        file: at?.file ?? null,
        problem: problemOf(error),
        ...(at?.name === 'undoing' ? { undoing: at.importId } : {}),
      });
      if (at?.name === 'writing' || at?.name === 'undoing') this.#options.directoryChanged();
    }
  }

  /** Windows see each percent, not each step. */
  #show(state: ImportState | null): void {
    const before = this.#state;
    this.#state = state;
    if (state?.name === 'reading') this.#writing = null;
    if (state?.name === 'writing') this.#writing = state.importId;
    if (percent(before) !== percent(state)) this.#options.changed();
  }
}

function percent(state: ImportState | null): string {
  if (state?.name === 'reading') return `reading ${Math.floor(state.share * 100)}`;
  if (state?.name === 'writing' || state?.name === 'undoing') {
    return `${state.name} ${Math.floor((state.done / state.total) * 100)}`;
  }
  return JSON.stringify(state);
}
