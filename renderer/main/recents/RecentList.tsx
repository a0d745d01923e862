// RecentList: calls under their days; only what is in sight is drawn, older ones are asked for as it is scrolled.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { CallRecord } from '../../../contract/index.ts';
import { dayHeading, t, useToday } from '../../common/index.ts';
import { useCallNumber, useFieldMode } from '../field/dial-field-context.tsx';
import { underDays } from './call-words.ts';
import { RecentRow } from './RecentRow.tsx';
import type { History } from './use-history.ts';
import './recents.css';

/** Heights of the design, px. */
const rowHeight = 48;
const dayHeight = 34;
const firstDayHeight = 28;

export interface RecentListProps {
  history: History;
  onOpen: (personId: string) => void;
  onAdd: (number: string) => void;
  onDetails: (record: CallRecord) => void;
}

export function RecentList({ history, onOpen, onAdd, onDetails }: RecentListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const field = useFieldMode();
  const callNumber = useCallNumber();
  const today = useToday();
  const records = history.records;
  const items = useMemo(() => underDays(records ?? []), [records]);
  const [stop, setStop] = useState(0);
  const [selected, setSelected] = useState<string | null>(null);
  const focusNext = useRef<number | null>(null);

  // No compiler memoizes this component; the virtualizer's functions are called anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === 0 ? firstDayHeight : items[index]?.kind === 'day' ? dayHeight : rowHeight),
    getItemKey: (index) => {
      const item = items[index];
      return item?.kind === 'call' ? item.record.id : `day ${item?.day}`;
    },
    overscan: 6,
    scrollPaddingStart: dayHeight,
  });
  useEffect(() => virtual.measure(), [virtual, items]);

  const drawn = virtual.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  const isNearEnd = items.length > 0 && lastDrawn > items.length - 20;
  useEffect(() => {
    if (isNearEnd) history.more();
  });
  useEffect(() => {
    if (focusNext.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${focusNext.current}"] [data-row-focus]`);
    if (!row) return;
    focusNext.current = null;
    row.focus({ preventScroll: true });
  });

  const count = records?.length ?? 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 9,
      PageUp: -9,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(stop + step, 0), count - 1);
    setStop(next);
    focusNext.current = next;
    const place = items.findIndex((item) => item.kind === 'call' && item.place === next);
    virtual.scrollToIndex(place, { align: 'auto' });
  };

  return (
    <div className="scroller" ref={scroller} tabIndex={-1}>
      <div
        role="grid"
        aria-label={t('main:recentCalls')}
        aria-rowcount={count}
        data-area="list"
        className="rows"
        style={{ blockSize: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          setStop(Number(event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? stop));
        }}
      >
        {drawn.map((place) => {
          const item = items[place.index];
          if (!item) return null;
          const style = { transform: `translateY(${place.start}px)` };
          if (item.kind === 'day') {
            return (
              <div
                key={place.key}
                className={place.index === 0 ? 'place head first' : 'place head'}
                style={style}
                role="presentation"
              >
                {dayHeading(item.day, today)}
              </div>
            );
          }
          return (
            <div key={place.key} className="place" role="presentation" data-index={item.place} style={style}>
              <RecentRow
                record={item.record}
                rowIndex={item.place + 1}
                isStop={item.place === stop}
                isSelected={item.record.id === selected}
                onSelect={setSelected}
                onCall={callNumber}
                onChoose={field.choose}
                onOpen={onOpen}
                onAdd={onAdd}
                onDetails={onDetails}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
