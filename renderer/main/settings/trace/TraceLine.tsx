// TraceLine: the way to the SIP trace.
import type { ReactNode } from 'react';
import { Icon, t } from '../../../common/index.ts';

export function TraceLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="arrow-up-down" />
      <span className="words">
        {t('setup:trace.title')}
        <span className="d">{t('setup:trace.lineHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
