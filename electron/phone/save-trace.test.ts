import { expect, test } from 'vitest';
import { saveHeadsetTrace, saveTrace } from './save-trace.ts';
import type { PhoneParts } from './parts.ts';

function parts(saveFile: PhoneParts['desktop']['saveFile']): Parameters<typeof saveTrace>[0] {
  return {
    trace: {
      page: () => ({ rows: [], oldest: 1, next: 0 }),
      message: () => null,
      export: (format, text) => Buffer.from(`${format} of ${text}`),
      clear() {},
    },
    desktop: { saveFile },
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

test('the headsets are saved one after the other, and without one that is said', async () => {
  const saved: [string, string][] = [];
  const { desktop, clock } = parts((file) => {
    saved.push([file.name, file.bytes.toString()]);
    return Promise.resolve('/x');
  });
  const headsets = (traces: string[]) => ({ traces: () => Promise.resolve(traces) });
  expect(await saveHeadsetTrace({ desktop, clock, headsets: headsets(['one', 'two']) })).toEqual({ file: '/x' });
  expect(saved).toEqual([['hookswitch-headset-2026-11-22T19-20-31.txt', 'one\ntwo']]);
  await expect(saveHeadsetTrace({ desktop, clock, headsets: headsets([]) })).rejects.toMatchObject({
    problem: { code: 'no-headset' },
  });
});
