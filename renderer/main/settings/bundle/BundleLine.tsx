// BundleLine: the way to the support bundle.
import type { ReactNode } from 'react';
import { Icon, t } from '../../../common/index.ts';

export function BundleLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="users" />
      <span className="words">
        {t('diagnostics:bundle.title')}
        <span className="d">{t('diagnostics:bundle.lineHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
