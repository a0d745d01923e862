// What anybody can make us log, a line at a time: a flood must not drown the log of the person who has to read it.
import type { Clock, Logger } from '../../../contract/index.ts';

/** After a line, the next ones of its kind are only counted for this long, ms. */
const QUIET = 60_000;

/** Logs the first of a kind (its message), then at most one a minute, with how many were left out. */
export function createOccasionalLog(
  log: Logger,
  clock: Clock,
): (message: string, details: Record<string, unknown>) => void {
  const kinds = new Map<string, { until: number; skipped: number }>();
  return (message, details) => {
    const kind = kinds.get(message) ?? { until: Number.NEGATIVE_INFINITY, skipped: 0 };
    kinds.set(message, kind);
    const now = clock.monotonic();
    if (now < kind.until) {
      kind.skipped += 1;
      return;
    }
    log.info(message, { ...details, ...(kind.skipped === 0 ? {} : { andBefore: kind.skipped }) });
    kind.until = now + QUIET;
    kind.skipped = 0;
  };
}
