// The rows of an import page by page: only what is looked at is asked for.
import { useCallback, useRef, useState } from 'react';
import type { ImportRow, ImportShow } from '../../../../contract/index.ts';
import { ask } from '../../../common/index.ts';

const pageSize = 100;

export interface ImportRows {
  row: (index: number) => ImportRow | undefined;
  /** Says which rows are in sight. */
  look: (first: number, last: number) => void;
}

/** Of one part of one import; give the component that uses it a `key` of both. */
export function useImportRows(show: ImportShow): ImportRows {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly ImportRow[]>>(new Map());
  const asked = useRef(new Set<number>());
  const look = useCallback(
    (first: number, last: number) => {
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) {
        if (asked.current.has(page)) continue;
        asked.current.add(page);
        void ask({ type: 'import-rows', show, offset: page * pageSize, limit: pageSize }).then((answer) => {
          if (answer.ok) setPages((known) => new Map(known).set(page, answer.value.rows));
          else asked.current.delete(page);
        });
      }
    },
    [show],
  );
  return { row: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize], look };
}
