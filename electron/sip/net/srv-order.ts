// The order in which SRV records are tried (RFC 2782): by priority, then by chance in proportion to weight.
import type { SrvRecord } from 'node:dns';

/** `random` gives numbers from 0 to below 1. A record whose target is "." says that the service does not exist. */
export function orderSrv(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const ordered: SrvRecord[] = [];
  const usable = records.filter((record) => record.name !== '' && record.name !== '.');
  for (const priority of [...new Set(usable.map((record) => record.priority))].sort((a, b) => a - b)) {
    // Weight 0 comes first in the running sum, so that it has a small chance only (RFC 2782, page 4).
    const pool = usable.filter((record) => record.priority === priority).sort((a, b) => a.weight - b.weight);
    while (pool.length > 0) {
      const total = pool.reduce((sum, record) => sum + record.weight, 0);
      const mark = Math.floor(random() * (total + 1));
      let sum = 0;
      const index = pool.findIndex((record) => (sum += record.weight) >= mark);
      ordered.push(...pool.splice(Math.max(index, 0), 1));
    }
  }
  return ordered;
}
