// A dialog of the practice exchange (RFC 3261 12): what the two ends of one call keep to reach each other.
import {
  createRequest,
  parseCSeq,
  parseNameAddr,
  randomToken,
  tagOf,
  type SipRequest,
  type SipResponse,
} from '../sip/wire/index.ts';

export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  /** Our From or To value, tag included. */
  readonly local: string;
  readonly remote: string;
  readonly routes: readonly string[];
  remoteTarget: string;
  localCSeq: number;
  remoteCSeq: number;
}

/** RFC 3261 12.1.1: the side that answers. */
export function answerDialog(invite: SipRequest, localTag: string): Dialog {
  const { headers } = invite;
  return {
    callId: headers.get('Call-ID') ?? '',
    localTag,
    local: `${headers.get('To') ?? ''};tag=${localTag}`,
    remote: headers.get('From') ?? '',
    routes: headers.all('Record-Route'),
    remoteTarget: contactOf(invite) ?? invite.uri,
    localCSeq: 0,
    remoteCSeq: parseCSeq(headers.get('CSeq'))?.number ?? 0,
  };
}

/** RFC 3261 12.1.2: the side that called. */
export function callerDialog(invite: SipRequest, response: SipResponse): Dialog {
  return {
    callId: invite.headers.get('Call-ID') ?? '',
    localTag: tagOf(invite.headers.get('From')) ?? '',
    local: invite.headers.get('From') ?? '',
    remote: response.headers.get('To') ?? '',
    routes: response.headers.all('Record-Route').toReversed(),
    remoteTarget: contactOf(response) ?? invite.uri,
    localCSeq: parseCSeq(invite.headers.get('CSeq'))?.number ?? 1,
    remoteCSeq: 0,
  };
}

/** RFC 3261 12.2.1.1. ACK carries the number of its INVITE, which is still the current one. */
export function dialogRequest(dialog: Dialog, method: string): SipRequest {
  if (method !== 'ACK') dialog.localCSeq++;
  return createRequest(method, dialog.remoteTarget, [
    ...dialog.routes.map((route) => ['Route', route] as const),
    ['From', dialog.local],
    ['To', dialog.remote],
    ['Call-ID', dialog.callId],
    ['CSeq', `${dialog.localCSeq} ${method}`],
  ]);
}

/** A new INVITE of ours, with a fresh Call-ID and tag. */
export function newInvite(options: {
  from: string;
  to: string;
  uri: string;
  contact: string;
  body: string;
}): SipRequest {
  return createRequest(
    'INVITE',
    options.uri,
    [
      ['From', `${options.from};tag=${randomToken(64)}`],
      ['To', options.to],
      ['Call-ID', randomToken(128)],
      ['CSeq', '1 INVITE'],
      ['Contact', options.contact],
      ['Allow', ALLOW],
      ['Content-Type', 'application/sdp'],
    ],
    options.body,
  );
}

export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REGISTER';

/** Key by which requests inside a dialog find it. */
export function dialogKey(callId: string | undefined, localTag: string | undefined): string {
  return `${callId ?? ''} ${localTag ?? ''}`;
}

function contactOf(message: SipRequest | SipResponse): string | undefined {
  const contact = message.headers.get('Contact');
  return contact === undefined ? undefined : parseNameAddr(contact)?.uri;
}
