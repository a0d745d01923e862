// CaptionButtons: minimize, maximize and close, where the system draws none into our title line (Windows, Linux).
import type { ReactNode } from 'react';
import { Icon, run, t } from '../../common/index.ts';

const buttons = [
  { label: 'main:minimize', icon: 'minus', action: 'minimize' },
  { label: 'main:maximize', icon: 'square', action: 'toggle-maximize' },
  { label: 'close', icon: 'x', action: 'close' },
] as const;

/** Not tab stops: the system's own keys do the same. */
export function CaptionButtons(): ReactNode {
  return (
    <span className="caption-buttons">
      {buttons.map(({ label, icon, action }) => (
        <button
          key={action}
          type="button"
          tabIndex={-1}
          aria-label={t(label)}
          className={action}
          onClick={() => void run({ type: 'window', action })}
        >
          <Icon name={icon} />
        </button>
      ))}
    </span>
  );
}
