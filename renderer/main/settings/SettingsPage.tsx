// SettingsPage: a page that opens from the settings: the way back, which has the focus at first, its heading, and what it is for.
import { useEffect, useId, useRef, type KeyboardEventHandler, type ReactNode } from 'react';
import { IconButton, t } from '../../common/index.ts';

export interface SettingsPageProps {
  title: string;
  onBack: () => void;
  /** Of its own look, beside that of all settings. */
  className?: string;
  /** At the heading's end. */
  beside?: ReactNode;
  onKeyDown?: KeyboardEventHandler;
  children: ReactNode;
}

export function SettingsPage({ title, onBack, className, beside, onKeyDown, children }: SettingsPageProps): ReactNode {
  const headingId = useId();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  return (
    <section
      className={className === undefined ? 'settings' : `settings ${className}`}
      aria-labelledby={headingId}
      onKeyDown={onKeyDown}
    >
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} ref={back} onClick={onBack} />
        <h1 id={headingId} className="grow">
          {title}
        </h1>
        {beside}
      </div>
      {children}
    </section>
  );
}
