import { describe, expect, test } from 'vitest';
import { createFramer, type FrameEvent } from './framer.ts';
import { parseMessage } from './parse.ts';

const ONE = 'OPTIONS sip:a SIP/2.0\r\nCSeq: 1 OPTIONS\r\nContent-Length: 4\r\n\r\nabcd';
const TWO = 'SIP/2.0 200 OK\r\nCSeq: 2 OPTIONS\r\nl:0\r\n\r\n';

function frame(...pieces: (string | Buffer)[]): string[] {
  const framer = createFramer();
  return pieces.flatMap((piece) => framer.push(Buffer.from(piece))).map(show);
}

function show(event: FrameEvent): string {
  if (event.kind === 'message') return event.bytes.toString();
  return event.kind === 'error' ? `error: ${event.reason}` : event.kind;
}

describe('framing', () => {
  test('messages glued together come apart', () => {
    expect(frame(ONE + TWO + ONE)).toEqual([ONE, TWO, ONE]);
  });

  test('two messages with keep-alives between them, cut at every byte, are the same', () => {
    const stream = `\r\n\r\n${ONE}\r\n\r\n${TWO}\r\n`;
    const events = ['crlf', 'crlf', ONE, 'crlf', 'crlf', TWO, 'crlf'];
    for (let cut = 0; cut <= stream.length; cut++) {
      expect(frame(stream.slice(0, cut), stream.slice(cut))).toEqual(events);
    }
  });

  test('byte by byte, too', () => {
    expect(frame(...(ONE + TWO).split(''))).toEqual([ONE, TWO]);
  });

  test('the body is counted in octets, not characters', () => {
    const message = 'MESSAGE sip:a SIP/2.0\r\nContent-Length: 4\r\n\r\näö';
    expect(frame(message + TWO)).toEqual([message, TWO]);
  });

  test('Content-Length is found however it is written, and nowhere else', () => {
    const lines = [
      'CONTENT-LENGTH:4',
      'L : 4',
      'Content-Length:\r\n\t4',
      'content-length:\t004 ',
      'Content-Length\r\n : 4',
    ];
    for (const line of lines) {
      const message = `OPTIONS sip:a SIP/2.0\r\nX: l: 9\r\n l: 8\r\nLength: 7\r\n${line}\r\n\r\nabcd`;
      expect(frame(message + TWO)).toEqual([message, TWO]);
    }
  });

  test('Content-Length is found among lines that are none', () => {
    for (const lines of ['nonsense\r\nl: 4', 'l: 4\r\n: x', 'X: a\rb\r\nl:\r\n 4\r\nnonsense']) {
      const message = `OPTIONS sip:a SIP/2.0\r\n${lines}\r\n\r\nabcd`;
      expect(frame(message + TWO)).toEqual([message, TWO]);
    }
  });

  test('Content-Length is to the framer what it is to the parser', () => {
    // To `trim` a no-break space is a space; in UTF-8 it is two bytes.
    const message = 'OPTIONS sip:a SIP/2.0\r\nContent-Length: 4\u00a0\r\n\r\nabcd';
    expect(frame(message + TWO)).toEqual([message, TWO]);
    expect(parseMessage(Buffer.from(message))).toMatchObject({ kind: 'request', body: Buffer.from('abcd') });
  });

  test('the first empty line ends the header, whatever its line ends', () => {
    const message = 'OPTIONS sip:a SIP/2.0\nl: 3\n\n\r\nx';
    expect(frame(message + TWO)).toEqual([message, TWO]);
    expect(parseMessage(Buffer.from(message))).toMatchObject({ kind: 'request', body: Buffer.from('\r\nx') });
  });

  test('the parser takes what the framer has read for what stands there', () => {
    const wide = `OPTIONS sip:a SIP/2.0\r\nX: ${'x'.repeat(17_000)}\r\nl: 1\r\n\r\nx`;
    const texts = [
      ONE,
      TWO,
      'MESSAGE sip:ü SIP/2.0\r\nFrom: Jörg <sip:a>\r\nl: 2\r\n\r\nä',
      'OPTIONS sip:a SIP/2.0\nx\n\n',
      wide,
    ];
    for (const text of texts) {
      const [event] = createFramer().push(Buffer.from(text));
      if (event?.kind !== 'message') throw new Error(`${text} is no message`);
      const { bytes, head } = event;
      expect(parseMessage(bytes, { stream: true, head })).toEqual(parseMessage(bytes, { stream: true }));
    }
  });

  test('without Content-Length there is no body', () => {
    const message = 'SIP/2.0 200 OK\r\nCSeq: 1 A\r\n\r\n';
    expect(frame(message + TWO)).toEqual([message, TWO]);
  });

  test('an event keeps its bytes when more come', () => {
    const framer = createFramer();
    const chunk = Buffer.from(ONE);
    const [event] = framer.push(chunk);
    chunk.fill(0);
    expect(event && show(event)).toBe(ONE);
  });

  test('says while it waits for the rest of a message', () => {
    const framer = createFramer();
    framer.push(Buffer.from(ONE.slice(0, 30)));
    expect(framer.waiting).toBe(true);
    framer.push(Buffer.from(ONE.slice(30)));
    expect(framer.waiting).toBe(false);
  });
});

