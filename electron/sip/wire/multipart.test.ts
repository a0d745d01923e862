import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRequest } from './message.ts';
import { bodyParts } from './multipart.ts';
import { parseMessage } from './parse.ts';

/** `type: body` of each part. */
function parts(contentType: string, body: string | Buffer): string[] {
  const request = createRequest('INVITE', 'sip:a@b', contentType === '' ? [] : [['Content-Type', contentType]], body);
  return bodyParts(request).map((part) => `${part.type}: ${part.body.toString('latin1')}`);
}

describe('the parts of a body', () => {
  test('are the body itself where it is no multipart, and none where there is none', () => {
    expect(parts('Application/SDP ; charset=utf-8', 'v=0')).toEqual(['application/sdp: v=0']);
    expect(parts('', 'v=0')).toEqual([': v=0']);
    expect(parts('application/sdp', '')).toEqual([]);
  });

  test('stand between delimiters, with preamble and epilogue left out', () => {
    const body = 'hello\r\n--b\r\nContent-Type: text/a\r\n\r\n1\r\n--b  \r\n\r\n2\r\n\r\n--b--\r\n--b\r\n\r\n3';
    expect(parts('multipart/mixed; boundary=b', body)).toEqual(['text/a: 1', 'text/plain: 2\r\n']);
  });

  test('have headers that are Latin-1 where they are not UTF-8, as those of a message', () => {
    const body = Buffer.from('--b\r\nSubject: M\xfcller\r\n\r\n1\r\n--b--', 'latin1');
    const request = createRequest('MESSAGE', 'sip:a@b', [['Content-Type', 'multipart/mixed;boundary=b']], body);
    expect(bodyParts(request)[0]?.headers.get('Subject')).toBe('Müller');
  });

  test('are bytes: a part may be binary', () => {
    const torture = readFileSync(new URL('../../../tests/fixtures/sip-torture/rfc4475/mpart01.dat', import.meta.url));
    const message = parseMessage(torture);
    if (message.kind !== 'request') throw new Error('mpart01 is no request');
    const [text, signature, ...others] = bodyParts(message);
    expect(others).toEqual([]);
    expect(text).toMatchObject({ type: 'text/plain' });
    expect(text?.body.toString()).toBe('Hello');
    expect(signature?.type).toBe('application/octet-stream');
    expect(signature?.headers.get('Content-Transfer-Encoding')).toBe('binary');
    expect(signature?.body.subarray(0, 4)).toEqual(Buffer.from([0x30, 0x82, 0x01, 0x52]));
  });

  test('do not end where only the beginning of a delimiter stands, or one in the middle of a line', () => {
    const inner = '--bb\r\n\r\ninner --b\r\n--bb--';
    const body = `--b\r\nContent-Type: multipart/alternative; boundary="bb"\r\n\r\n${inner}\r\n--b--`;
    expect(parts('multipart/mixed; boundary="b"', body)).toEqual(['text/plain: inner --b']);
  });

  test('are found with bare line feeds, with folded headers, and without the last delimiter', () => {
    expect(parts('multipart/mixed;boundary=b', '--b\nContent-Type:\n application/sdp\n\nv=0\ns=-\n')).toEqual([
      'application/sdp: v=0\ns=-\n',
    ]);
  });

  test('are none without a boundary, or nested beyond sense', () => {
    expect(parts('multipart/mixed', '--b\r\n\r\n1\r\n--b--')).toEqual([]);
    expect(parts(`multipart/mixed; boundary=${'b'.repeat(71)}`, '--b\r\n\r\n1\r\n--b--')).toEqual([]);
    const nest = (depth: number): string =>
      `--b${depth}\r\nContent-Type: multipart/mixed; boundary=b${depth + 1}\r\n\r\n`;
    expect(parts('multipart/mixed; boundary=b0', `${nest(0)}${nest(1)}--b2\r\n\r\n1`)).toEqual(['text/plain: 1']);
    expect(parts('multipart/mixed; boundary=b0', `${nest(0)}${nest(1)}${nest(2)}--b3\r\n\r\n1`)).toEqual([]);
  });

  test('are 32 at most', () => {
    expect(parts('multipart/mixed; boundary=b', '--b\r\n\r\nx\r\n'.repeat(1000))).toHaveLength(32);
  });
});
