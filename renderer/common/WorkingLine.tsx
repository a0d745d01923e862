// WorkingLine: a line at the window's top while the phone works on what was asked, seen only after half a second.
import type { ReactNode } from 'react';
import { t } from './i18n.ts';
import { useWorking } from './working.ts';
import './working-line.css';

export function WorkingLine(): ReactNode {
  const isWorking = useWorking();
  return (
    <div role="status">
      {isWorking && (
        <div className="working-line">
          <span className="visually-hidden">{t('working')}</span>
        </div>
      )}
    </div>
  );
}
