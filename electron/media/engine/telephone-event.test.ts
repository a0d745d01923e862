// Telephone events: one key, told once, whatever was lost or sent again.
import { describe, expect, it } from 'vitest';
import { TelephoneEvents } from './telephone-event.ts';

interface Packet {
  code: number;
  time: number;
  duration: number;
  end?: boolean;
  marker?: boolean;
  ssrc?: number;
}

function packet({ code, time, duration, end = false, marker = false, ssrc = 1 }: Packet): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(marker ? 0xe5 : 0x65, 1);
  bytes.writeUInt32BE(time, 4);
  bytes.writeUInt32BE(ssrc, 8);
  bytes.writeUInt8(code, 12);
  bytes.writeUInt8(end ? 0x8a : 0x0a, 13);
  bytes.writeUInt16BE(duration, 14);
  return bytes;
}

function heard(packets: readonly Packet[]): string {
  const events = new TelephoneEvents();
  return packets.map((fields) => events.hear(packet(fields)) ?? '').join('');
}

const press = (code: number, time: number): Packet[] => [
  { code, time, duration: 160, marker: true },
  { code, time, duration: 320 },
  { code, time, duration: 480 },
  ...[0, 1, 2].map(() => ({ code, time, duration: 640, end: true })),
];

describe('a key', () => {
  it('is told once for all of its packets', () => {
    expect(heard([...press(4, 1000), ...press(4, 3000), ...press(10, 5000)])).toBe('44*');
  });

  it('is told when its start was lost', () => {
    expect(heard(press(7, 1000).slice(-1))).toBe('7');
  });

  it('is told when its end was lost, and so is the same key after it', () => {
    expect(heard([...press(7, 1000).slice(0, 3), ...press(7, 3000).slice(0, 3)])).toBe('77');
  });

  it('is one key when it is so long that it comes in segments (RFC 4733 section 2.5.1.3)', () => {
    const long = (time: number, marker = false) => [
      { code: 1, time, duration: 160, marker },
      { code: 1, time, duration: 0xffff },
    ];
    expect(
      heard([
        ...long(0, true),
        ...long(0xffff),
        ...long(0x1_fffe),
        { code: 1, time: 0x1_fffe, duration: 9, end: true },
      ]),
    ).toBe('1');
  });

  it('is one key when the sender wrongly moves its timestamp on', () => {
    expect(
      heard([1, 2, 3, 4].map((step) => ({ code: 2, time: step * 160, duration: step * 160, marker: step === 1 }))),
    ).toBe('2');
  });

  it('is not told again by a late packet', () => {
    expect(heard([...press(3, 5000), { code: 9, time: 1000, duration: 640, end: true }])).toBe('3');
  });

  it('is told anew from a new source', () => {
    expect(heard([...press(3, 5000), { code: 3, time: 10, duration: 160, ssrc: 2 }])).toBe('33');
  });
});

describe('other events', () => {
  it('are no keys', () => {
    expect(heard([{ code: 16, time: 0, duration: 160 }])).toBe('');
    expect(new TelephoneEvents().hear(Buffer.alloc(14))).toBeNull();
  });
});
