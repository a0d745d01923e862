// Progress: how far something is that takes its time; without a share it only says that it goes on.
import type { ReactNode } from 'react';
import './progress.css';

export interface ProgressProps {
  /** What is going on, for screen readers. */
  label: string;
  /** 0 to 1; null: it cannot be said. */
  share: number | null;
}

export function Progress({ label, share }: ProgressProps): ReactNode {
  return <progress className="progress" aria-label={label} max={1} {...(share === null ? {} : { value: share })} />;
}
