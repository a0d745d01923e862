// Message -> bytes (RFC 3261 section 7). Content-Length is ours to write; no value can smuggle in a line.
import type { SipMessage } from './types.ts';

/** The message as it goes on the wire. */
export function serialize(message: SipMessage): Buffer {
  const start =
    message.kind === 'request'
      ? `${message.method} ${oneLine(message.uri)} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${oneLine(message.reason)}\r\n`;
  let head = start;
  for (const [name, value] of message.headers.entries()) {
    if (name !== 'Content-Length') head += `${name}: ${oneLine(value)}\r\n`;
  }
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  return message.body.length === 0 ? Buffer.from(head) : Buffer.concat([Buffer.from(head), message.body]);
}

function oneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.replace(/[\r\n]+\s*/g, ' ') : text;
}
