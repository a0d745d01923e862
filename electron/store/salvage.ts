// Brings over into a new database what can still be read of a damaged one.
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { transaction } from './sql.ts';

/** In the order of their references. Their first columns give the rows an order from both ends. */
const tables = [
  { name: 'people', order: 'key' },
  { name: 'numbers', order: 'person, position', reversed: 'person DESC, position DESC' },
  { name: 'calls', order: 'key' },
] as const;

export interface Salvaged {
  people: number;
  calls: number;
}

/**
 * Copies people, numbers and calls row by row; a page that cannot be read is passed over by reading from the other end.
 * The damaged file is only read. Never throws for what is wrong with it: what does not come, does not come.
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
      const [people = 0, , calls = 0] = tables.map(({ name, order, ...rest }) => {
        const reversed = 'reversed' in rest ? rest.reversed : `${order} DESC`;
        return copy(from, into, name, order) + copy(from, into, name, reversed);
      });
      return { people, calls };
    });
  } finally {
    from.close();
  }
}

function copy(from: DatabaseSync, into: DatabaseSync, table: string, order: string): number {
  const known = new Set(
    into
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map((row) => row['name']),
  );
  let count = 0;
  try {
    for (const row of from.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).iterate()) {
      const entries = Object.entries(row).filter(([column]) => known.has(column));
      count += insert(into, table, entries);
    }
  } catch {
    // The damaged page: what lies behind it comes from the other end.
  }
  return count;
}

function insert(into: DatabaseSync, table: string, entries: readonly [string, SQLOutputValue][]): number {
  const columns = entries.map(([column]) => column).join(', ');
  const values: SQLInputValue[] = entries.map(([, value]) => value);
  const statement = `INSERT OR IGNORE INTO ${table} (${columns}) VALUES (${values.map(() => '?').join(', ')})`;
  try {
    return Number(into.prepare(statement).run(...values).changes);
  } catch {
    // A row whose values make no sense, such as a number of nobody.
    return 0;
  }
}
