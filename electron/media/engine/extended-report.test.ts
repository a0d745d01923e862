// VoIP metrics as bytes (RFC 3611 section 4.7), field by field, as Wireshark reads them, and whatever else may come instead.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { voipMetricsSchema, type VoipMetrics } from '../../../contract/index.ts';
import { roughlyHeard } from '../quality/testing.ts';
import { readVoipMetrics, writeVoipMetrics } from './extended-report.ts';

const hearing = { reporter: 0x1111_1111, source: 0x2222_2222 };
const hex = (...words: string[]) => Buffer.from(words.join('').replaceAll(/\s/g, ''), 'hex');

/** Words of 32 bits as section 4.7 draws them. */
const packet = [
  '80 cf 000a', // version 2, XR, eleven words in all
  '11111111', // SSRC of who reports
  '07 00 0008', // VoIP metrics, eight words more
  '22222222', // SSRC of who is heard
  '19 05 66 01', // in 256ths, rounded down: loss 10 %, discards 2 %, burst density 40 %, gap density 0.5 %
  '012c 0fa0', // bursts of 300 ms, gaps of 4000 ms
  '0028 006e', // round trip 40 ms, end system 110 ms
  '7f 7f 7f 10', // signal, noise and echo not measured; Gmin 16
  '3e 7f 20 1f', // R 62, no external R, MOS-LQ 3.2, MOS-CQ 3.1
  'b0 00 0032', // PLC enhanced, adaptive buffer of unknown rate; nominal 50 ms
  '0050 0fa0', // at most 80 ms now, 4000 ms in the worst case
] as const;
const rough = hex(...packet);

/** `packet` with another word, by its place. */
const withWord = (at: number, word: string) => hex(...packet.map((known, place) => (place === at ? word : known)));
const read = (bytes: Buffer) => readVoipMetrics(bytes, hearing);

describe('VoIP metrics', () => {
  it('are written as section 4.7 has them', () => {
    expect(writeVoipMetrics(hearing, roughlyHeard).toString('hex')).toBe(rough.toString('hex'));
  });

  it('are read as they were written, shares to a 256th', () => {
    const { pattern, ...metrics } = roughlyHeard;
    expect(read(rough)).toEqual({
      ...metrics,
      lost: (100 * 25) / 256,
      discarded: (100 * 5) / 256,
      pattern: { ...pattern, burstDensity: (100 * 102) / 256, gapDensity: 100 / 256 },
    });
  });

  it('at their ends fit their fields', () => {
    const worst: VoipMetrics = {
      ...roughlyHeard,
      lost: 100,
      discarded: 0,
      pattern: { burstDensity: 100, burstMs: 65_535, gapDensity: 100, gapMs: 65_535, gmin: 255 },
      roundTrip: 65_535,
      rating: 0,
      mosListening: 1,
      mosConversation: 5,
      signal: -128,
      noise: -60,
      echoReturnLoss: 55,
    };
    expect(read(writeVoipMetrics(hearing, worst))).toMatchObject({ lost: (100 * 255) / 256, signal: -128, rating: 0 });
    const unknown = { ...worst, pattern: null, roundTrip: null, endSystem: null, rating: null, mosListening: null };
    expect(read(writeVoipMetrics(hearing, unknown))).toMatchObject({
      pattern: null,
      roundTrip: null,
      endSystem: null,
      rating: null,
      mosListening: null,
      mosConversation: 5,
    });
  });

  it('stand beside other blocks, which are passed over', () => {
    const time = '04 00 0002 0000000100000002';
    const summary = `06 00 0009 ${'00'.repeat(36)}`;
    const [head, reporter, ...block] = packet;
    const many = hex(head.replace('000a', '0017'), reporter, time, ...block, summary);
    expect(read(many)?.mosListening).toBe(3.2);
  });

  it('may have padding after them (RFC 3550 section 6.4.1)', () => {
    const [head, ...others] = packet;
    const padded = (bytes: string) => hex(head.replace('80', 'a0').replace('000a', '000b'), ...others, bytes);
    expect(read(padded('00000004'))?.rating).toBe(62);
    for (const wrong of ['00000000', '00000003', '000000fc']) expect(read(padded(wrong))).toBeNull();
  });
});

