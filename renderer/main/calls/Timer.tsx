// Timer: how long a call lasts, second by second, only while somebody can see it.
import { useEffect, useState, type ReactNode } from 'react';
import { formatDuration } from '../../common/index.ts';

/** Milliseconds since `since`, drawn again as each second of the call is full. Stands still while the page is hidden. */
function useElapsed(since: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      const at = Date.now();
      setNow(at);
      timer = setTimeout(follow, 1000 - (Math.max(0, at - since) % 1000));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [since]);
  return now - since;
}

export function Timer({ since, className }: { since: number; className?: string }): ReactNode {
  return (
    <span role="timer" className={className ? `${className} num` : 'num'}>
      {formatDuration(useElapsed(since))}
    </span>
  );
}
