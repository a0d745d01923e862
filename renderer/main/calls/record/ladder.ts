// A SIP ladder: who spoke to whom, message by message. Pure.
import type { TraceRow } from '../../../../contract/index.ts';
import { isRefusal, wordsOf } from '../../settings/trace/trace-words.ts';

export interface Lane {
  kind: 'us' | 'server' | 'other';
  /** Address without port; a connection's port says nothing. */
  address: string;
}

export interface LadderStep {
  id: number;
  at: number;
  /** Milliseconds since the message before; null for the first. */
  after: number | null;
  /** Places of lanes. */
  from: number;
  to: number;
  /** Method or status, and the rest of the line. */
  first: string;
  second: string;
  refused: boolean;
  /** The same once more, with nothing said in between: it was lost, or its answer was. */
  repeated: boolean;
  transport: string;
}

export interface Ladder {
  lanes: Lane[];
  steps: LadderStep[];
}

/** Ours is the first lane; the first that we spoke with is the server, whoever else speaks is another. */
export function ladderOf(rows: readonly TraceRow[]): Ladder {
  const lanes: Lane[] = [{ kind: 'us', address: hostOf(rows[0]?.local ?? '') }];
  const laneOf = (peer: string): number => {
    const address = hostOf(peer);
    const known = lanes.findIndex((lane, place) => place > 0 && lane.address === address);
    if (known > 0) return known;
    lanes.push({ kind: lanes.length === 1 ? 'server' : 'other', address });
    return lanes.length - 1;
  };
  const steps = rows.map((row, index): LadderStep => {
    const before = rows[index - 1];
    const other = laneOf(row.peer);
    const isOut = row.direction === 'out';
    return {
      id: row.id,
      at: row.at,
      after: before === undefined ? null : row.at - before.at,
      from: isOut ? 0 : other,
      to: isOut ? other : 0,
      ...wordsOf(row),
      refused: isRefusal(row),
      repeated: before !== undefined && isSame(before, row),
      transport: row.transport,
    };
  });
  return { lanes, steps };
}

function isSame(one: TraceRow, other: TraceRow): boolean {
  return (
    one.direction === other.direction &&
    one.peer === other.peer &&
    one.line === other.line &&
    one.method === other.method
  );
}

/** `192.0.2.1` of `192.0.2.1:5060`, `2001:db8::1` of `[2001:db8::1]:5060`. */
function hostOf(place: string): string {
  return /^\[(.+)\]/.exec(place)?.[1] ?? place.replace(/:\d+$/, '');
}
