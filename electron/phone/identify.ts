// Who a call is with, asked of the directory, and where it does not know of the servers.
import type { Call, Party } from '../../contract/index.ts';
import type { Calls } from '../calls/index.ts';
import { harmless } from '../directory/index.ts';
import type { Records } from './records.ts';

export interface WhoIs {
  /** Whose number this is; null: not known here, or not in time. */
  identify(number: string): Promise<Partial<Party> | null>;
}

/**
 * The name they sent is made harmless at once; the directory's own name replaces it when it is known, or a server's. The call
 * rings meanwhile.
 */
export async function identify(call: Call, calls: Calls, records: Records, servers: WhoIs): Promise<void> {
  const { id, divertedFrom } = call;
  const { name, number } = call.party;
  if (divertedFrom !== null) calls.known(id, { divertedFrom: harmless(divertedFrom) });
  if (name !== undefined && harmless(name) !== name) calls.identified(call.id, { name: harmless(name) });
  const asked = records.lastCallWith(number);
  const known = await records.identify(number);
  if (known) calls.identified(id, known);
  // It came while the block list was still being read.
  if (call.direction === 'incoming' && records.isBlocked(number)) return calls.decline(id);
  const lastCall = await asked;
  if (lastCall) calls.known(id, { lastCall });
  const found = known ?? (await servers.identify(number));
  if (found && !known) calls.identified(id, found);
}
