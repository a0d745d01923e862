// Recent calls from the newest down, more as the list is scrolled.
import { useEffect, useRef, useState } from 'react';
import type { CallRecord, Problem, Query } from '../../../contract/index.ts';
import { ask, usePhone } from '../../common/index.ts';

const pageSize = 100;
/** The most that one question may ask for. */
const mostAtOnce = 500;

/** Which calls: those of the query `history`. */
export type HistoryChoice = Omit<Extract<Query, { type: 'history' }>, 'type' | 'offset' | 'limit'>;

export interface History {
  /** undefined: not known yet. */
  records: readonly CallRecord[] | undefined;
  problem: Problem | null;
  /** Asks for older ones, if there are any. */
  more: () => void;
}

export function useHistory(choice: HistoryChoice): History {
  const { filter, text, accountId } = choice;
  const key = JSON.stringify([filter, text, accountId]);
  const revision = usePhone((state) => state.historyRevision);
  const [wanted, setWanted] = useState(pageSize);
  const [known, setKnown] = useState<{ key: string; records: CallRecord[]; total: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const question = useRef(0);

  useEffect(() => {
    const number = ++question.current;
    const asked = {
      type: 'history',
      filter,
      ...(text === undefined ? {} : { text }),
      ...(accountId === undefined ? {} : { accountId }),
    } as const;
    const load = async () => {
      const records: CallRecord[] = [];
      let total = Infinity;
      while (records.length < Math.min(wanted, total)) {
        const limit = Math.min(wanted - records.length, mostAtOnce);
        const answer = await ask({ ...asked, offset: records.length, limit });
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
      setKnown({ key, records, total });
    };
    void load();
    // The revision says that the answer may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [filter, text, accountId, key, revision, wanted]);

  const records = known?.key === key ? known.records : undefined;
  return {
    records,
    problem,
    more: () => {
      if (known && records && records.length < known.total && records.length >= wanted) setWanted(wanted + pageSize);
    },
  };
}
