// Keys: the caps of one shortcut, side by side in their own order, whichever way the words around them run.
import type { ReactNode } from 'react';

export function Keys({ caps }: { caps: readonly string[] }): ReactNode {
  return (
    <span className="keys" dir="ltr">
      {caps.map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
