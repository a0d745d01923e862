// Header field names (RFC 3261 7.3.1, 7.3.3 and the IANA registry of compact forms), interned so that lookups are cheap.

/** What is known of a header field's name. */
export interface HeaderName {
  /** As we write it. */
  readonly name: string;
  /** For comparing. */
  readonly key: string;
  /** True for a name of the registry: a token for sure. */
  readonly known: boolean;
  /** True where several values may share a line, separated by commas (RFC 3261 7.3). */
  readonly list: boolean;
}

const SINGLE =
  'Authorization Authentication-Info Call-ID Content-Disposition Content-ID Content-Length Content-Transfer-Encoding ' +
  'Content-Type CSeq Date Event Expires Flow-Timer From Identity Identity-Info Info-Package Join Max-Breadth ' +
  'Max-Forwards MIME-Version ' +
  'Min-Expires Min-SE Organization Priority Privacy Proxy-Authenticate Proxy-Authorization RAck Refer-Sub Refer-To ' +
  'Referred-By Replaces Reply-To Retry-After RSeq Server Session-Expires SIP-ETag SIP-If-Match Subject ' +
  'Session-ID Subscription-State Target-Dialog Timestamp To User-Agent User-to-User WWW-Authenticate';

const LISTS =
  'Accept Accept-Contact Accept-Encoding Accept-Language Alert-Info Allow Allow-Events Call-Info Contact ' +
  'Content-Encoding Content-Language Diversion Error-Info Geolocation History-Info In-Reply-To P-Access-Network-Info ' +
  'P-Asserted-Identity P-Associated-URI P-Preferred-Identity Path Proxy-Require Reason Record-Route Recv-Info ' +
  'Reject-Contact Remote-Party-ID Request-Disposition Require Route Security-Client Security-Server Security-Verify Service-Route ' +
  'Supported Unsupported Via Warning';

const COMPACT: Record<string, string> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

/** Each spelling that is met often (canonical, lower case, compact) leads to the one record. */
const known = new Map<string, HeaderName>();

function learn(names: string, list: boolean): void {
  for (const name of names.split(' ')) {
    const header: HeaderName = { name, key: name.toLowerCase(), known: true, list };
    known.set(name, header);
    known.set(header.key, header);
  }
}

learn(SINGLE, false);
learn(LISTS, true);
for (const [letter, name] of Object.entries(COMPACT)) {
  const header = known.get(name);
  if (!header) continue;
  known.set(letter, header);
  known.set(letter.toUpperCase(), header);
}

/** ASCII letters in lower case, all other bytes as they are. */
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));

/** The registered names by {@link slotOf} of their spellings in lower case; few slots hold two. */
const slots: { spelling: string; header: HeaderName }[][] = Array.from({ length: 256 }, () => []);
for (const [spelling, header] of known) {
  if (spelling === spelling.toLowerCase()) slots[slotOf(spelling, 0, spelling.length)]?.push({ spelling, header });
}

/**
 * The record for the registered name that stands before a colon, whatever its case and however many spaces follow it;
 * null for all other names. `text` has one character a byte.
 */
export function headerNameIn(text: string, start: number, colon: number): HeaderName | null {
  let end = colon;
  while (end > start && (text.charCodeAt(end - 1) === 0x20 || text.charCodeAt(end - 1) === 0x09)) end--;
  for (const { spelling, header } of slots[slotOf(text, start, end)] ?? []) {
    if (spelling.length === end - start && isSpelt(text, start, spelling)) return header;
  }
  return null;
}

function slotOf(text: string, start: number, end: number): number {
  return (lower(text, start) * 7 + lower(text, end - 1) * 13 + (end - start) * 29) & 0xff;
}

function isSpelt(text: string, start: number, spelling: string): boolean {
  for (let i = 0; i < spelling.length; i++) if (lower(text, start + i) !== spelling.charCodeAt(i)) return false;
  return true;
}

function lower(text: string, at: number): number {
  return LOWER[text.charCodeAt(at)] ?? 0;
}

/** The record for a name as written; unknown names keep their spelling. */
export function headerName(written: string): HeaderName {
  const exact = known.get(written);
  if (exact) return exact;
  const key = written.toLowerCase();
  return known.get(key) ?? { name: written, key, known: false, list: false };
}
