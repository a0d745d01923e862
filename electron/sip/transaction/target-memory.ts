// Targets that failed of late are tried last (RFC 3263 4.3 would find the dead server first, each time anew).
import type { Clock } from '../../../contract/index.ts';
import type { Target } from '../net/index.ts';
import { formatHostPort } from '../wire/index.ts';

/** How long a failure is remembered, ms. */
const MEMORY = 60_000;

/** How long it is remembered that a peer takes large requests by UDP only, ms. */
const NO_TCP_MEMORY = 600_000;

export interface TargetMemory {
  failed(target: Target): void;
  answered(target: Target): void;
  /** A server without TCP, as large requests found out (RFC 3261 18.1.1). */
  refusedTcp(target: Target): void;
  takesTcp(target: Target): boolean;
  /** The same targets, those that failed of late last. */
  order(targets: readonly Target[]): Target[];
}

export function createTargetMemory(clock: Clock): TargetMemory {
  const failures = new Map<string, number>();
  const withoutTcp = new Map<string, number>();

  function isRecent(times: Map<string, number>, key: string, limit: number): boolean {
    const at = times.get(key);
    if (at === undefined) return false;
    if (clock.monotonic() - at < limit) return true;
    times.delete(key);
    return false;
  }

  return {
    failed: (target) => void failures.set(keyOf(target), clock.monotonic()),
    answered: (target) => void failures.delete(keyOf(target)),
    refusedTcp: (target) => void withoutTcp.set(keyOf(target), clock.monotonic()),
    takesTcp: (target) => !isRecent(withoutTcp, keyOf(target), NO_TCP_MEMORY),
    order(targets) {
      const bad = targets.filter((target) => isRecent(failures, keyOf(target), MEMORY));
      return [...targets.filter((target) => !bad.includes(target)), ...bad];
    },
  };
}

function keyOf(target: Target): string {
  return `${target.transport} ${formatHostPort(target.host, target.port)}`;
}
