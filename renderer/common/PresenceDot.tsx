// PresenceDot: shape first, colour second. A word stands beside it, so it is decoration.
import type { ReactNode } from 'react';
import './presence-dot.css';

/** `connecting` is our own account's alone. */
export type Presence = 'available' | 'on-call' | 'ringing' | 'away' | 'dnd' | 'offline' | 'connecting';

export function PresenceDot({ state }: { state: Presence }): ReactNode {
  return <span className={`dot ${state}`} aria-hidden="true" />;
}
