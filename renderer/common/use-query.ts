// useQuery: a list or a record from the phone, asked again when its revision grows; old rows stay while the new ones come.
import { useEffect, useState, type RefObject } from 'react';
import type { Outcome, Problem, Query, QueryResult } from '../../contract/index.ts';
import { t } from './i18n.ts';
import { whileWorking } from './working.ts';

export interface QueryAnswer<T> {
  /** The last rows that came, also while newer ones are on their way. */
  data: T | undefined;
  /** The query that `data` answers, so that what is typed now is not mixed with what was. */
  isCurrent: boolean;
  problem: Problem | null;
}

/** Grows with each change of what is asked about. */
export type Revision = number | string;

/** Never rejects. */
export async function ask<Q extends Query>(query: Q): Promise<Outcome<QueryResult<Q>>> {
  try {
    return await whileWorking(window.hookswitch.phone.query(query));
  } catch (error) {
    return {
      ok: false,
      problem: { code: 'no-answer-from-phone', message: t('noAnswerFromPhone'), detail: String(error) },
    };
  }
}

interface Answered<T> {
  key: string;
  data: T | undefined;
  problem: Problem | null;
}

/** Asked now, for what is drawn next: the phone looks while the window is drawn. */
export interface AskedEarly<Q extends Query> {
  key: string;
  answer: Promise<Outcome<QueryResult<Q>>>;
}

export function askEarly<Q extends Query>(query: Q, revision: Revision = 0): AskedEarly<Q> {
  return { key: keyOf(query, revision), answer: ask(query) };
}

/**
 * Asks when the query (compared by its content) or the revision changes. `null` asks nothing.
 * Only the newest question's answer counts, in whatever order answers come.
 * @param early what was asked already; taken where it is the same
 */
export function useQuery<Q extends Query>(
  query: Q | null,
  revision: Revision = 0,
  early?: RefObject<AskedEarly<Q> | null>,
): QueryAnswer<QueryResult<Q>> {
  const [answered, setAnswered] = useState<Answered<QueryResult<Q>>>({ key: '', data: undefined, problem: null });
  // Rows of a question that is over do not flash up before the next one's answer.
  if (query === null && answered.key !== '') setAnswered({ key: '', data: undefined, problem: null });
  const key = keyOf(query, revision);
  useEffect(() => {
    if (query === null) return undefined;
    let isNewest = true;
    const asked = early?.current;
    if (early) early.current = null;
    void (asked?.key === key ? asked.answer : ask(query)).then((outcome) => {
      if (!isNewest) return;
      setAnswered((last) =>
        outcome.ok ? { key, data: outcome.value, problem: null } : { key, data: last.data, problem: outcome.problem },
      );
    });
    return () => {
      isNewest = false;
    };
    // The key is the query's content and revision; the query itself is a new object at each render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return {
    data: query === null ? undefined : answered.data,
    isCurrent: answered.key === key,
    problem: answered.problem,
  };
}

function keyOf(query: Query | null, revision: Revision): string {
  return `${revision} ${query === null ? null : JSON.stringify(query)}`;
}
