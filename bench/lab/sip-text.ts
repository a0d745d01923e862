// SIP as plain text for the bench's own lab: small on purpose, and sharing no code with the phone it measures.
import { randomBytes } from 'node:crypto';

export interface TextMessage {
  first: string;
  /** 0 for a request. */
  status: number;
  method: string;
  /** Lower-case name -> values in order. */
  headers: Map<string, string[]>;
  body: string;
}

const compact: Record<string, string> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
};

export function readMessage(text: string): TextMessage {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end < 0 ? undefined : end).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const given = line.slice(0, colon).trim().toLowerCase();
    const name = compact[given] ?? given;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const status = first.startsWith('SIP/2.0 ') ? Number(first.slice(8, 11)) : 0;
  const cseq = headers.get('cseq')?.[0] ?? '';
  const method = status > 0 ? (cseq.split(' ')[1] ?? '') : (first.split(' ')[0] ?? '');
  return { first, status, method, headers, body: end < 0 ? '' : text.slice(end + 4) };
}

export function header(message: TextMessage, name: string): string {
  return message.headers.get(name)?.[0] ?? '';
}

/** `<uri>` or the bare URI of a Contact, From or To. */
export function uriIn(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0]?.trim() ?? '';
}

export function writeMessage(first: string, headers: readonly (readonly [string, string])[], body = ''): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([first, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}

export function token(): string {
  return randomBytes(8).toString('hex');
}
