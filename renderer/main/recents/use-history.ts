// Recent calls from the newest down, more as the list is scrolled.
import { useEffect, useRef, useState } from 'react';
import type { CallRecord, HistoryFilter, Problem } from '../../../contract/index.ts';
import { ask, usePhone } from '../../common/index.ts';

const pageSize = 100;
/** The most that one question may ask for. */
const mostAtOnce = 500;

export interface History {
  /** undefined: not known yet. */
  records: readonly CallRecord[] | undefined;
  problem: Problem | null;
  /** Asks for older ones, if there are any. */
  more: () => void;
}

export function useHistory(filter: HistoryFilter): History {
  const revision = usePhone((state) => state.historyRevision);
  const [wanted, setWanted] = useState(pageSize);
  const [known, setKnown] = useState<{ filter: HistoryFilter; records: CallRecord[]; total: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const question = useRef(0);

  useEffect(() => {
    const number = ++question.current;
    const load = async () => {
      const records: CallRecord[] = [];
      let total = Infinity;
      while (records.length < Math.min(wanted, total)) {
        const limit = Math.min(wanted - records.length, mostAtOnce);
        const answer = await ask({ type: 'history', filter, offset: records.length, limit });
        if (number !== question.current) return;
        if (!answer.ok) {
          setProblem(answer.problem);
          return;
        }
        total = answer.value.total;
        records.push(...answer.value.rows);
        if (answer.value.rows.length === 0) break;
      }
      setProblem(null);
      setKnown({ filter, records, total });
    };
    void load();
    // The revision says that the answer may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [filter, revision, wanted]);

  const records = known?.filter === filter ? known.records : undefined;
  return {
    records,
    problem,
    more: () => {
      if (known && records && records.length < known.total && records.length >= wanted) setWanted(wanted + pageSize);
    },
  };
}
