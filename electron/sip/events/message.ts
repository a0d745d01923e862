// Page-mode messages (RFC 3428): one text a request, both ways.
import { ProblemError } from '../../../contract/index.ts';
import {
  createResponse,
  parseNameAddr,
  parseParams,
  randomToken,
  type SipRequest,
  type SipResponse,
} from '../wire/index.ts';
import { eventProblem, failureProblem } from './problems.ts';
import type { IncomingMessage, MessageDelivery } from './types.ts';
import type { EventContext } from './usage.ts';

/** The type that is read and written. */
export const MESSAGE_TYPE = 'text/plain';

/** RFC 3428 8: larger ones must not be sent where a hop may be UDP, bytes. */
const MAX_REQUEST = 1300;

/** Where every hop is known to be a stream nothing is certain beyond it; what a person types fits easily, bytes. */
const MAX_ON_STREAMS = 16_000;

/** Sends one text. Throws ProblemError when it is empty or too long. `transport` is the account's. */
export async function sendMessage(
  context: EventContext,
  target: string,
  text: string,
  transport: string,
): Promise<MessageDelivery> {
  if (text.trim() === '') throw new ProblemError({ code: 'message-empty', message: 'There is no text to send.' });
  const { aor, displayName, domain, requester, route } = context;
  const name = displayName === '' ? '' : `"${displayName.replace(/["\\]/g, '\\$&')}" `;
  let sequence = 0;
  const draft = {
    method: 'MESSAGE',
    uri: target,
    headers: [
      ['From', `${name}<${aor}>;tag=${randomToken(64)}`],
      ['To', `<${target}>`],
      ['Call-ID', randomToken(128)],
      ...route().map((hop) => ['Route', hop] as const),
      // No Contact: a MESSAGE begins no dialog (RFC 3428 4).
      ['Content-Type', `${MESSAGE_TYPE};charset=UTF-8`],
    ] as const,
    body: text,
    sequence: () => (sequence += 1),
  };
  const size = requester.size(draft);
  if (size > (transport === 'udp' ? MAX_REQUEST : MAX_ON_STREAMS)) {
    throw new ProblemError({
      code: 'message-too-long',
      message: 'This message is too long to be sent in one piece. Send it in several.',
      detail: `${size} bytes`,
    });
  }
  const result = await requester.request(draft);
  if (result.kind === 'failure') return { name: 'failed', cause: failureProblem(result.failure, domain) };
  const { status, reason } = result.response;
  if (status < 300) return { name: status === 202 ? 'accepted' : 'delivered' };
  const about = target.replace(/^sips?:/, '');
  return { name: 'failed', cause: eventProblem(status, reason, about, domain, result.how) };
}

/** What a MESSAGE says, or the response that refuses it (RFC 3428 7, RFC 3261 21.4.13). */
export function readMessage(request: SipRequest): Pick<IncomingMessage, 'from' | 'text'> | SipResponse {
  const { headers, body } = request;
  const type = headers.get('Content-Type') ?? '';
  const semicolon = type.indexOf(';');
  const params = semicolon < 0 ? null : parseParams(type, semicolon);
  const charset = (params?.get('charset') ?? 'utf-8').toLowerCase();
  const isPlain = (semicolon < 0 ? type : type.slice(0, semicolon)).trim().toLowerCase() === MESSAGE_TYPE;
  const isCoded = headers.all('Content-Encoding').some((coding) => coding.toLowerCase() !== 'identity');
  const text = isPlain && !isCoded && /^(utf-?8|us-ascii)$/.test(charset) ? decode(body) : null;
  const from = parseNameAddr(headers.get('From') ?? '');
  if (text === null) {
    return createResponse(415, {
      headers: [
        ['Accept', `${MESSAGE_TYPE};charset=UTF-8`],
        ['Accept-Encoding', 'identity'],
      ],
    });
  }
  if (from === null) return createResponse(400);
  const { displayName, uri } = from;
  return { from: { uri, ...(displayName === undefined ? {} : { displayName }) }, text };
}

function decode(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}