describe('nothing is believed', () => {
  it.each([
    ['of another reporter', withWord(1, '33333333')],
    ['of how another stream is heard', withWord(3, '33333333')],
    ['in a block that is too short for its fields', withWord(2, '07 00 0007')],
    ['in a block that goes on after the packet', withWord(2, '07 00 0009')],
    ['beside a block that goes on after the packet', Buffer.concat([rough, hex('04 00 0002 00000000')])],
    ['of more packets lost and late than there were', withWord(4, 'ff 02 00 00')],
    ['of an empty packet', hex('80 cf 0001 11111111')],
  ])('%s', (_what, bytes) => {
    expect(read(bytes)).toBeNull();
  });

  it('that must not be sent: ratings over 100, scores below 1 or over 5 (section 4.7.5)', () => {
    expect(read(withWord(8, '65 80 09 33'))).toMatchObject({
      rating: null,
      externalRating: null,
      mosListening: null,
      mosConversation: null,
      lost: (100 * 25) / 256,
    });
  });

  it('of bursts without the Gmin that they were counted by', () => {
    expect(read(withWord(7, '7f 7f ff 00'))).toMatchObject({ pattern: null, echoReturnLoss: null });
  });

  it('that is out of bounds, whatever comes; and nothing throws', () => {
    const whole = fc
      .array(fc.record({ at: fc.nat(rough.length - 1), byte: fc.nat(255) }), { maxLength: 12 })
      .map((changes) => {
        const bytes = Buffer.from(rough);
        for (const { at, byte } of changes) bytes.writeUInt8(byte, at);
        return bytes;
      });
    const cut = fc.tuple(whole, fc.nat(rough.length)).map(([bytes, length]) => bytes.subarray(0, length));
    const noise = fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(whole, cut, noise), (bytes) => {
        const found = read(bytes);
        if (found) v.parse(voipMetricsSchema, found);
      }),
      { numRuns: 5000 },
    );
  });
});

const programs = ['tshark', 'text2pcap'].map((name) => `/usr/bin/${name}`);

it.skipIf(!programs.every(existsSync))('Wireshark reads each field as it was meant', () => {
  const [tshark = '', text2pcap = ''] = programs;
  const folder = mkdtempSync(join(tmpdir(), 'hs-xr-'));
  try {
    const [text, capture] = [join(folder, 'packet.txt'), join(folder, 'packet.pcap')];
    const compound = Buffer.concat([hex('80c90001 11111111', '81ca0003 11111111 01026162 00000000'), rough]);
    writeFileSync(text, `0000 ${compound.toString('hex').replaceAll(/../g, '$& ')}\n`);
    execFileSync(text2pcap, ['-q', '-u', '4001,4001', text, capture], { stdio: 'ignore' });
    const voip = (name: string) => `rtcp.xr.voipmetrics.${name}`;
    const expected: Record<string, string> = {
      'rtcp.pt': '201,202,207',
      'rtcp.xr.bt': '7',
      [voip('burstdensity')]: '102',
      [voip('gapdensity')]: '1',
      [voip('burstduration')]: '300',
      [voip('gapduration')]: '4000',
      [voip('rtdelay')]: '40',
      [voip('esdelay')]: '110',
      [voip('gmin')]: '16',
      [voip('rfactor')]: '62',
      [voip('moslq')]: '3.2',
      [voip('moscq')]: '3.1',
      [voip('plc')]: '2',
      [voip('jba')]: '3',
      [voip('jbrate')]: '0',
      [voip('jbnominal')]: '50',
      [voip('jbmax')]: '80',
      [voip('jbabsmax')]: '4000',
      '_ws.malformed': '',
    };
    const fields = Object.keys(expected).flatMap((field) => ['-e', field]);
    const seen = execFileSync(
      tshark,
      ['-r', capture, '-d', 'udp.port==4001,rtcp', '-T', 'fields', '-E', 'separator=;', ...fields],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const values = seen.replace(/\n$/, '').split(';');
    expect(Object.fromEntries(Object.keys(expected).map((field, at) => [field, values[at]]))).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
