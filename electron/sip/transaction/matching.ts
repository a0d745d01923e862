// Which transaction a message belongs to (RFC 3261 17.1.3, 17.2.3).
import { MAGIC_COOKIE, parseCSeq, tagOf, type SipRequest, type Via } from '../wire/index.ts';

/** A response belongs to the request with its branch and CSeq method (17.1.3). */
export function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`;
}

/**
 * Key of the server transaction that a request would create, or is a repeat of. With `method: 'INVITE'` the key of the
 * INVITE that a CANCEL or ACK is about.
 */
export function serverKey(request: SipRequest, via: Via, method: string = request.method): string {
  return keyOf(request, via, method, isOfRfc2543(via) ? tagOf(request.headers.get('To')) : undefined);
}

/** Keys under which the INVITE of an ACK may stand. */
export function ackKeys(ack: SipRequest, via: Via): readonly string[] {
  const own = serverKey(ack, via, 'INVITE');
  // The INVITE that began the dialog had no tag in To; the ACK has that of our response (see `isAckFor`).
  return isOfRfc2543(via) ? [own, keyOf(ack, via, 'INVITE', undefined)] : [own];
}

/** Is this ACK, found by its key, about the response with this To tag? A branch says so by itself. */
export function isAckFor(ack: SipRequest, via: Via, toTag: string): boolean {
  return !isOfRfc2543(via) || tagOf(ack.headers.get('To')) === toTag;
}

/** RFC 2543 peers have no branch to go by, so all that a repeat has in common with its original must do. */
function isOfRfc2543(via: Via): boolean {
  const branch = via.params.get('branch') ?? '';
  return branch.length <= MAGIC_COOKIE.length || !branch.startsWith(MAGIC_COOKIE);
}

function keyOf(request: SipRequest, via: Via, method: string, toTag: string | undefined): string {
  const branch = via.params.get('branch') ?? '';
  const sentBy = `${via.host.toLowerCase()}:${via.port ?? ''}`;
  if (!isOfRfc2543(via)) return `${branch} ${sentBy} ${method}`;
  const { headers } = request;
  const number = parseCSeq(headers.get('CSeq'))?.number;
  return [request.uri, tagOf(headers.get('From')), toTag, headers.get('Call-ID'), number, branch, sentBy, method].join(
    ' ',
  );
}
