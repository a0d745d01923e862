// The way to the sources of people; one that has trouble is named here already.
import type { ReactNode } from 'react';
import { Icon, problemText, t, usePhone } from '../../../common/index.ts';

export function SourcesLine({ onOpen }: { onOpen: () => void }): ReactNode {
  const servers = usePhone((state) => state.servers);
  const bad = servers.find(({ problem }) => problem !== null);
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="book-user" />
      <span className="words">
        {t('setup:sources.title')}
        <span className={bad ? 'd trouble' : 'd cut'}>
          {bad?.problem
            ? t('setup:sources.lineTrouble', { name: bad.config.name, problem: problemText(bad.problem) })
            : t('setup:sources.lineHint')}
        </span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
