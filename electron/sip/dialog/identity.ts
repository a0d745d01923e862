// Who calls, and what an INVITE says about the call: RFC 3323, 3325, 5806, 7044, 3261 20.4. Text for a person, without effect.
import type { RemoteParty } from '../session-types.ts';
import {
  formatHostPort,
  parseNameAddr,
  parseUri,
  unescapeUser,
  type NameAddr,
  type SipMessage,
  type SipRequest,
} from '../wire/index.ts';

const nobody: RemoteParty = { uri: 'sip:anonymous@anonymous.invalid', asserted: false, anonymous: true };

/** The caller: what our own server asserts, else what From says. `trusted`: it came on the account's own flow (RFC 3325 5). */
export function callerOf(invite: SipRequest, trusted: boolean): RemoteParty {
  const said = parseNameAddr(invite.headers.get('From') ?? '');
  const wantsPrivacy = privacyOf(invite) || isAnonymous(said);
  const asserted = trusted ? assertedIn(invite) : null;
  const caller = asserted ?? said;
  if (caller === null) return nobody;
  return party(caller, asserted !== null, wantsPrivacy);
}

/** A caller who did not come through our server: nobody vouches for what it says, so it is shown by where it comes from. */
export function directCaller(invite: SipRequest, address: string): RemoteParty {
  const user = parseUri(parseNameAddr(invite.headers.get('From') ?? '')?.uri ?? '')?.user;
  const host = formatHostPort(address);
  return { uri: user === undefined ? `sip:${host}` : `sip:${user}@${host}`, asserted: false, anonymous: false };
}

/** Who our server says is at the other end now, in a response or a request within a dialog; null when it does not. */
export function assertedParty(message: SipMessage, trusted: boolean): RemoteParty | null {
  const asserted = trusted ? assertedIn(message) : null;
  return asserted === null ? null : party(asserted, true, privacyOf(message));
}

/** Whom the caller had dialled: the first Diversion, or History-Info's first entry (RFC 7044 5.1). */
export function divertedFrom(invite: SipRequest): string | undefined {
  const { headers } = invite;
  // The topmost Diversion is the latest; the person who was dialled is the last one in the list (RFC 5806 6).
  const diverted = headers.all('Diversion').at(-1);
  const history = headers.all('History-Info');
  const address = parseNameAddr(diverted ?? (history.length > 1 ? (history[0] ?? '') : ''));
  if (address === null) return undefined;
  const user = unescapeUser(parseUri(address.uri)?.user ?? '');
  return (address.displayName ?? (user === '' ? address.uri : user)).slice(0, 100);
}

/** What Alert-Info names: the URI in brackets, or the bare value. */
export function alertInfo(invite: SipRequest): string | undefined {
  const value = invite.headers.get('Alert-Info');
  if (value === undefined || value === '') return undefined;
  return (/<([^>]*)>/.exec(value)?.[1] ?? value).slice(0, 200);
}

/**
 * Seconds after which the caller's system wants an answer: `Call-Info: ...;answer-after=0`, `Alert-Info` with
 * `info=alert-autoanswer` (and `delay`), or Answer-Mode (RFC 5373). Undefined: it does not want that.
 */
export function autoAnswerAfter(invite: SipRequest): number | undefined {
  const { headers } = invite;
  const lines = [...headers.all('Call-Info'), ...headers.all('Alert-Info')];
  for (const line of lines) {
    const after = /;\s*answer-after\s*=\s*"?(\d{1,4})\b/i.exec(line)?.[1];
    if (after !== undefined) return Number(after);
  }
  const ring = lines.find((line) => /info\s*=\s*"?(?:alert-autoanswer|ring-answer|auto-?answer)\b/i.test(line));
  if (ring !== undefined) return Number(/;\s*delay\s*=\s*"?(\d{1,4})\b/i.exec(ring)?.[1] ?? 0);
  return /^\s*auto\b/i.test(headers.get('Answer-Mode') ?? headers.get('Priv-Answer-Mode') ?? '') ? 0 : undefined;
}

/** P-Asserted-Identity, or the older Remote-Party-ID where there is none. */
function assertedIn(message: SipMessage): NameAddr | null {
  for (const header of ['P-Asserted-Identity', 'Remote-Party-ID']) {
    const found = message.headers
      .all(header)
      .map(parseNameAddr)
      .find((address) => address !== null && /^(sips?|tel):/i.test(address.uri));
    if (found !== undefined && found !== null) return found;
  }
  return null;
}

function party(address: NameAddr, asserted: boolean, anonymous: boolean): RemoteParty {
  const { displayName, uri } = address;
  return { ...(displayName === undefined ? {} : { displayName }), uri, asserted, anonymous };
}

function privacyOf(message: SipMessage): boolean {
  const asked = (message.headers.get('Privacy') ?? '').split(/[;,]/).map((one) => one.trim().toLowerCase());
  const party = message.headers.get('Remote-Party-ID') ?? '';
  return ['id', 'user', 'header'].some((kind) => asked.includes(kind)) || /;\s*privacy\s*=\s*"?full\b/i.test(party);
}

function isAnonymous(from: NameAddr | null): boolean {
  const uri = parseUri(from?.uri ?? '');
  return uri === null || uri.host.toLowerCase() === 'anonymous.invalid' || uri.user?.toLowerCase() === 'anonymous';
}
