// The directory page by page: only what is looked at is asked for; known rows stay while newer ones come.
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { PersonRow, Problem } from '../../../contract/index.ts';
import { ask, usePhone } from '../../common/index.ts';
import type { Letter } from './flat-list.ts';

const pageSize = 100;
/** Who scrolls faster than pages come is shown where they stop, not all that they passed. */
const mostAtOnce = 2;
/** Pages that are kept: those nearest to the one that came last. All 100,000 people would weigh more than the window. */
export const mostPages = 40;

export interface People {
  /** null: not known yet. */
  total: number | null;
  letters: readonly Letter[];
  row: (index: number) => PersonRow | undefined;
  /** Says which rows are in sight, so that their pages are asked for. */
  look: (first: number, last: number) => void;
  problem: Problem | null;
  /** Where the list was scrolled to, px, for when it comes back. */
  scrollOffset: RefObject<number>;
  scrolled: (offset: number) => void;
}

type Pages = ReadonlyMap<number, { revision: number; rows: readonly PersonRow[] }>;

interface Known {
  total: number | null;
  letters: readonly Letter[];
  pages: Pages;
  problem: Problem | null;
}

export function usePeople(): People {
  const revision = usePhone((state) => state.directoryRevision);
  const [known, setKnown] = useState<Known>({ total: null, letters: [], pages: new Map(), problem: null });
  const asked = useRef(new Map<number, number>());
  const scrollOffset = useRef(0);
  const sight = useRef({ first: 0, last: 0 });
  const underWay = useRef(new Set<number>());
  const fetchNext = useRef(() => {});

  const fetch = useCallback(
    async (page: number) => {
      asked.current.set(page, revision);
      underWay.current.add(page);
      const answer = await ask({ type: 'people', text: '', offset: page * pageSize, limit: pageSize });
      underWay.current.delete(page);
      fetchNext.current();
      if (!answer.ok) {
        asked.current.delete(page);
        setKnown((last) => ({ ...last, problem: answer.problem }));
        return;
      }
      setKnown((last) => {
        if ((last.pages.get(page)?.revision ?? -1) > revision) return last;
        const pages = nearest(page, new Map(last.pages).set(page, { revision, rows: answer.value.rows }));
        const letters = sameLetters(last.letters, answer.value.letters ?? last.letters);
        return { total: answer.value.total, letters, pages, problem: null };
      });
    },
    [revision],
  );

  const fetchSight = useCallback(() => {
    const { first, last } = sight.current;
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
      if (asked.current.get(page) === revision) continue;
      if (underWay.current.size >= mostAtOnce) return;
      void fetch(page);
    }
  }, [fetch, revision]);

  // What is not kept is asked for again when it comes into sight.
  useEffect(() => {
    for (const page of asked.current.keys()) {
      if (!known.pages.has(page) && !underWay.current.has(page)) asked.current.delete(page);
    }
  }, [known.pages]);

  useEffect(() => {
    fetchNext.current = fetchSight;
    fetchSight();
  }, [fetchSight]);

  const look = useCallback(
    (first: number, last: number) => {
      sight.current = { first: Math.max(first, 0), last: Math.max(last, 0) };
      fetchSight();
    },
    [fetchSight],
  );

  const scrolled = useCallback((offset: number) => {
    scrollOffset.current = offset;
  }, []);

  return {
    total: known.total,
    letters: known.letters,
    row: (index) => known.pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
    look,
    problem: known.problem,
    scrollOffset,
    scrolled,
  };
}

/** The pages around this one, as many as are kept. */
export function nearest<Page>(page: number, pages: ReadonlyMap<number, Page>): ReadonlyMap<number, Page> {
  if (pages.size <= mostPages) return pages;
  const byDistance = [...pages].toSorted(([one], [other]) => Math.abs(one - page) - Math.abs(other - page));
  return new Map(byDistance.slice(0, mostPages));
}

/** Every page brings them. The same list where they are the same, or all rows would be measured anew for each page. */
export function sameLetters(known: readonly Letter[], come: readonly Letter[]): readonly Letter[] {
  const isSame = (letter: Letter, at: number) =>
    letter.letter === known[at]?.letter && letter.index === known[at].index;
  return come.length === known.length && come.every(isSame) ? known : come;
}
