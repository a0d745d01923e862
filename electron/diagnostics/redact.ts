// Takes secrets out of what is logged and traced: SIP credentials (RFC 8760, RFC 7617), SDP keys (RFC 4568), passwords.

const blank = '[redacted]';

/** A response lets anybody try passwords at leisure (RFC 8760 section 4); the rest of a challenge helps and harms nobody. */
const digestSecrets = /\b(response|cnonce|rspauth)(\s*=\s*)(?:"[^"]*"|[^\s,;]+)/gi;
/** Every scheme but Digest carries the secret itself. The header may go on in lines that begin with a space. */
const otherCredentials =
  /^((?:proxy-)?authorization[ \t]*:)(?![ \t]*digest\b)([ \t]*(?:basic|bearer)\b)?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
/** RFC 4568 section 9.1: the SRTP master key; RFC 8839: the ICE password. */
const sdpKeys = /(\binline:)[^\s|]+/gi;
const icePassword = /^(a=ice-pwd:)[^\r\n]+/gim;
/** RFC 3261 section 19.1.1: user:password@host. */
const uriPassword = /(\bsips?:[^\s:@;>"]+:)[^\s@>"]+(?=@)/gi;
/** Keys pressed in a call (INFO application/dtmf-relay): PINs of mailboxes and banks. */
const dtmfSignal = /^(Signal[ \t]*=[ \t]*)[0-9A-D*#]+/gim;

/** A text (a line, a SIP message) without its secrets. */
export function redactText(text: string): string {
  return text
    .replace(digestSecrets, `$1$2"${blank}"`)
    .replace(otherCredentials, `$1$2 ${blank}`)
    .replace(sdpKeys, `$1${blank}`)
    .replace(icePassword, `$1${blank}`)
    .replace(uriPassword, `$1${blank}`)
    .replace(dtmfSignal, `$1${blank}`);
}

const secretName =
  /pass(?:word|phrase|wd)?$|secret|token|credential|^authorization$|^proxy-authorization$|^response$|^cnonce$|^pin$/i;
/** A log is for lines, not for dumps. */
const deepest = 6;
const mostItems = 100;
const longestText = 4096;

/** A value as it may be written as JSON: secrets blanked by name and by form, errors spelled out, circles cut. */
export function redactValue(value: unknown): unknown {
  return redacted(value, deepest, new Set());
}

function redacted(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return shortened(redactText(value));
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return '[circular]';
  if (depth === 0) return '[...]';
  const inside = new Set([...above, value]);
  if (value instanceof Error) return errorParts(value, depth, inside);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => redacted(item, depth - 1, inside));
  return members(Object.entries(value), depth, inside);
}

function members(entries: [string, unknown][], depth: number, above: ReadonlySet<object>): Record<string, unknown> {
  return Object.fromEntries(
    entries
      .slice(0, mostItems)
      .map(([name, member]) => [
        name,
        secretName.test(name) ? blankUnlessEmpty(member) : redacted(member, depth - 1, above),
      ]),
  );
}

function errorParts(error: Error, depth: number, above: ReadonlySet<object>): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const parts: [string, unknown][] = [['name', name], ['message', message], ...Object.entries(error)];
  if (cause !== undefined) parts.push(['cause', cause]);
  if (stack !== undefined) parts.push(['stack', stack]);
  return members(parts, depth, above);
}

/** That there was no password is worth knowing, and tells nothing. */
function blankUnlessEmpty(value: unknown): unknown {
  return value === undefined || value === null || value === '' || typeof value === 'boolean' ? value : blank;
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}... (${text.length} characters)`;
}
