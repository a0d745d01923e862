// Names from strangers.
import { expect, test } from 'vitest';
import { harmless, harmlessText } from './harmless.ts';

test.each([
  ['Nora Keller', 'Nora Keller'],
  ['  Nora \t  Keller  ', 'Nora Keller'],
  ['Nora\r\nContact: <sip:evil@example.net>', 'Nora Contact: <sip:evil@example.net>'],
  ['\u202Egnihton\u202C', 'gnihton'],
  ['Nora\u200B\u2060\uFEFF Kel\u00ADler', 'Nora Keller'],
  ['\u0000\u001B[31mred\u0007', '[31mred'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['\u3164\u115F\u2800', '\u2800'],
  ['half \uD83D of a pair', 'half of a pair'],
  ['\u2028line\u2029', 'line'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(harmless(text)).toBe(shown);
});

test('names of other scripts are left as they are', () => {
  for (const name of ['Łukasz Żółć', 'नोरा केलर', 'نورا كيلر', '李明', 'Nguyễn Thị Đức', '😀 Nora']) {
    expect(harmless(name)).toBe(name);
  }
});

test('a name of 4 kB is cut at 256 units, and not inside a character', () => {
  expect(harmless('x'.repeat(4096))).toBe('x'.repeat(256));
  const emoji = harmless(`${'x'.repeat(255)}😀😀`);
  expect(emoji).toBe('x'.repeat(255));
});

test('marks do not climb over the lines above', () => {
  expect(harmless(`Z${'\u0301'.repeat(60)}algo`)).toBe(`Z${'\u0301'.repeat(4)}algo`);
});

test('a megabyte of nonsense takes no time', () => {
  const started = performance.now();
  harmless(' \u0301'.repeat(500_000));
  expect(performance.now() - started).toBeLessThan(100);
});

test.each([
  ['one\r\ntwo', 'one\ntwo'],
  ['one\n\n\n\n\ntwo  ', 'one\n\ntwo'],
  ['\u0007bell\u001b[31m', 'bell [31m'],
  ['\u202Eexe.piz', 'exe.piz'],
  ['<b onclick="x()">bold</b>', '<b onclick="x()">bold</b>'],
  ['\u200b\n\u0000', ''],
])('a message %j is shown as %j', (sent, shown) => {
  expect(harmlessText(sent)).toBe(shown);
});
