// The SIP trace: the last messages in and out, in memory, credentials blanked before they are kept.
import type { Dispose, Trace, TraceEntry } from '../../contract/index.ts';
import { redactText } from './redact.ts';

export interface TraceOptions {
  /** Messages kept; 2000 when absent. */
  entries?: number;
  /** Characters kept in all; 8 million when absent. */
  characters?: number;
}

export interface OwnedTrace extends Trace {
  /** What is kept, the oldest first. */
  entries(): readonly TraceEntry[];
  clear(): void;
  /** Each message as it is recorded. */
  listen(listener: (entry: TraceEntry) => void): Dispose;
}

/** Longer messages are cut: SIP over UDP ends at 64 kB, and a trace is read by people. */
const longestText = 65_536;

/** Makes a trace that forgets the oldest when it is full. */
export function createTrace({ entries: most = 2000, characters: largest = 8_000_000 }: TraceOptions = {}): OwnedTrace {
  let kept: TraceEntry[] = [];
  let size = 0;
  const listeners = new Set<(entry: TraceEntry) => void>();

  /** In one go and not one by one: dropping the first of an array moves all others. */
  function trim(): void {
    let drop = 0;
    while (drop < kept.length && (kept.length - drop > most || size > largest)) {
      size -= kept[drop]?.text.length ?? 0;
      drop += 1;
    }
    if (drop > 0) kept = kept.slice(drop);
  }

  return {
    record(entry) {
      const safe = { ...entry, text: redactText(entry.text.slice(0, longestText)) };
      kept.push(safe);
      size += safe.text.length;
      // A tenth more than allowed before it is trimmed, so that not every message copies the list.
      if (kept.length > most * 1.1 || size > largest * 1.1) trim();
      for (const listener of listeners) listener(safe);
    },
    entries() {
      trim();
      return kept;
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
