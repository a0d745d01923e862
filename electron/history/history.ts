// Calls that were: each once, newest first. Lives in the library's worker thread.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as v from 'valibot';
import {
  callResultSchema,
  qualitySummarySchema,
  type CallRecord,
  type HistoryFilter,
  type PageOf,
  type QualitySeries,
} from '../../contract/index.ts';
import { number, optional, text, words, type Row } from '../store/index.ts';
import { callsCsv } from './calls-csv.ts';
import { seriesBytes, seriesFromBytes } from './quality-bytes.ts';

export interface History {
  /** Writes a call; the same id again replaces what was written, and a call once seen stays seen. */
  add(record: CallRecord, series?: QualitySeries | null): void;
  /** How a call was heard, point by point; null: nothing was kept. */
  series(recordId: string): QualitySeries | null;
  remove(recordId: string): void;
  markSeen(): void;
  /** Missed calls that nobody has looked at. */
  missed(): number;
  /** From now on keeps calls for this many days after their end; null: for good. Returns how many are forgotten at once. */
  keepFor(days: number | null): number;
  /** What the person wrote about a call; empty takes it away. */
  setNote(recordId: string, note: string): void;
  /** All that match, newest first, as CSV that no spreadsheet takes for formulas. */
  export(query: HistoryChoice): string;
  page(query: HistoryChoice & { offset: number; limit: number }): PageOf<CallRecord>;
}

export interface HistoryChoice {
  filter: HistoryFilter;
  text?: string | undefined;
  accountId?: string | undefined;
}

const day = 86_400_000;

const filters: Record<HistoryFilter, string> = {
  all: '1',
  missed: "result = 'missed'",
  incoming: "direction = 'incoming'",
  outgoing: "direction = 'outgoing'",
};

/** Opens the history over a migrated database. */
export function createHistory(db: DatabaseSync, now: () => number = Date.now): History {
  const add = db.prepare(
    `INSERT INTO calls (id, account, direction, name, number, person, result, reason, reason_code, started_at, connected_at, ended_at, seen, words, recordings, quality, note)
     VALUES (:id, :account, :direction, :name, :number, :person, :result, :reason, :reasonCode, :startedAt, :connectedAt, :endedAt, :seen, :words, :recordings, :quality, :note)
     ON CONFLICT (id) DO UPDATE SET account = :account, direction = :direction, name = :name, number = :number,
       person = :person, result = :result, reason = :reason, reason_code = :reasonCode, started_at = :startedAt, connected_at = :connectedAt,
       ended_at = :endedAt, seen = max(seen, :seen), words = :words, recordings = :recordings, quality = :quality,
       note = coalesce(:note, note)`,
  );
  const remove = db.prepare('DELETE FROM calls WHERE id = ?');
  const markSeen = db.prepare('UPDATE calls SET seen = 1 WHERE seen = 0');
  const missed = db.prepare("SELECT count(*) AS missed FROM calls WHERE seen = 0 AND result = 'missed'");

  const keepSeries = db.prepare(
    'INSERT INTO call_quality (call, series) VALUES (?, ?) ON CONFLICT (call) DO UPDATE SET series = excluded.series',
  );
  const findSeries = db.prepare('SELECT series FROM call_quality WHERE call = ?');
  const setNote = db.prepare('UPDATE calls SET note = ? WHERE id = ?');
  const forget = db.prepare('DELETE FROM calls WHERE ended_at < ?');
  let keptDays: number | null = null;

  function forgetBefore(before: number): number {
    return Number(forget.run(before).changes);
  }

  return {
    keepFor(days) {
      keptDays = days;
      return days === null ? 0 : forgetBefore(now() - days * day);
    },

    export(query) {
      const { where, wanted } = condition(query);
      const rows = db.prepare(`SELECT * FROM calls WHERE ${where} ORDER BY started_at DESC, key DESC`).all(...wanted);
      return callsCsv(rows.map(record));
    },

    setNote: (recordId, note) => void setNote.run(note === '' ? null : note, recordId),
    add(record, series = null) {
      add.run(parameters(record));
      if (series !== null) keepSeries.run(record.id, seriesBytes(series));
      if (keptDays !== null) forgetBefore(now() - keptDays * day);
    },
    series(recordId) {
      const bytes = findSeries.get(recordId)?.['series'];
      return bytes instanceof Uint8Array ? seriesFromBytes(bytes) : null;
    },
    remove: (recordId) => void remove.run(recordId),
    markSeen: () => void markSeen.run(),
    missed: () => number(missed.get()?.['missed']),

    page({ offset, limit, ...query }) {
      if (offset === 0 && keptDays !== null) forgetBefore(now() - keptDays * day);
      const { where, wanted } = condition(query);
      const rows = db
        .prepare(`SELECT * FROM calls WHERE ${where} ORDER BY started_at DESC, key DESC LIMIT ? OFFSET ?`)
        .all(...wanted, limit, offset);
      const total = db.prepare(`SELECT count(*) AS total FROM calls WHERE ${where}`).get(...wanted);
      return { rows: rows.map(record), total: number(total?.['total']) };
    },
  };
}

function parameters(call: CallRecord): Record<string, SQLInputValue> {
  return {
    id: call.id,
    account: call.accountId,
    direction: call.direction,
    name: call.name ?? null,
    number: call.number,
    person: call.personId ?? null,
    result: call.result,
    reason: call.reason ?? null,
    reasonCode: call.reasonCode ?? null,
    startedAt: Math.round(call.startedAt),
    connectedAt: call.connectedAt === undefined ? null : Math.round(call.connectedAt),
    endedAt: Math.round(call.endedAt),
    seen: Number(call.seen),
    words: ['', ...words(call.name ?? ''), ...words(call.number), call.number.replace(/\D/g, '')].join(' '),
    recordings: call.recordings === undefined ? null : JSON.stringify(call.recordings),
    quality: call.quality === undefined ? null : JSON.stringify(call.quality),
    note: call.note ?? null,
  };
}

function condition({ filter, text: query = '', accountId }: HistoryChoice): { where: string; wanted: string[] } {
  const found = conditions(query);
  const where = [filters[filter], ...found.map(() => 'instr(words, ?) > 0')];
  if (accountId === undefined) return { where: where.join(' AND '), wanted: found };
  return { where: [...where, 'account = ?'].join(' AND '), wanted: [...found, accountId] };
}

/** Words are found inside words; digits in any spelling, so without separators and without 0, 00 or + before them. */
function conditions(query: string): string[] {
  if (/^[\d\s+*#()./-]+$/.test(query)) {
    const digits = query.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
    return digits === '' ? [] : [digits];
  }
  return words(query);
}

function record(row: Row): CallRecord {
  return {
    id: text(row['id']),
    accountId: text(row['account']),
    direction: v.parse(v.picklist(['incoming', 'outgoing']), row['direction']),
    ...optional('name', row['name'], text),
    number: text(row['number']),
    ...optional('personId', row['person'], text),
    result: v.parse(callResultSchema, row['result']),
    ...optional('reason', row['reason'], text),
    ...optional('reasonCode', row['reason_code'], text),
    startedAt: number(row['started_at']),
    ...optional('connectedAt', row['connected_at'], number),
    endedAt: number(row['ended_at']),
    seen: row['seen'] === 1,
    ...optional('recordings', row['recordings'], (value) => v.parse(v.array(v.string()), JSON.parse(text(value)))),
    ...optional('note', row['note'], text),
    ...optional('quality', row['quality'], (value) => v.parse(qualitySummarySchema, JSON.parse(text(value)))),
  };
}
