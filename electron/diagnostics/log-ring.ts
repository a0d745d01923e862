// The log's last lines in memory, for the view in Settings: details too, which the file has only when asked for.
import type { LogLevel, LogPage, LogRow } from '../../contract/index.ts';

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export class LogRing {
  readonly #most: number;
  #rows: LogRow[] = [];
  #number = 0;

  /** `most`: lines kept; 3000 unless told. */
  constructor(most = 3000) {
    this.#most = most;
  }

  /** Takes a line whose secrets are blanked already. */
  add(row: Omit<LogRow, 'id'>): void {
    this.#number += 1;
    this.#rows.push({ ...row, id: this.#number });
    // A tenth more than allowed before it is trimmed, so that not every line copies the list.
    if (this.#rows.length > this.#most * 1.1) this.#rows = this.#rows.slice(-this.#most);
  }

  /** At most `limit` lines past number `after`, at least this grave, that hold `text` in any case; the oldest first. */
  page({ level, text, after, limit }: { level: LogLevel; text: string; after: number; limit: number }): LogPage {
    const least = order.indexOf(level);
    const wanted = text.trim().toLowerCase();
    const found = this.#rows.filter(
      (row) =>
        row.id > after &&
        order.indexOf(row.level) >= least &&
        (row.room.includes(wanted) || row.text.toLowerCase().includes(wanted)),
    );
    const rows = found.slice(0, limit);
    const isAll = found.length <= limit;
    return {
      rows,
      oldest: this.#rows[0]?.id ?? this.#number + 1,
      next: isAll ? this.#number : (rows.at(-1)?.id ?? this.#number),
    };
  }
}
