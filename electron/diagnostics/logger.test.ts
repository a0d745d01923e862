// The log in real files.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger, type LoggerOptions } from './logger.ts';

let directory: string;
let file: string;
let printed: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(directory, 'hookswitch.log');
  printed = [];
});

afterEach(() => rmSync(directory, { recursive: true }));

function create(options: Partial<LoggerOptions> = {}) {
  return createLogger({
    directory,
    level: '',
    now: () => new Date(Date.UTC(2026, 10, 22, 19, 20, 31, 123)),
    console: (line) => printed.push(line),
    ...options,
  });
}

function lines(name = file): string[] {
  return readFileSync(name, 'utf8').trimEnd().split('\n');
}

test('a line has time, level, room, message and details', async () => {
  const log = create();
  log.info('Started.');
  log
    .child('sip')
    .child('net')
    .warn('Flow lost.', { peer: '192.0.2.1:5060', error: new Error('reset') });
  await log.flush();
  const [first, second = ''] = lines();
  expect(first).toBe('2026-11-22T19:20:31.123Z INFO Started.');
  expect(second).toMatch(
    /^2026-11-22T19:20:31\.123Z WARN sip\/net: Flow lost\. \{"peer":"192\.0\.2\.1:5060","error":\{"name":"Error","message":"reset"/,
  );
});

test('a message of many lines stays one line, and secrets stay out', async () => {
  const log = create();
  log.error('Refused:\r\nAuthorization: Basic canary', { password: 'canary', text: 'a\nresponse="canary"' });
  await log.flush();
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).not.toContain('canary');
});

test('debug lines are written, and all lines printed, only when asked for', async () => {
  const quiet = create();
  quiet.debug('detail');
  quiet.info('plain');
  await quiet.flush();
  expect(lines()).toHaveLength(1);
  expect(printed).toEqual([]);
  const loud = create({ level: 'debug' });
  loud.debug('detail');
  await loud.flush();
  expect(lines()).toHaveLength(2);
  expect(printed).toEqual(['2026-11-22T19:20:31.123Z DEBUG detail']);
});

test('the file is turned over when it is full, and three are kept', async () => {
  const log = create({ maxBytes: 1000 });
  for (let line = 0; line < 100; line += 1) {
    log.info(`line ${line} ${'x'.repeat(60)}`);
    await log.flush();
  }
  const files = [file, `${file}.1`, `${file}.2`];
  for (const name of files) expect(statSync(name).size).toBeLessThanOrEqual(1000);
  expect(existsSync(`${file}.3`)).toBe(false);
  const numbers = files.toReversed().flatMap((name) => lines(name).map((line) => Number(/line (\d+)/.exec(line)?.[1])));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 100 - numbers.length + index));
});

test('a log that was there goes on, and is turned over by its whole size', async () => {
  writeFileSync(file, `${'old '.repeat(240)}\n`);
  const log = create({ maxBytes: 1000 });
  log.info('new '.repeat(20));
  await log.flush();
  expect(lines()).toHaveLength(1);
  expect(lines(`${file}.1`)[0]).toMatch(/^old/);
});

test('many lines at once come in their order', async () => {
  const log = create();
  for (let line = 0; line < 5000; line += 1) log.info(`line ${line}`);
  await log.flush();
  expect(lines().map((line) => Number(/line (\d+)/.exec(line)?.[1]))).toEqual(
    Array.from({ length: 5000 }, (_, index) => index),
  );
});

test('where nothing can be written, nothing is thrown', async () => {
  writeFileSync(join(directory, 'taken'), '');
  const log = create({ directory: join(directory, 'taken') });
  log.error('lost');
  await log.flush();
  log.error('lost, too');
  await log.flush();
});

test('details that throw when they are read do not break the caller', async () => {
  const log = create();
  log.info('odd', {
    get peer(): string {
      throw new Error('no peer');
    },
  });
  await log.flush();
  expect(lines()[0]).toContain('{"unprintable":"Error: no peer"}');
});
