// What is found for what is typed: people, past calls and what would be dialled come in one answer, so that all of it is drawn once.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallRecord, Found, PageOf, PersonRow, Problem, Query } from '../../../contract/index.ts';
import { askEarly, phoneState, usePhone, useQuery, type AskedEarly } from '../../common/index.ts';

/** As many as a person reads through; typing on is quicker than scrolling. */
export const mostPeople = 50;
const mostCalls = 10;
/** Where people take longer than this, ms, what would be dialled does not wait for them. */
const patience = 150;

type FindQuery = Extract<Query, { type: 'find' }>;

export interface FoundNow extends Pick<Found, 'people' | 'calls' | 'ofFirst'> {
  preview: Found['preview'] | undefined;
  /** False while newer rows are on their way. */
  isCurrent: boolean;
  problem: Problem | null;
  /** Begins to look, before the text is drawn. */
  look: (text: string) => void;
}

const nobody: PageOf<PersonRow> = { rows: [], total: 0 };
const noCalls: PageOf<CallRecord> = { rows: [], total: 0 };

export function useFound(text: string, accountId: string | undefined): FoundNow {
  const early = useRef<AskedEarly<FindQuery> | null>(null);
  const query = findQuery(text, accountId);
  const revision = usePhone((state) => revisionOf(state));
  const found = useQuery(query, revision, early);
  const isLate = useIsLate(query !== null && !found.isCurrent, text);
  const late = useQuery(isLate && query ? previewQuery(query) : null);
  const look = useCallback(
    (next: string) => {
      const asked = findQuery(next, accountId);
      early.current = asked && askEarly(asked, revisionOf(phoneState()));
    },
    [accountId],
  );
  return {
    people: found.data?.people ?? nobody,
    calls: found.data?.calls ?? noCalls,
    ofFirst: found.data?.ofFirst ?? null,
    preview: isLate && late.isCurrent ? late.data : found.data?.preview,
    isCurrent: found.isCurrent,
    problem: found.problem ?? found.data?.problem ?? null,
    look,
  };
}

function findQuery(text: string, accountId: string | undefined): FindQuery | null {
  const typed = text.trim();
  if (typed === '') return null;
  return { type: 'find', text: typed, people: mostPeople, calls: mostCalls, ...(accountId ? { accountId } : {}) };
}

function previewQuery({ text, accountId }: FindQuery) {
  return { type: 'dial-preview', text, ...(accountId ? { accountId } : {}) } as const;
}

function revisionOf({ directoryRevision, historyRevision }: ReturnType<typeof phoneState>): string {
  return `${directoryRevision} ${historyRevision}`;
}

/** Whether this has been so for longer than one waits, for the same `of`. */
function useIsLate(isWaiting: boolean, of: string): boolean {
  const [late, setLate] = useState<string | null>(null);
  if (!isWaiting && late !== null) setLate(null);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setLate(of), patience);
    return () => clearTimeout(timer);
  }, [isWaiting, of]);
  return isWaiting && late === of;
}