describe('a stream that went wrong', () => {
  test.each([
    ['negative', 'Content-Length: -4'],
    ['no number', 'Content-Length: 4 '.replace('4 ', 'four')],
    ['contradictory', 'Content-Length: 4\r\nl: 5'],
  ])('is an error once when Content-Length is %s, and silence after', (_what, line) => {
    expect(frame(`OPTIONS sip:a SIP/2.0\r\n${line}\r\n\r\nabcd`, ONE)).toEqual(['error: bad Content-Length']);
  });

  test('ends with a header that has no end after 64 kB', () => {
    expect(frame(`OPTIONS sip:a SIP/2.0\r\nX: ${'x'.repeat(66_000)}`)).toEqual(['error: header larger than 64 kB']);
  });

  test('ends with such a header wherever it is cut', () => {
    const message = `OPTIONS sip:a SIP/2.0\r\nX: ${'x'.repeat(66_000)}\r\n\r\n`;
    expect(frame(message)).toEqual(['error: header larger than 64 kB']);
    expect(frame(message.slice(0, 65_600), message.slice(65_600))).toEqual(['error: header larger than 64 kB']);
  });

  test('ends with a message that nobody would wait for', () => {
    expect(frame('OPTIONS sip:a SIP/2.0\r\nContent-Length: 4294967296\r\n\r\n')).toEqual([
      'error: message larger than 1 MB',
    ]);
  });

  test('goes on after a message that is too large: only its header is given up, to be refused', () => {
    const head = 'MESSAGE sip:a SIP/2.0\r\nContent-Length: 70000\r\n\r\n';
    expect(frame(head, 'x'.repeat(40_000), `${'y'.repeat(30_000)}${TWO.slice(0, 9)}`, TWO.slice(9))).toEqual([
      head,
      TWO,
    ]);
    const wide = `MESSAGE sip:a SIP/2.0\r\nX: ${'x'.repeat(17_000)}\r\nContent-Length: 4\r\n\r\n`;
    expect(frame(`${wide}abcd${TWO}`)).toEqual([wide, TWO]);
  });

  test('waits while it passes over a body', () => {
    const framer = createFramer();
    framer.push(Buffer.from('MESSAGE sip:a SIP/2.0\r\nContent-Length: 70000\r\n\r\n'));
    expect(framer.waiting).toBe(true);
    framer.push(Buffer.alloc(70_000));
    expect(framer.waiting).toBe(false);
  });

  test('64 kB of folded lines, one of them wrong, take little time', () => {
    const startedAt = performance.now();
    expect(frame(`OPTIONS sip:a SIP/2.0\r\nX: a\rb\r\nl:\r\n${' \r\n'.repeat(20_000)} 0\r\n\r\n`)).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  test('64 kB of small messages take little time', () => {
    const startedAt = performance.now();
    expect(createFramer().push(Buffer.from('x\n\n'.repeat(21_000)))).toHaveLength(21_000);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  test('64 kB in single bytes take little time', () => {
    const framer = createFramer();
    const message = Buffer.from(`OPTIONS sip:a SIP/2.0\r\nContent-Length: 60000\r\n\r\n${'x'.repeat(60_000)}`);
    const startedAt = performance.now();
    let count = 0;
    for (let i = 0; i < message.length; i++) count += framer.push(message.subarray(i, i + 1)).length;
    expect(count).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
