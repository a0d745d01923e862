// DirectoryList: everybody by name, under sticky letters; only what is in sight is asked for and drawn.
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PersonRow as Row } from '../../../contract/index.ts';
import { Banner, EmptyState, t, problemText } from '../../common/index.ts';
import { flatList, rowHeight } from './flat-list.ts';
import { LetterRail } from './LetterRail.tsx';
import { PersonRow } from './PersonRow.tsx';
import { scrollTo, useInSight } from './use-in-sight.ts';
import type { People } from './use-people.ts';
import './directory.css';

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
  const [stop, setStop] = useState(0);
  const focusNext = useRef<number | null>(null);

  const shown = useInSight(scroller, list, people.scrollOffset);
  const places = Array.from({ length: shown.last - shown.first + 1 }, (_, index) => shown.first + index);
  const stickyPlace = list.letterPlaces[shown.letter];
  if (stickyPlace !== undefined && stickyPlace < shown.first) places.unshift(stickyPlace);
  const here = people.letters[shown.letter]?.letter;
  const seen = places.map((place) => list.at(place)).flatMap((item) => (item.kind === 'person' ? [item.index] : []));
  const first = seen[0] ?? Infinity;
  const last = seen.at(-1) ?? -Infinity;
  const { look } = people;
  useEffect(() => {
    if (Number.isFinite(first)) look(first, last);
  }, [first, last, look]);

  // A row with the focus that now shows somebody else gives it back, or Enter would call them.
  const focused = useRef<number | null>(null);
  useLayoutEffect(() => {
    const row = document.activeElement?.closest<HTMLElement>('[data-index]');
    if (!row || !scroller.current?.contains(row) || Number(row.dataset['index']) === focused.current) return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });

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
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, clientHeight: height } = element;
    element.scrollTo({ top: scrollTo(list, list.placeOf(next), { top, height }) });
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
      <div
        className="scroller"
        ref={scroller}
        tabIndex={-1}
        onScroll={({ currentTarget }) => people.scrolled(currentTarget.scrollTop)}
      >
        <div
          role="grid"
          aria-label={t('main:people')}
          aria-rowcount={total}
          data-area="list"
          className="rows"
          style={{ blockSize: list.height }}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const index = Number(event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? stop);
            setStop(index);
            focused.current = index;
          }}
        >
          {places.map((at) => {
            const place = list.at(at);
            const transform = `translateY(${list.startOf(at)}px)`;
            if (place.kind === 'letter') {
              const isSticky = at === stickyPlace;
              return (
                <div
                  key={`letter ${place.letter}`}
                  aria-hidden="true"
                  className={isSticky ? 'letter is-sticky' : 'letter'}
                  style={isSticky ? undefined : { transform }}
                >
                  {place.letter}
                </div>
              );
            }
            const person = people.row(place.index);
            return (
              <div
                // A row that goes out of sight becomes the one that comes: to make one anew costs several times as much.
                key={place.index % shown.slots}
                role="presentation"
                data-index={place.index}
                data-person={person?.id}
                className="place"
                style={{ transform }}
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
          onGo={(letter) => {
            const place = list.letterPlaces[people.letters.indexOf(letter)];
            if (place !== undefined) scroller.current?.scrollTo({ top: list.startOf(place) });
          }}
        />
      )}
    </div>
  );
}
