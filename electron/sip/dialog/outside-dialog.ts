// Requests outside a dialog that are no INVITE: answered here, without SIP.js (RFC 3261 8.2).
import { createResponse, type SipRequest, type SipResponse } from '../wire/index.ts';
import { mediaType, sdpOf } from './body.ts';
import { allow, unknownOf } from './capabilities.ts';
import { tooShort } from './session-timer.ts';

/** The answer to a request from our own server that belongs to no dialog and is none of the events room. */
export function answerOutsideDialog(request: SipRequest): SipResponse {
  switch (request.method) {
    case 'REFER':
      // Whom to call nobody decides for the person from outside a call (RFC 3515 2.4.2).
      return createResponse(403);
    case 'BYE':
    case 'INFO':
    case 'PRACK':
    case 'UPDATE':
      return createResponse(481);
    default:
      return createResponse(405, { headers: [['Allow', allow]] });
  }
}

/**
 * A request that asks for more than we have (RFC 3261 8.2.2.3, 8.2.3, 13.3.1.3): extensions, a body that is no session
 * description, or no session description in the answer. The response, or null.
 */
export function refuseUnfit(request: SipRequest): SipResponse | null {
  const { headers } = request;
  const unknown = unknownOf(request);
  if (unknown.length > 0) return createResponse(420, { headers: [['Unsupported', unknown.join(', ')]] });
  if (request.method !== 'INVITE') return null;
  const least = tooShort(request);
  if (least !== null) return createResponse(422, { headers: [['Min-SE', String(least)]] });
  const coded = headers.all('Content-Encoding').some((coding) => coding.toLowerCase() !== 'identity');
  if (coded || (request.body.length > 0 && sdpOf(request) === null && !isOptional(request))) {
    return createResponse(415, {
      headers: [
        ['Accept', 'application/sdp'],
        ['Accept-Encoding', 'identity'],
      ],
    });
  }
  const accepts = headers.all('Accept').map(mediaType);
  const sdpFits = accepts.length === 0 || accepts.some((type) => /^(application\/(sdp|\*)|\*\/\*)$/.test(type));
  return sdpFits ? null : createResponse(406);
}

/** RFC 3261 20.11: a body that the caller lets us ignore. */
function isOptional(request: SipRequest): boolean {
  return /;\s*handling\s*=\s*optional/i.test(request.headers.get('Content-Disposition') ?? '');
}
