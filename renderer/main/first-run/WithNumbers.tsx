// WithNumbers: a sentence whose numbers keep their direction and their digits' width.
import type { ReactNode } from 'react';

export function WithNumbers({ text }: { text: string }): ReactNode {
  const parts = text.split(/(\d+)/);
  return parts.map((part, index) => (
    <span key={index} className={index % 2 === 1 ? 'num' : undefined}>
      {part}
    </span>
  ));
}
