// The index kept true to the table: made in steps, anew after what changes many, and meanwhile told of each person who changes.
import { PeopleIndex, type Entry } from './people-index.ts';
import type { PeopleTable } from './people-table.ts';

/** A person who changed while the next index is made, which may have read them before or after. */
interface Touched {
  /** As that index may hold them. */
  versions: Entry[];
  isThere: boolean;
}

interface Loading {
  index: PeopleIndex;
  steps: Generator<void, void>;
  touched: Map<number, Touched>;
}

export class KeptIndex {
  readonly #table: PeopleTable;
  #index: PeopleIndex | null = null;
  #isStale = false;
  #loading: Loading | null = null;

  constructor(table: PeopleTable) {
    this.#table = table;
  }

  /** With everybody as they are; null while it is made. */
  get whole(): PeopleIndex | null {
    return this.#isStale ? null : this.#index;
  }

  /** Where many have changed, as they were before, but for each who changed alone; null before the first, or {@link forget forgotten}. */
  get latest(): PeopleIndex | null {
    return this.#index;
  }

  /** Makes a part of it. Returns whether it is whole. */
  load(): boolean {
    if (this.whole) return true;
    this.#loading ??= this.#begun();
    const { index, steps, touched } = this.#loading;
    if (!steps.next().done) return false;
    for (const [key, { versions, isThere }] of touched) {
      for (const version of versions) index.remove(version);
      const entry = isThere ? this.#table.entry(key) : null;
      if (entry) index.add(entry);
    }
    this.#index = index;
    this.#isStale = false;
    this.#loading = null;
    return true;
  }

  /** Many have changed. Until the next one is whole, {@link latest} has everybody as they were. */
  renew(): void {
    this.#isStale = true;
    this.#loading = null;
  }

  /** The same where nobody is to be found as they were: there is no {@link latest} until the next one is whole. */
  forget(): void {
    this.#index = null;
    this.renew();
  }

  /** Runs a change of these people, who are gone for the index until they are added. */
  change<T>(keys: readonly number[], work: () => T): T {
    const before = keys.flatMap((key) => this.#table.entry(key) ?? []);
    const result = work();
    for (const entry of before) {
      this.#index?.remove(entry);
      this.#touch(entry, false);
    }
    return result;
  }

  /** This person is there, new or as they are now. */
  add(key: number): void {
    const entry = this.#table.entry(key);
    if (!entry) return;
    this.#index?.add(entry);
    this.#touch(entry, true);
  }

  #begun(): Loading {
    const index = new PeopleIndex();
    return { index, steps: index.loading(this.#table.entries()), touched: new Map() };
  }

  #touch(entry: Entry, isThere: boolean): void {
    if (!this.#loading) return;
    const { touched } = this.#loading;
    touched.set(entry.key, { versions: [...(touched.get(entry.key)?.versions ?? []), entry], isThere });
  }
}
