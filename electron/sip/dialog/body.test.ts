import { describe, expect, it } from 'vitest';
import { createRequest } from '../wire/index.ts';
import { sdpOf } from './body.ts';
import { digitOf } from './dtmf-info.ts';

function withBody(contentType: string, body: string): string | null {
  return sdpOf(createRequest('INVITE', 'sip:a@b', [['Content-Type', contentType]], body));
}

describe('the session description of a message', () => {
  it('is its body, however its type is written', () => {
    for (const type of [
      'application/sdp',
      'Application/SDP',
      'application/sdp;charset=utf-8',
      ' application/sdp ; x=y',
    ]) {
      expect(withBody(type, 'v=0\r\n')).toBe('v=0\r\n');
    }
  });

  it('is found in a multipart body, nested too', () => {
    const inner = '--i\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n--i--\r\n';
    const outer = `preamble\r\n--o\r\nContent-Type: text/plain\r\n\r\nhello\r\n--o\r\ncontent-type: multipart/alternative; boundary=i\r\n\r\n${inner}\r\n--o--`;
    expect(withBody('multipart/mixed; boundary="o"', outer)).toBe('v=0\r\ns=-\r\n');
  });

  it('is not that of an early session (RFC 3959)', () => {
    const early =
      '--o\r\nContent-Type: application/sdp\r\nContent-Disposition: early-session\r\n\r\nv=0\r\ns=early\r\n';
    const call = '--o\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=call\r\n--o--';
    expect(withBody('multipart/mixed; boundary=o', early + call)).toBe('v=0\r\ns=call');
  });

  it('is none where there is none', () => {
    expect(withBody('application/isup', 'v=0')).toBeNull();
    expect(withBody('multipart/mixed', '--o\r\n\r\nv=0\r\n--o--')).toBeNull();
    expect(withBody('multipart/mixed; boundary=o', '--o\r\nContent-Type: text/plain\r\n\r\nx\r\n--o--')).toBeNull();
    expect(withBody('application/sdp', '')).toBeNull();
  });
});

describe('a digit in INFO', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5'],
    ['application/dtmf-relay', 'Signal= *\r\n', '*'],
    ['Application/DTMF-Relay;x=y', 'signal=11\nduration=100', '#'],
    ['application/dtmf', '7', '7'],
    ['application/dtmf', ' d \r\n', 'D'],
  ])('%s %j is %s', (type, body, digit) => {
    expect(digitOf(type, body)).toBe(digit);
  });

  it.each([
    ['application/dtmf-relay', 'Signal=flash'],
    ['application/dtmf', '55'],
    ['text/plain', '5'],
    ['application/dtmf-relay', ''],
  ])('%s %j is none', (type, body) => {
    expect(digitOf(type, body)).toBeNull();
  });
});
