// LogList: every line in full, virtual; lines take the height that they need.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { LogRow } from '../../../../contract/index.ts';
import { t } from '../../../common/index.ts';
import { traceTime } from '../trace/trace-words.ts';
import { rowWord } from './log-words.ts';

const usualHeight = 40;

export interface LogListProps {
  rows: readonly LogRow[];
  /** The newest stays in sight. */
  follows: boolean;
  onLeaveEnd: () => void;
}

export function LogList({ rows, follows, onLeaveEnd }: LogListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // No compiler memoizes this component; the virtualizer's functions are called anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  useEffect(() => {
    if (follows && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [follows, rows, virtual]);
  return (
    <div
      ref={scroller}
      className="scroller"
      role="log"
      aria-live="off"
      aria-label={t('diagnostics:log.title')}
      tabIndex={0}
      data-area="list"
      onWheel={(event) => {
        if (event.deltaY < 0) onLeaveEnd();
      }}
      onKeyDown={(event) => {
        if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) onLeaveEnd();
      }}
    >
      <div className="rows" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={`place ${row.level}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span className="log-head">
                  <span className="num">{traceTime(row.at)}</span>
                  <span className="level">{rowWord(row.level)}</span>
                  <span className="cut">{row.room}</span>
                </span>
                <span className="said selectable">{row.text}</span>
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
