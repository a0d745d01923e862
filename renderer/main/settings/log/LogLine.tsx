// LogLine: the way to the log.
import type { ReactNode } from 'react';
import { Icon, t } from '../../../common/index.ts';

export function LogLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="history" />
      <span className="words">
        {t('diagnostics:log.title')}
        <span className="d">{t('diagnostics:log.lineHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
