// Our messages as SIP.js wants them, made from what our parser found: its own parser is slow and throws.
import {
  parseCSeq,
  parseNameAddr,
  parseUri,
  tagOf,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { IncomingRequestMessage, IncomingResponseMessage, NameAddrHeader, URI, type IncomingMessage } from './sipjs.ts';

/** A URI kept letter by letter: a Contact must come back in a Request-URI exactly as it was given (RFC 3261 12.2.1.1). */
export class WireUri extends URI {
  private readonly text: string;

  constructor(text: string) {
    const uri = parseUri(text);
    // SIP.js refuses an empty host; tel: URIs have none.
    super(
      uri?.scheme ?? 'sip',
      uri?.user ?? '',
      uri?.host === undefined || uri.host === '' ? 'invalid' : uri.host,
      uri?.port,
    );
    this.text = text;
  }

  override clone(): WireUri {
    return new WireUri(this.text);
  }

  override toRaw(): string {
    return this.text;
  }

  override toString(): string {
    return this.text;
  }
}

/** Stands for a tag where the other side gave none (RFC 2543): SIP.js insists on one. It never goes on the wire. */
export const UNTAGGED = 'untagged';

/** Key of the dialog that a request of the other side's belongs to, as SIP.js has it. */
export function dialogIdOf({ headers }: SipRequest): string {
  return `${headers.get('Call-ID') ?? ''}${tagOf(headers.get('To')) ?? ''}${tagOf(headers.get('From')) ?? UNTAGGED}`;
}

const wires = new WeakMap<IncomingMessage, SipMessage>();

/** The message that this one was made from; undefined for one that we made up. */
export function wireOf(message: IncomingMessage): SipMessage | undefined {
  return wires.get(message);
}

/**
 * A request for SIP.js. `id` takes the place of Via and branch, so that its transactions are ours one to one; `ruri` that
 * of the Request-URI, since whose request it is has been decided. Throws when From, To or CSeq cannot be read.
 */
export function toSipJsRequest(request: SipRequest, id: string, ruri: URI): IncomingRequestMessage {
  const message = new IncomingRequestMessage();
  fill(message, request, id);
  message.method = request.method;
  if (!message.fromTag) message.fromTag = UNTAGGED;
  message.ruri = ruri;
  // RFC 2543 4.2.1: without a Contact the caller is where the From says. SIP.js throws inside a dialog, refuses outside.
  if (request.method === 'INVITE' && !message.hasHeader('Contact')) {
    addAddress(message, 'Contact', `<${message.from.uri.toString()}>`);
  }
  return message;
}

/** A response for SIP.js to the request that it sent with this branch. */
export function toSipJsResponse(response: SipResponse, branch: string, requestUri: string): IncomingResponseMessage {
  const message = new IncomingResponseMessage();
  fill(message, response, branch);
  message.statusCode = response.status;
  message.reasonPhrase = response.reason;
  const establishes = message.method === 'INVITE' && response.status > 100 && response.status < 300;
  if (establishes) {
    // Without these SIP.js drops the response, and the phone would stay silent though the other one rings.
    if (!message.hasHeader('Contact')) addAddress(message, 'Contact', `<${requestUri}>`);
    if (!message.toTag) message.toTag = UNTAGGED;
  }
  return message;
}

function fill(message: IncomingMessage, wire: SipMessage, id: string): void {
  const { headers } = wire;
  wires.set(message, wire);
  message.data = '';
  message.viaBranch = id;
  message.addHeader('Via', `SIP/2.0/UDP hookswitch.invalid;branch=${id}`);
  message.callId = headers.get('Call-ID') ?? '';
  const cseq = parseCSeq(headers.get('CSeq'));
  if (cseq === null) throw new Error('CSeq cannot be read.');
  message.cseq = cseq.number;
  message.method = cseq.method;
  message.from = addAddress(message, 'From', headers.get('From'));
  message.to = addAddress(message, 'To', headers.get('To'));
  message.fromTag = message.from.getParam('tag') ?? '';
  message.toTag = message.to.getParam('tag') ?? '';
  // Without <> its parameters would be read as those of the header, and ";lr" be lost (RFC 3261 20.34 wants them).
  for (const value of headers.all('Record-Route')) {
    message.addHeader('Record-Route', value.includes('<') ? value : `<${value}>`);
  }
  const contact = headers.get('Contact');
  if (contact !== undefined && parseNameAddr(contact) !== null) addAddress(message, 'Contact', contact);
  const sdp = sdpOf(wire);
  if (sdp !== null) {
    message.body = sdp;
    message.headers['Content-Type'] = [{ raw: 'application/sdp', parsed: 'application/sdp' }];
  } else message.body = '';
}

/** Adds an address header with its parsed form, so that SIP.js's grammar is never run. */
function addAddress(message: IncomingMessage, name: string, raw: string | undefined): NameAddrHeader {
  const address = parseNameAddr(raw ?? '');
  if (address === null || raw === undefined) throw new Error(`${name} cannot be read.`);
  const params: Record<string, string> = {};
  for (const [key, value] of address.params) params[key] = value;
  const parsed = new NameAddrHeader(new WireUri(address.uri), address.displayName ?? '', params);
  message.headers[name] = [...(message.headers[name] ?? []), { raw, parsed }];
  return parsed;
}
