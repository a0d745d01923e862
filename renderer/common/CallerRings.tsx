// CallerRings: two thin circles leave the avatar while it rings; they stand still under reduced motion.
import type { ReactNode } from 'react';
import './caller-rings.css';

export function CallerRings({ children }: { children: ReactNode }): ReactNode {
  return <span className="rings">{children}</span>;
}
