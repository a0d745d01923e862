// Brings over into a new database what can still be read of a damaged one.
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { nameUnnamedUndo } from './schema.ts';
import { resultCode, SQLITE_CONSTRAINT, SQLITE_MISMATCH, transaction } from './sql.ts';

interface Table {
  name: string;
  /** Columns that give the rows an order from both ends. */
  order: readonly string[];
  /** The first of them counts up, so that it can be read on behind a page that cannot. */
  isCounted?: true;
}

/** In the order of their references; all but what is made anew from these. */
const tables: readonly Table[] = [
  { name: 'people', order: ['key'], isCounted: true },
  { name: 'numbers', order: ['person', 'position'], isCounted: true },
  { name: 'import_changes', order: ['import', 'person'] },
  { name: 'people_undo', order: ['id'] },
  { name: 'people_apart', order: ['one', 'other'] },
  { name: 'source_states', order: ['source'] },
  { name: 'source_cards', order: ['source', 'key'] },
  { name: 'calls', order: ['key'], isCounted: true },
  { name: 'call_quality', order: ['call'] },
  { name: 'messages', order: ['key'], isCounted: true },
];

export interface Salvaged {
  people: number;
  calls: number;
}

/** Attempts to read on between two pages that cannot be read; each is a few microseconds. */
const mostAttempts = 50_000;

/**
 * Copies row by row; a page that cannot be read is passed over by reading from the other end, and between two of them by
 * looking for what can. The damaged file is only read. Never throws for what is wrong with it: what does not come, does
 * not come. Throws what the new database throws.
 */
export function salvage(damaged: string | URL, into: DatabaseSync): Salvaged {
  let from: DatabaseSync;
  try {
    from = new DatabaseSync(damaged, { readOnly: true });
  } catch {
    return { people: 0, calls: 0 };
  }
  try {
    return transaction(into, () => {
      const counts = new Map(tables.map((table) => [table.name, new TableCopy(from, into, table).run()]));
      // Of an earlier version, or behind a page that cannot be read.
      into.exec(nameUnnamedUndo);
      return { people: counts.get('people') ?? 0, calls: counts.get('calls') ?? 0 };
    });
  } finally {
    from.close();
  }
}

/** One table on its way. */
class TableCopy {
  readonly #from: DatabaseSync;
  readonly #into: DatabaseSync;
  readonly #table: Table;
  readonly #known: ReadonlySet<unknown>;
  #insert: StatementSync | null = null;
  #columns: readonly string[] = [];
  #count = 0;
  #attempts = 0;

  constructor(from: DatabaseSync, into: DatabaseSync, table: Table) {
    this.#from = from;
    this.#into = into;
    this.#table = table;
    const columns = into.prepare(`SELECT name FROM pragma_table_info('${table.name}')`).all();
    this.#known = new Set(columns.map(({ name }) => name));
  }

  /** Returns how many rows came. */
  run(): number {
    const first = this.#read('ASC');
    if (first.isWhole) return this.#count;
    const last = this.#read('DESC');
    if (this.#table.isCounted && first.at !== null && last.at !== null) this.#between(first.at + 1, last.at - 1);
    return this.#count;
  }

  /** What lies between two pages that cannot be read, halving what is left: there may be more of them. */
  #between(low: number, high: number): void {
    if (low > high || this.#attempts >= mostAttempts) return;
    const middle = Math.floor((low + high) / 2);
    const up = this.#read('ASC', middle, high);
    if (!up.isWhole) this.#between((up.at ?? middle) + 1, high);
    const down = this.#read('DESC', low, middle - 1);
    if (!down.isWhole) this.#between(low, (down.at ?? middle) - 1);
  }

  /** Reads in one direction as far as it goes. `at`: the counting column of the last row that came. */
  #read(direction: 'ASC' | 'DESC', low?: number, high?: number): { isWhole: boolean; at: number | null } {
    this.#attempts += 1;
    const { name, order, isCounted } = this.#table;
    const [counting = ''] = order;
    const range = low === undefined || high === undefined ? [] : [low, high];
    const where = range.length === 0 ? '' : `WHERE ${counting} BETWEEN ? AND ?`;
    const by = order.map((column) => `${column} ${direction}`).join(', ');
    let at: number | null = null;
    const rows = reader(this.#from, `SELECT * FROM ${name} ${where} ORDER BY ${by}`, range);
    for (let row = rows(); row !== 'end'; row = rows()) {
      if (row === 'damage') return { isWhole: false, at };
      this.#write(row);
      if (isCounted) at = Number(row[counting]);
    }
    return { isWhole: true, at };
  }

  #write(row: Record<string, SQLOutputValue>): void {
    if (!this.#insert) {
      // Of a newer version there may be more columns, of an older one fewer.
      this.#columns = Object.keys(row).filter((column) => this.#known.has(column));
      this.#insert = this.#into.prepare(
        `INSERT OR IGNORE INTO ${this.#table.name} (${this.#columns.join(', ')})
         VALUES (${this.#columns.map(() => '?').join(', ')})`,
      );
    }
    const values: SQLInputValue[] = this.#columns.map((column) => row[column] ?? null);
    try {
      this.#count += Number(this.#insert.run(...values).changes);
    } catch (error) {
      // A row whose values make no sense, such as a number of nobody.
      const code = resultCode(error);
      if (code !== SQLITE_CONSTRAINT && code !== SQLITE_MISMATCH) throw error;
    }
  }
}

type Row = Record<string, SQLOutputValue>;

/** Row after row; `damage` where the next cannot be read. */
function reader(db: DatabaseSync, sql: string, values: readonly number[]): () => Row | 'end' | 'damage' {
  try {
    const rows = db.prepare(sql).iterate(...values);
    return () => {
      try {
        const { done, value } = rows.next();
        return done ? 'end' : value;
      } catch {
        return 'damage';
      }
    };
  } catch {
    return () => 'damage';
  }
}
