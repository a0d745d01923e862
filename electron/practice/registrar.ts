// The registrar (RFC 3261 10.3): keeps where the practice phone is.
import type { Clock } from '../../contract/index.ts';
import {
  createResponse,
  formatUri,
  parseNameAddr,
  parseNumber,
  parseUri,
  type SipRequest,
  type SipResponse,
} from '../sip/wire/index.ts';

/** Seconds. */
const DEFAULT_EXPIRES = 300;
const MAX_EXPIRES = 3600;

/** Contacts that are kept; the oldest goes first. */
const MAX_BINDINGS = 10;

export interface Registrar {
  /** Answers an authenticated REGISTER. */
  register(request: SipRequest): SipResponse;
  /** Contact URI registered last, if any is still good. */
  contact(): string | null;
}

export function createRegistrar(clock: Clock): Registrar {
  /** URI -> end, monotonic ms; the newest last. */
  const bindings = new Map<string, number>();

  function dropExpired(): void {
    for (const [uri, end] of bindings) if (end <= clock.monotonic()) bindings.delete(uri);
  }

  return {
    register(request) {
      dropExpired();
      const contacts = request.headers.all('Contact');
      const wanted = request.headers.get('Expires');
      if (contacts[0] === '*') {
        if (contacts.length > 1 || wanted !== '0') return createResponse(400);
        bindings.clear();
        return createResponse(200);
      }
      for (const contact of contacts) {
        const address = parseNameAddr(contact);
        const uri = address && parseUri(address.uri);
        if (!address || !uri) return createResponse(400);
        const expires = parseNumber(address.params.get('expires') ?? wanted ?? '', 2 ** 32) ?? DEFAULT_EXPIRES;
        const key = formatUri(uri);
        bindings.delete(key);
        if (expires > 0) bindings.set(key, clock.monotonic() + 1000 * Math.min(expires, MAX_EXPIRES));
      }
      for (const oldest of bindings.keys()) {
        if (bindings.size <= MAX_BINDINGS) break;
        bindings.delete(oldest);
      }
      const list = [...bindings].map(([uri, end]) => {
        const left = Math.max(1, Math.ceil((end - clock.monotonic()) / 1000));
        return ['Contact', `<${uri}>;expires=${left}`] as const;
      });
      return createResponse(200, { headers: [...list, ['Date', new Date(clock.now()).toUTCString()]] });
    },
    contact() {
      dropExpired();
      return [...bindings.keys()].at(-1) ?? null;
    },
  };
}
