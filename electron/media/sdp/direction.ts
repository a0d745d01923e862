// Who may send: hold and its answers (RFC 3264 sections 6.1 and 8.4, RFC 6337 section 5.3).
import type { Direction, MediaDescription } from './description.ts';

/** Their direction, with the old way of holding by c=0.0.0.0 (RFC 3264 section 8.4) read as what it means. */
export function theirDirection(media: MediaDescription): Direction {
  // With ICE the c= line says nothing: candidates do.
  const nowhere = !media.webRtc && (media.connection === '0.0.0.0' || media.connection === '::');
  if (!nowhere) return media.direction;
  return media.direction === 'sendrecv' || media.direction === 'sendonly' ? 'sendonly' : 'inactive';
}

/** Our answer to their offer; `held` when we have put them on hold. */
export function answerDirection(theirs: Direction, held: boolean): Direction {
  switch (theirs) {
    case 'sendrecv':
      return held ? 'sendonly' : 'sendrecv';
    case 'sendonly':
      return held ? 'inactive' : 'recvonly';
    case 'recvonly':
      return 'sendonly';
    case 'inactive':
      return 'inactive';
  }
}

/** What we offer; a hold on top of theirs is `inactive` (RFC 3264 section 8.4). */
export function offerDirection(held: boolean, heldByThem: boolean): Direction {
  if (!held) return 'sendrecv';
  return heldByThem ? 'inactive' : 'sendonly';
}

/** Whether an offer of theirs puts us on hold. */
export function holdsUs(theirs: Direction): boolean {
  return theirs === 'sendonly' || theirs === 'inactive';
}

/** Whether they hold us after their answer; an answer that had no choice says nothing new. */
export function holdsUsByAnswer(offered: Direction, theirs: Direction, before: boolean): boolean {
  return offered === 'sendrecv' || offered === 'recvonly' ? holdsUs(theirs) : before && theirs !== 'recvonly';
}

/** Whether we may send, after their answer to our offer. */
export function maySend(ours: Direction, theirs: Direction): boolean {
  return (ours === 'sendrecv' || ours === 'sendonly') && (theirs === 'sendrecv' || theirs === 'recvonly');
}
