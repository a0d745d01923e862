// TraceList: every message on a line or two, virtual; one is chosen by click or arrows.
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { TraceRow } from '../../../../contract/index.ts';
import { Icon, t } from '../../../common/index.ts';
import { isRefusal, traceTime, wordsOf } from './trace-words.ts';

const rowHeight = 44;

export interface TraceListProps {
  rows: readonly TraceRow[];
  chosen: number | null;
  onChoose: (id: number) => void;
  /** The newest stays in sight. */
  follows: boolean;
  /** The person looks at older ones. */
  onLeaveEnd: () => void;
}

export function TraceList({ rows, chosen, onChoose, follows, onLeaveEnd }: TraceListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const place = rows.findIndex((row) => row.id === chosen);
  // No compiler memoizes this component; the virtualizer's functions are called anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  useEffect(() => {
    if (follows && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [follows, rows, virtual]);

  // The message opens below and takes half of the list's height: what was chosen stays in sight.
  useEffect(() => {
    if (place < 0) return undefined;
    const frame = requestAnimationFrame(() => virtual.scrollToIndex(place, { align: 'auto' }));
    return () => cancelAnimationFrame(frame);
    // Only when another one is chosen; where it stands also changes when the oldest go.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const from = place < 0 ? (step > 0 ? -1 : rows.length) : place;
    const to = Math.min(Math.max(from + step, 0), rows.length - 1);
    const row = rows[to];
    if (row === undefined) return;
    onChoose(row.id);
  };

  return (
    <div
      ref={scroller}
      className="scroller"
      role="listbox"
      data-area="list"
      tabIndex={0}
      aria-label={t('setup:trace.messages')}
      aria-activedescendant={place < 0 ? undefined : `${id}-${chosen}`}
      onKeyDown={onKeyDown}
      onWheel={(event) => {
        if (event.deltaY < 0) onLeaveEnd();
      }}
    >
      <div className="rows" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={item.key}
                id={`${id}-${row.id}`}
                role="option"
                aria-selected={row.id === chosen}
                aria-posinset={item.index + 1}
                aria-setsize={rows.length}
                className="place"
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onChoose(row.id)}
              >
                <Row row={row} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

const Row = memo(function Row({ row }: { row: TraceRow }): ReactNode {
  const { first, second } = wordsOf(row);
  const isOut = row.direction === 'out';
  const way = t(isOut ? 'setup:trace.sent' : 'setup:trace.received');
  return (
    <>
      <span className="way" role="img" aria-label={way} title={way}>
        <Icon name={isOut ? 'arrow-right' : 'arrow-left'} size={14} />
      </span>
      <span className="what">
        <span className="cut" dir="ltr" title={row.line}>
          <span className={isRefusal(row) ? 'first refusal' : 'first'}>{first}</span>{' '}
          <span className="second">{second}</span>
        </span>
        <span className="where cut" dir="ltr">
          {row.transport.toUpperCase()} <span className="num">{row.peer}</span>
        </span>
      </span>
      <span className="num when">{traceTime(row.at)}</span>
    </>
  );
});
