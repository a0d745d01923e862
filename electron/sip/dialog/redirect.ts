// Where a 3xx sends us (RFC 3261 8.1.3.4). Nobody goes there by himself: the list is for a person.
import { ProblemError } from '../../../contract/index.ts';
import { formatUri, parseNameAddr, parseUri, type SipResponse } from '../wire/index.ts';

/** More than a person can choose from, no list is. */
const MOST_TARGETS = 5;

/** So often a call may be sent on, whoever agrees to it. */
const LONGEST_CHAIN = 5;

/** URIs of a 3xx that can be called, best first (q), without header parameters. */
export function redirectTargets(response: SipResponse): string[] {
  const contacts = response.headers.all('Contact').slice(0, 50).map(parseNameAddr);
  const ranked = contacts.flatMap((contact) => {
    const uri = contact === null ? null : plainUri(contact.uri);
    if (contact === null || uri === null) return [];
    const q = Number(contact.params.get('q') ?? '1');
    return [{ uri, q: Number.isNaN(q) ? 0 : q }];
  });
  ranked.sort((one, other) => other.q - one.q);
  return [...new Set(ranked.map(({ uri }) => uri))].slice(0, MOST_TARGETS);
}

/** A URI without what would change the request that goes to it (RFC 3261 19.1.5); null when it cannot be called. */
export function plainUri(text: string): string | null {
  const uri = parseUri(text);
  if (uri === null) return null;
  const { headers: _headers, ...rest } = uri;
  const params = new Map([...uri.params].filter(([name]) => name !== 'method'));
  return formatUri({ ...rest, params });
}

/** The chain of a call that was sent on: targets so far with this one. Throws ProblemError for a circle or a chain too long. */
export function chainOf(before: readonly string[], target: string): readonly string[] {
  const key = target.toLowerCase();
  if (before.includes(key) || before.length > LONGEST_CHAIN) {
    throw new ProblemError({
      code: 'redirected-in-circles',
      message: 'This number keeps sending calls on, so the call was not made. Ask your administrator.',
      detail: [...before, key].join(' -> ').slice(0, 500),
    });
  }
  return [...before, key];
}
