// What a message gets from the flow it travels on: Via and Contact going out (RFC 3261 8.1.1.7, 18.1.1), received and
// rport coming in (18.2.1, RFC 3581).
import type { Flow } from '../net/index.ts';
import { copyMessage, formatVia, type SipRequest, type SipResponse, type Via } from '../wire/index.ts';

/** The host that stands for "the flow's own address" in a Contact handed to this floor. */
export const CONTACT_PLACEHOLDER = 'hookswitch.invalid';

/** How peers reach us: the part of a flow that Contact tells. */
export type Reachable = Pick<Flow, 'transport' | 'sentBy'>;

/** A copy of the request with our Via on top as the only one, and Contact pointing at the flow. */
export function stampRequest(request: SipRequest, flow: Flow, branch: string, contact: Reachable = flow): SipRequest {
  const stamped = copyMessage(request);
  const { headers } = stamped;
  headers.delete('Via');
  headers.set('Via', `SIP/2.0/${flow.transport.toUpperCase()} ${flow.sentBy};branch=${branch};rport`);
  if (!headers.has('Max-Forwards')) headers.set('Max-Forwards', '70');
  stampContact(stamped, contact);
  return stamped;
}

/** Replaces the placeholder in Contact by where peers reach this flow. */
export function stampContact(message: SipRequest | SipResponse, flow: Reachable): void {
  const contacts = message.headers.all('Contact');
  if (!contacts.some((contact) => contact.includes(CONTACT_PLACEHOLDER))) return;
  const transport = flow.transport === 'udp' ? '' : `;transport=${flow.transport === 'wss' ? 'ws' : flow.transport}`;
  const place = flow.sentBy + transport;
  message.headers.set(
    'Contact',
    contacts.map((contact) => contact.replace(/hookswitch\.invalid(?::\d+)?(?:;transport=\w+)?/, () => place)),
  );
}

/** Writes into the top Via where the request really came from; `via` is that Via, parsed. Returns the new one. */
export function stampReceived(request: SipRequest, via: Via, flow: Flow): Via {
  const params = new Map(via.params);
  // Only who receives the request says where it came from: else an answer could be sent to anybody.
  params.delete('received');
  const asked = params.get('rport') === '';
  if (asked) params.set('rport', String(flow.remote.port));
  if (asked || via.host !== flow.remote.address) params.set('received', flow.remote.address);
  const stamped: Via = { ...via, params };
  const [, ...others] = request.headers.all('Via');
  request.headers.set('Via', [formatVia(stamped), ...others]);
  return stamped;
}
