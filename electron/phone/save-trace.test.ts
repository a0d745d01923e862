import { expect, test } from 'vitest';
import { saveTrace } from './save-trace.ts';
import type { PhoneParts } from './parts.ts';

function parts(saveFile: PhoneParts['desktop']['saveFile']): Parameters<typeof saveTrace>[0] {
  return {
    trace: {
      page: () => ({ rows: [], oldest: 1, next: 0 }),
      message: () => null,
      export: (format, text) => Buffer.from(`${format} of ${text}`),
      clear() {},
    },
    desktop: { setStartAtLogin() {}, openWindow() {}, showFile() {}, saveFile },
    clock: { now: () => Date.UTC(2026, 10, 22, 19, 20, 31), monotonic: () => 0, after: () => () => {} },
  };
}

test('the file has a name that says what and when', async () => {
  const asked: { name: string; kind: string; bytes: Buffer }[] = [];
  const saved = parts((file) => {
    asked.push(file);
    return Promise.resolve('/home/mara/trace.pcap');
  });
  expect(await saveTrace(saved, 'pcap', '4410')).toEqual({ file: '/home/mara/trace.pcap' });
  expect(asked).toEqual([
    { name: 'hookswitch-sip-2026-11-22T19-20-31.pcap', kind: 'Wireshark capture', bytes: Buffer.from('pcap of 4410') },
  ]);
});

test('a person who cancels gets no file, and a folder that cannot be written is told in a sentence', async () => {
  expect(
    await saveTrace(
      parts(() => Promise.resolve(null)),
      'text',
      '',
    ),
  ).toEqual({});
  await expect(
    saveTrace(
      parts(() => Promise.reject(new Error('EACCES'))),
      'text',
      '',
    ),
  ).rejects.toThrow('The file could not be written there. Choose another folder.');
});
