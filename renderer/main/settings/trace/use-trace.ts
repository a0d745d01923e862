// The SIP trace while it is looked at: all that is kept and matches, and what comes.
import { useCallback, useEffect, useState } from 'react';
import type { Problem, TraceRow } from '../../../../contract/index.ts';
import { ask } from '../../../common/index.ts';

/** How often it asks for what is new, ms. Pushed, each SIP message would be sent to windows that nobody looks at. */
const LOOK = 400;
/** Rows of one answer. */
const PAGE = 500;

export interface TraceList {
  /** undefined: not known yet. */
  rows: readonly TraceRow[] | undefined;
  problem: Problem | null;
  /** What was shown is gone: after `clear-trace`. */
  reset: () => void;
}

interface Known {
  text: string;
  rows: readonly TraceRow[];
  next: number;
}

export function useTrace(text: string): TraceList {
  const [known, setKnown] = useState<Known | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let next = 0;
    const look = async (): Promise<void> => {
      const answer = await ask({ type: 'trace', text, after: next, limit: PAGE });
      if (isOver) return;
      let isMore = false;
      if (answer.ok) {
        const { rows, oldest } = answer.value;
        const isFirst = next === 0;
        next = answer.value.next;
        isMore = rows.length === PAGE;
        setKnown((last) => grown(isFirst || last?.text !== text ? { text, rows: [], next } : last, rows, oldest, next));
      }
      setProblem(answer.ok ? null : answer.problem);
      timer = setTimeout(() => void look(), isMore ? 0 : LOOK);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text]);
  const reset = useCallback(() => setKnown((last) => (last === null ? null : { ...last, rows: [] })), []);
  return { rows: known?.text === text ? known.rows : undefined, problem, reset };
}

/** The same object when nothing changed, so that a quiet trace draws nothing. */
function grown(last: Known, rows: readonly TraceRow[], oldest: number, next: number): Known {
  const isTrimmed = (last.rows[0]?.id ?? oldest) < oldest;
  if (rows.length === 0 && !isTrimmed && last.next === next) return last;
  const kept = isTrimmed ? last.rows.filter((row) => row.id >= oldest) : last.rows;
  return { ...last, rows: rows.length === 0 ? kept : [...kept, ...rows], next };
}
