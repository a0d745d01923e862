// DiagnosisLine: the way to "Why can't I be called?".
import type { ReactNode } from 'react';
import { Icon, t } from '../../../common/index.ts';

export function DiagnosisLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="stethoscope" />
      <span className="words">
        {t('diagnostics:why.title')}
        <span className="d">{t('diagnostics:why.lineHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
