// The SIP trace: the last messages in and out, in memory, credentials blanked before they are kept.
import type { Dispose, Trace, TraceEntry, TracePage, TraceRow } from '../../contract/index.ts';
import { writePcap } from './pcap.ts';
import { redactText } from './redact.ts';
import { writeText } from './trace-text.ts';

export interface TraceOptions {
  /** Messages kept; 2000 when absent. */
  entries?: number;
  /** Characters kept in all; 8 million when absent. */
  characters?: number;
}

/** An entry with the number that it got when it came; numbers rise and never come again. */
export type KeptEntry = TraceEntry & { id: number };

export interface OwnedTrace extends Trace {
  /** What is kept, the oldest first. */
  entries(): readonly KeptEntry[];
  /**
   * At most `limit` rows, past number `after`, of those whose text, peer or transport holds `text` in any case. `dialogs`:
   * only messages with one of these Call-IDs.
   */
  page(text: string, after: number, limit: number, dialogs?: readonly string[]): TracePage;
  /** The whole message; null when it is not kept any more. */
  message(id: number): KeptEntry | null;
  /** What {@link page} would list, as a file: for reading, or for Wireshark. */
  export(format: 'text' | 'pcap', text: string, dialogs?: readonly string[]): Buffer;
  clear(): void;
  /** Each message as it is recorded. */
  listen(listener: (entry: KeptEntry) => void): Dispose;
}

/** Longer messages are cut: SIP over UDP ends at 64 kB, and a trace is read by people. */
const longestText = 65_536;

/** Makes a trace that forgets the oldest when it is full. */
export function createTrace({ entries: most = 2000, characters: largest = 8_000_000 }: TraceOptions = {}): OwnedTrace {
  let kept: KeptEntry[] = [];
  let size = 0;
  let number = 0;
  const listeners = new Set<(entry: KeptEntry) => void>();

  /** In one go and not one by one: dropping the first of an array moves all others. */
  function trim(): void {
    let drop = 0;
    while (drop < kept.length && (kept.length - drop > most || size > largest)) {
      size -= kept[drop]?.text.length ?? 0;
      drop += 1;
    }
    if (drop > 0) kept = kept.slice(drop);
  }

  function entries(): readonly KeptEntry[] {
    trim();
    return kept;
  }

  function matching(text: string, dialogs: readonly string[] | undefined): readonly KeptEntry[] {
    const wanted = text.trim().toLowerCase();
    const among = dialogs === undefined ? entries() : entries().filter((entry) => isOf(entry, dialogs));
    if (wanted === '') return among;
    return among.filter(
      (entry) =>
        entry.text.toLowerCase().includes(wanted) ||
        entry.peer.includes(wanted) ||
        entry.transport.toLowerCase() === wanted,
    );
  }

  return {
    record(entry) {
      number += 1;
      const safe = { ...entry, id: number, text: redactText(entry.text.slice(0, longestText)) };
      kept.push(safe);
      size += safe.text.length;
      // A tenth more than allowed before it is trimmed, so that not every message copies the list.
      if (kept.length > most * 1.1 || size > largest * 1.1) trim();
      for (const listener of listeners) listener(safe);
    },
    entries,
    page(text, after, limit, dialogs) {
      const found = matching(text, dialogs).filter((entry) => entry.id > after);
      const rows = found.slice(0, limit).map(rowOf);
      const isAll = found.length <= limit;
      return { rows, oldest: kept[0]?.id ?? number + 1, next: isAll ? number : (rows.at(-1)?.id ?? number) };
    },
    message: (id) => entries().find((entry) => entry.id === id) ?? null,
    export(format, text, dialogs) {
      const found = matching(text, dialogs);
      return format === 'pcap' ? writePcap(found) : Buffer.from(writeText(found));
    },
    clear() {
      kept = [];
      size = 0;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** RFC 3261 20.8; `i` is its short form. */
function isOf({ text }: KeptEntry, dialogs: readonly string[]): boolean {
  const callId = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im.exec(text)?.[1];
  return callId !== undefined && dialogs.includes(callId);
}

function rowOf({ text, ...entry }: KeptEntry): TraceRow {
  const end = text.search(/\r?\n/);
  const method = /^(?:CSeq)[ \t]*:[ \t]*\d+[ \t]+(\S+)/im.exec(text)?.[1] ?? '';
  return { ...entry, line: (end < 0 ? text : text.slice(0, end)).slice(0, 300), method };
}
