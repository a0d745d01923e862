// Toasts, drawn and announced.
import type { ReactNode } from 'react';
import { Button, IconButton } from './Button.tsx';
import { t } from './i18n.ts';
import { Icon } from './Icon.tsx';
import { dismissToast, useToasts } from './toast.ts';
import './toasts.css';

export function Toasts(): ReactNode {
  const toasts = useToasts();
  return (
    <div className="toasts" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className="toast" role={toast.kind === 'problem' ? 'alert' : 'status'}>
          {toast.kind === 'problem' && <Icon name="circle-alert" />}
          <span className="grow">{toast.text}</span>
          {toast.action && (
            <Button
              kind="plain"
              small
              onClick={() => {
                dismissToast(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton label={t('close')} icon="x" size={14} onClick={() => dismissToast(toast.id)} />
        </div>
      ))}
    </div>
  );
}
