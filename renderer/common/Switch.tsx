// Switch: on or off, applies at once.
import type { ReactNode } from 'react';
import './switch.css';

export interface SwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
  /** Its name, unless `labelledBy` points at the words beside it. */
  label?: string;
  labelledBy?: string;
  describedBy?: string;
  id?: string;
  disabledReason?: string | null | undefined;
}

export function Switch({ on, onChange, label, labelledBy, describedBy, id, disabledReason }: SwitchProps): ReactNode {
  return (
    <button
      type="button"
      role="switch"
      id={id}
      aria-checked={on}
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-disabled={disabledReason ? true : undefined}
      aria-description={disabledReason ?? undefined}
      title={disabledReason ?? undefined}
      className={on ? 'switch on' : 'switch'}
      onClick={() => {
        if (!disabledReason) onChange(!on);
      }}
    />
  );
}
