// Who a call is with, asked of the directory.
import type { Call } from '../../contract/index.ts';
import type { Calls } from '../calls/index.ts';
import { harmless } from '../directory/index.ts';
import type { Records } from './records.ts';

/** The name they sent is made harmless at once; the directory's own name replaces it when it is known. */
export async function identify(call: Call, calls: Calls, records: Records): Promise<void> {
  const { name, number } = call.party;
  if (name !== undefined && harmless(name) !== name) calls.identified(call.id, { name: harmless(name) });
  const who = await records.identify(number);
  if (who) calls.identified(call.id, who);
  // It came while the block list was still being read.
  if (call.direction === 'incoming' && records.isBlocked(number)) calls.decline(call.id);
}
