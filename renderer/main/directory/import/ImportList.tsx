// ImportList: the entries of a file as the import takes them, with their lines.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ImportRow, ImportShow } from '../../../../contract/index.ts';
import { Avatar, Icon, t } from '../../../common/index.ts';
import { useImportRows } from './use-import-rows.ts';

/** Of the design, px. */
const rowHeight = 48;

export function ImportList({ show, total }: { show: ImportShow; total: number }): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const { row, look } = useImportRows(show);
  // No compiler memoizes this component; the virtualizer's functions are called anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index;
  const last = items.at(-1)?.index;
  useEffect(() => {
    if (first !== undefined && last !== undefined) look(first, last);
  }, [first, last, look]);
  return (
    <div className="import-list" ref={scroller} tabIndex={0} role="list" aria-label={t('main:import.title')}>
      <div className="rows" style={{ blockSize: virtual.getTotalSize() }}>
        {items.map((item) => {
          const entry = row(item.index);
          return (
            <div
              key={item.key}
              role="listitem"
              className="person-row place"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {entry && <Entry entry={entry} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Entry({ entry }: { entry: ImportRow }): ReactNode {
  const { name, why, line } = entry;
  const second =
    why ?? (entry.changes.length > 0 ? t('main:import.adds', { what: changeWords(entry) }) : detail(entry));
  return (
    <>
      {name === null ? (
        <span className="way fault">
          <Icon name="triangle-alert" />
        </span>
      ) : (
        <Avatar name={name} />
      )}
      <span className="grow">
        <span className="name cut" title={name ?? why ?? undefined}>
          {name ?? why}
        </span>
        {name !== null && (
          <span className="sub cut" title={second}>
            {second}
          </span>
        )}
      </span>
      <span className="side num">{t('main:import.line', { line })}</span>
    </>
  );
}

function changeWords({ changes }: ImportRow): string {
  return changes.map((change) => t(`main:import.changes.${change}`)).join(', ');
}

function detail({ company, number }: ImportRow): string {
  return [company, number].filter((part) => part !== null).join(' · ') || t('main:noNumber');
}
