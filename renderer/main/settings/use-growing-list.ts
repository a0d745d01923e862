// A list that grows while it is looked at, such as messages and log lines: all that is kept and matches, and what comes.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Outcome, Problem } from '../../../contract/index.ts';

/** How often it asks for what is new, ms. Pushed, each line would be sent to windows that nobody looks at. */
const LOOK = 400;
/** Rows of one answer. */
export const PAGE = 500;

interface Page<Row> {
  rows: Row[];
  oldest: number;
  next: number;
}

export interface GrowingList<Row> {
  /** undefined: not known yet. */
  rows: readonly Row[] | undefined;
  problem: Problem | null;
  /** What was shown is gone: after `clear-trace`. */
  reset: () => void;
}

interface Known<Row> {
  key: string;
  rows: readonly Row[];
  next: number;
}

/** `ask` gets rows past a number; a new `key` begins anew, since other rows match. */
export function useGrowingList<Row extends { id: number }>(
  key: string,
  ask: (after: number) => Promise<Outcome<Page<Row>>>,
): GrowingList<Row> {
  const [known, setKnown] = useState<Known<Row> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let next = 0;
    const look = async (): Promise<void> => {
      const answer = await latest.current(next);
      if (isOver) return;
      let isMore = false;
      if (answer.ok) {
        const { rows, oldest } = answer.value;
        const isFirst = next === 0;
        next = answer.value.next;
        isMore = rows.length === PAGE;
        setKnown((last) => grown(isFirst || last?.key !== key ? { key, rows: [], next } : last, rows, oldest, next));
      }
      setProblem(answer.ok ? null : answer.problem);
      timer = setTimeout(() => void look(), isMore ? 0 : LOOK);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  const reset = useCallback(() => setKnown((last) => (last === null ? null : { ...last, rows: [] })), []);
  return { rows: known?.key === key ? known.rows : undefined, problem, reset };
}

/** The same object when nothing changed, so that a quiet list draws nothing. */
function grown<Row extends { id: number }>(
  last: Known<Row>,
  rows: readonly Row[],
  oldest: number,
  next: number,
): Known<Row> {
  const isTrimmed = (last.rows[0]?.id ?? oldest) < oldest;
  if (rows.length === 0 && !isTrimmed && last.next === next) return last;
  const kept = isTrimmed ? last.rows.filter((row) => row.id >= oldest) : last.rows;
  return { ...last, rows: rows.length === 0 ? kept : [...kept, ...rows], next };
}
