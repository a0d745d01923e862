// REGISTER (RFC 3261 10.2, RFC 5626 4.2) and the OPTIONS that asks whether a server answers (RFC 3261 11).
import { createRequest, randomToken, type SipRequest } from '../wire/index.ts';

/** What stays the same from one REGISTER to the next. */
export interface Identity {
  /** Address of record, a sip: URI. */
  aor: string;
  contactUser: string;
  instanceId: string;
  userAgent: string;
  callId: string;
  fromTag: string;
}

export interface Register {
  registrar: string;
  cseq: number;
  /** Seconds; 0 takes our contact back. */
  expires?: number;
  /** Says that this flow is one of outbound's, with its reg-id. */
  outbound?: boolean;
  /** Instead of our contact: an old one to be removed, by its URI alone. */
  stale?: string;
  more: readonly (readonly [string, string])[];
}

/** The transaction floor writes the flow's address over the placeholder in Contact. */
export function createRegister(identity: Identity, register: Register): SipRequest {
  const { stale, outbound = false } = register;
  return createRequest('REGISTER', register.registrar, [
    ['Max-Forwards', '70'],
    ['From', `<${identity.aor}>;tag=${identity.fromTag}`],
    ['To', `<${identity.aor}>`],
    ['Call-ID', identity.callId],
    ['CSeq', `${register.cseq} REGISTER`],
    ['Contact', stale === undefined ? contact(identity, outbound) : `<${stale}>;expires=0`],
    ...(stale === undefined ? [['Expires', String(register.expires ?? 0)] as const] : []),
    ['Supported', outbound ? 'path, gruu, outbound' : 'path, gruu'],
    ['User-Agent', identity.userAgent],
    ...register.more,
  ]);
}

/** The instance is named without outbound, too: GRUUs hang on it (RFC 5627 4.1). */
function contact(identity: Identity, outbound: boolean): string {
  const uri = `<sip:${identity.contactUser}@hookswitch.invalid>;+sip.instance="<urn:uuid:${identity.instanceId}>"`;
  return outbound ? `${uri};reg-id=1` : uri;
}

/** Never with credentials: whatever the answer says, the server is there. */
export function createOptions(identity: Identity, uri: string): SipRequest {
  return createRequest('OPTIONS', uri, [
    ['Max-Forwards', '70'],
    ['From', `<${identity.aor}>;tag=${randomToken(64)}`],
    ['To', `<${uri}>`],
    ['Call-ID', randomToken(128)],
    ['CSeq', '1 OPTIONS'],
    ['User-Agent', identity.userAgent],
  ]);
}
