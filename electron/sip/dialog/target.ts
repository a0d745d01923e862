// What a person dialled, as the URI that is called.
import { ProblemError } from '../../../contract/index.ts';
import { escapeUser, formatUri, parseUri, unescapeUser } from '../wire/index.ts';

/**
 * A number, user@domain, sip:, sips: or tel: URI, as a sip: URI; what names no domain goes to the account's. URI headers
 * and `method` are dropped: a link must not add Replaces or the like to our INVITE (RFC 3261 19.1.5). Throws
 * ProblemError for anything else.
 */
export function targetUri(text: string, domain: string): string {
  const typed = text.trim();
  const tel = /^tel:(?:\/\/)?([^;?]*)/i.exec(typed);
  if (tel !== null) return numberUri(tel[1] ?? '', domain, text);
  const address = /^sips?:/i.test(typed) ? typed : typed.includes('@') ? `sip:${typed}` : null;
  if (address === null) return numberUri(typed, domain, text);
  const uri = parseUri(address.replace(/^(sips?:)\/\//i, '$1'));
  if (uri === null) throw notDialable(text);
  // sip:4410 means a number at home, not a host named 4410.
  if (uri.user === undefined && !uri.host.includes('.') && uri.host !== 'localhost' && !uri.host.includes(':')) {
    return numberUri(uri.host, domain, text);
  }
  const params = new Map([...uri.params].filter(([name]) => name !== 'method'));
  const user = uri.user === undefined ? undefined : escapeUser(unescapeUser(uri.user));
  const { scheme, host, port } = uri;
  return formatUri({
    scheme,
    host,
    params,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
  });
}

function numberUri(number: string, domain: string, typed: string): string {
  // Digits may be grouped for reading; a name may not.
  const dialled = /^[+\d(][\d\s()./-]*$/.test(number) ? number.replace(/[^+\d]/g, '') : unescapeUser(number);
  if (dialled === '' || /[\s<>"@]/.test(dialled)) throw notDialable(typed);
  return `sip:${escapeUser(dialled)}@${domain}`;
}

function notDialable(typed: string): ProblemError {
  return new ProblemError({
    code: 'not-dialable',
    message: `"${typed.slice(0, 80)}" is neither a number nor an address that can be called.`,
  });
}
