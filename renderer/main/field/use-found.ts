// What is found for what is typed: people, past calls and what would be dialled come in one answer, so that all of it is drawn once.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallRecord, Found, PageOf, PersonRow, Problem, Query } from '../../../contract/index.ts';
import { askEarly, phoneState, usePhone, useQuery, type AskedEarly } from '../../common/index.ts';

/** As many as a person reads through; typing on is quicker than scrolling. */
export const mostPeople = 50;
const mostCalls = 10;
/** Where people take longer than this, ms, what would be dialled does not wait for them. */
const patience = 150;
/** Who types on within this, ms, does not wait for rows that nobody sees. */
const typingPause = 150;
/** The design's height of a row, and what is never a row: the title line, the field and what it dials; px. */
const rowHeight = 48;
const aboveRows = 120;

type FindQuery = Extract<Query, { type: 'find' }>;

export interface FoundNow extends Pick<Found, 'people' | 'calls' | 'ofFirst'> {
  preview: Found['preview'] | undefined;
  /** False while there are people for the screen only; what stands below them has not come then. */
  isWhole: boolean;
  /** False while newer rows are on their way. */
  isCurrent: boolean;
  problem: Problem | null;
  /** Begins to look, before the text is drawn. */
  look: (text: string) => void;
}

const nobody: PageOf<PersonRow> = { rows: [], total: 0 };
const noCalls: PageOf<CallRecord> = { rows: [], total: 0 };

/** @param wantsAll somebody moves through the rows */
export function useFound(text: string, accountId: string | undefined, wantsAll: boolean): FoundNow {
  const early = useRef<AskedEarly<FindQuery> | null>(null);
  const [wholeOf, setWholeOf] = useState<string | null>(null);
  const query = findQuery(text, accountId, wholeOf === text ? mostPeople : peopleInSight());
  const revision = usePhone((state) => revisionOf(state));
  const found = useQuery(query, revision, early);
  const isLate = useHasPassed(patience, query !== null && !found.isCurrent, text);
  const people = found.data?.people ?? nobody;
  const isWhole = people.rows.length >= Math.min(people.total, mostPeople);
  const isPaused = useHasPassed(typingPause, query !== null, text);
  // Who comes back to a text has the rows of the screen first, again.
  if (wholeOf !== null && wholeOf !== text) setWholeOf(null);
  else if (found.isCurrent && !isWhole && (isPaused || wantsAll) && wholeOf === null) setWholeOf(text);
  const late = useQuery(isLate && query ? previewQuery(query) : null);
  const look = useCallback(
    (next: string) => {
      const asked = findQuery(next, accountId, peopleInSight());
      early.current = asked && askEarly(asked, revisionOf(phoneState()));
    },
    [accountId],
  );
  return {
    people,
    // Never above people who are still to come: a chosen row keeps its place.
    calls: isWhole ? (found.data?.calls ?? noCalls) : noCalls,
    isWhole,
    ofFirst: found.data?.ofFirst ?? null,
    preview: isLate && late.isCurrent ? late.data : found.data?.preview,
    isCurrent: found.isCurrent,
    problem: found.problem ?? found.data?.problem ?? null,
    look,
  };
}

/** Those on the screen come first, and the others when they have been seen: to bring and draw all costs twice as much. */
function peopleInSight(): number {
  return Math.min(Math.max(Math.ceil((window.innerHeight - aboveRows) / rowHeight), 1), mostPeople);
}

function findQuery(text: string, accountId: string | undefined, people: number): FindQuery | null {
  const typed = text.trim();
  if (typed === '') return null;
  return { type: 'find', text: typed, people, calls: mostCalls, ...(accountId ? { accountId } : {}) };
}

function previewQuery({ text, accountId }: FindQuery) {
  return { type: 'dial-preview', text, ...(accountId ? { accountId } : {}) } as const;
}

function revisionOf({ directoryRevision, historyRevision }: ReturnType<typeof phoneState>): string {
  return `${directoryRevision} ${historyRevision}`;
}

/** Whether this has been so for longer than `ms`, for the same `of`. */
function useHasPassed(ms: number, isSo: boolean, of: string): boolean {
  const [passed, setPassed] = useState<string | null>(null);
  if (passed !== null && !(isSo && passed === of)) setPassed(null);
  useEffect(() => {
    if (!isSo) return undefined;
    const timer = setTimeout(() => setPassed(of), ms);
    return () => clearTimeout(timer);
  }, [isSo, of, ms]);
  return isSo && passed === of;
}
