// WorkingLine: a line at the window's top while the phone works on what was asked, seen only after half a second.
import { useLayoutEffect, type ReactNode } from 'react';
import { t } from './i18n.ts';
import { usePhone } from './phone-store.ts';
import { personIsAsked, useWorking } from './working.ts';
import './working-line.css';

export function WorkingLine(): ReactNode {
  const isWorking = useWorking();
  const isAsked = usePhone((state) => state.fileDialogOpen);
  useLayoutEffect(() => personIsAsked(isAsked), [isAsked]);
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
