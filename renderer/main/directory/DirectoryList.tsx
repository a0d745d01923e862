// DirectoryList: everybody by name, under sticky letters; only what is in sight is asked for and drawn.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PersonRow as Row } from '../../../contract/index.ts';
import { Banner, EmptyState, t, problemText } from '../../common/index.ts';
import { flatList } from './flat-list.ts';
import { LetterRail } from './LetterRail.tsx';
import { PersonRow } from './PersonRow.tsx';
import type { People } from './use-people.ts';
import './directory.css';

/** Heights of the design, px. */
const rowHeight = 48;
const letterHeight = 24;
/** So few are seen at a glance: letters to jump to would only stand around. */
const fewPeople = 8;

export interface DirectoryListProps {
  people: People;
  /** Under the sentence of an empty directory. */
  emptyAction: ReactNode;
  onCall: (number: string, personId: string) => void;
  onOpen: (personId: string) => void;
  onChoose: (person: Row) => void;
}

export function DirectoryList({ people, emptyAction, onCall, onOpen, onChoose }: DirectoryListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const total = people.total ?? 0;
  const list = useMemo(() => flatList(total, people.letters), [total, people.letters]);
  // The same function as long as the list is the same: with another one, the virtualizer measures all rows anew.
  const getItemKey = useCallback(
    (place: number) => {
      const item = list.at(place);
      return item.kind === 'letter' ? `letter ${item.letter}` : item.index;
    },
    [list],
  );
  const [stop, setStop] = useState(0);
  const focusNext = useRef<number | null>(null);

  // No compiler memoizes this component; the virtualizer's functions are called anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: list.count,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (list.at(place).kind === 'letter' ? letterHeight : rowHeight),
    getItemKey,
    overscan: 6,
    rangeExtractor: (range) => withStickyLetter(range, list.letterPlaces[list.letterAbove(range.startIndex)]),
    scrollPaddingStart: letterHeight,
    initialOffset: () => people.scrollOffset.current,
    onChange: (instance) => {
      people.scrollOffset.current = instance.scrollOffset ?? 0;
    },
  });
  useEffect(() => virtual.measure(), [virtual, list]);

  const items = virtual.getVirtualItems();
  const firstVisible = virtual.range?.startIndex ?? 0;
  const stickyPlace = list.letterPlaces[list.letterAbove(firstVisible)];
  const here = people.letters[list.letterAbove(firstVisible)]?.letter;
  const seen = items.map((item) => list.at(item.index)).flatMap((item) => (item.kind === 'person' ? [item.index] : []));
  const first = Math.min(...seen);
  const last = Math.max(...seen);
  const { look } = people;
  useEffect(() => {
    if (Number.isFinite(first)) look(first, last);
  }, [first, last, look]);

  // The row may only be drawn after the scroll; it takes the focus as soon as it stands there.
  useEffect(() => {
    if (focusNext.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${focusNext.current}"] [data-row-focus]`);
    if (!row) return;
    focusNext.current = null;
    row.focus({ preventScroll: true });
  });

  const moveTo = (index: number) => {
    const next = Math.min(Math.max(index, 0), total - 1);
    setStop(next);
    focusNext.current = next;
    virtual.scrollToIndex(list.placeOf(next), { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -total,
      End: total,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveTo(stop + step);
  };

  if (people.problem && people.total === null) {
    return <Banner kind="error" title={t('main:noPeopleAnswer')} text={problemText(people.problem)} />;
  }
  if (people.total === 0) {
    return (
      <EmptyState icon="book-user" title={t('main:noPeople')} text={t('main:noPeopleText')} action={emptyAction} />
    );
  }
  const hasRail = people.letters.length > 1 && total > fewPeople;
  return (
    <div className={hasRail ? 'directory-list has-rail' : 'directory-list'}>
      {people.problem && <Banner kind="error" title={t('main:noPeopleAnswer')} text={problemText(people.problem)} />}
      <div className="scroller" ref={scroller} tabIndex={-1}>
        <div
          role="grid"
          aria-label={t('main:people')}
          aria-rowcount={total}
          data-area="list"
          className="rows"
          style={{ blockSize: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const index = Number(event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? stop);
            setStop(index);
          }}
        >
          {items.map((item) => {
            const place = list.at(item.index);
            if (place.kind === 'letter') {
              const isSticky = item.index === stickyPlace;
              return (
                <div
                  key={item.key}
                  aria-hidden="true"
                  className={isSticky ? 'letter is-sticky' : 'letter'}
                  style={isSticky ? undefined : { transform: `translateY(${item.start}px)` }}
                >
                  {place.letter}
                </div>
              );
            }
            const person = people.row(place.index);
            return (
              <div
                key={item.key}
                role="presentation"
                data-index={place.index}
                data-person={person?.id}
                className="place"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {person ? (
                  <PersonRow
                    person={person}
                    rowIndex={place.index + 1}
                    isStop={place.index === stop || (place.index === first && (stop < first || stop > last))}
                    onCall={onCall}
                    onOpen={onOpen}
                    onChoose={onChoose}
                  />
                ) : (
                  <div className="person-row is-coming" />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {hasRail && (
        <LetterRail
          letters={people.letters}
          here={here}
          onGo={(letter) =>
            virtual.scrollToOffset(people.letters.indexOf(letter) * letterHeight + letter.index * rowHeight)
          }
        />
      )}
    </div>
  );
}

function withStickyLetter(range: Range, letterPlace: number | undefined): number[] {
  const places = defaultRangeExtractor(range);
  if (letterPlace === undefined || places.includes(letterPlace)) return places;
  return [letterPlace, ...places];
}
