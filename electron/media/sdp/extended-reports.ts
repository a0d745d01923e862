// Who asks whom for VoIP metrics by a=rtcp-xr (RFC 3611 section 5.2): whoever hears a stream reports to whoever sends it.
import type { MediaDescription } from './description.ts';
import { theirDirection } from './direction.ts';

/** Whether their offer or answer asks for ours. One of somebody who only hears tells what they can send, and asks for nothing. */
export function asksForMetrics(theirs: MediaDescription): boolean {
  const direction = theirDirection(theirs);
  return theirs.voipMetrics && (direction === 'sendrecv' || direction === 'sendonly');
}

/** Whether our answer may ask for theirs: they know of it, and are going to hear us. */
export function mayAskForMetrics(offer: MediaDescription): boolean {
  const direction = theirDirection(offer);
  return offer.voipMetrics && (direction === 'sendrecv' || direction === 'recvonly');
}
