// What is measured of the line: loss, jitter and silence as RFC 3550 counts them, and what the other side reports.
import { describe, expect, it } from 'vitest';
import { FarReports } from './far-reports.ts';
import { Reception } from './reception.ts';

describe('what arrives', () => {
  const hear = (reception: Reception, sequence: number, at: number, ssrc = 1) =>
    reception.hear({ ssrc, sequence: sequence & 0xffff, timestamp: (sequence * 160) >>> 0 }, 8000, at);

  it('is counted over the wrap of sequence numbers', () => {
    const reception = new Reception();
    for (let sequence = 65_500; sequence < 65_600; sequence++) {
      if (sequence % 10 !== 0) hear(reception, sequence, sequence * 20);
    }
    expect([reception.expected, reception.packets, reception.lost]).toEqual([99, 90, 9]);
  });

  it('late or twice is no loss', () => {
    const reception = new Reception();
    for (const sequence of [1, 3, 2, 2, 4]) hear(reception, sequence, sequence * 20);
    expect(reception.lost).toBe(0);
  });

  it('of the next stream is counted on', () => {
    const reception = new Reception();
    for (const sequence of [1, 2, 5]) hear(reception, sequence, sequence * 20);
    for (const sequence of [9000, 9001]) hear(reception, sequence, 200, 2);
    expect([reception.expected, reception.lost]).toEqual([7, 2]);
  });

  it('of keys is sound that did not get lost, and no jitter', () => {
    const reception = new Reception();
    for (let sequence = 1; sequence <= 50; sequence++) {
      const key = sequence > 20 && sequence < 40;
      const timestamp = (key ? 20 : sequence) * 160;
      reception.hear({ ssrc: 1, sequence, timestamp, key }, 8000, sequence * 20);
    }
    expect([reception.lost, reception.jitter, reception.packetMs]).toEqual([0, 0, 20]);
    expect(reception.losses.pattern(20)).toMatchObject({ burstDensity: 0, gapDensity: 0 });
  });

  it('evenly has no jitter; 10 ms early and late has almost 20 ms of it', () => {
    const even = new Reception();
    const uneven = new Reception();
    for (let sequence = 0; sequence < 200; sequence++) {
      hear(even, sequence, sequence * 20);
      hear(uneven, sequence, sequence * 20 + (sequence % 2 === 0 ? 10 : -10));
    }
    expect(even.jitter).toBe(0);
    expect(uneven.jitter).toBeGreaterThan(19);
    expect(uneven.jitter).toBeLessThanOrEqual(20);
  });
});

describe('what they report', () => {
  function report(lastSr: number, delay: number): Buffer {
    const packet = Buffer.alloc(32);
    packet.writeUInt32BE(0x81c9_0007, 0);
    packet.writeUInt32BE(0x1234, 8);
    packet.writeUInt8(64, 12);
    packet.writeIntBE(17, 13, 3);
    packet.writeUInt32BE(70_000, 16);
    packet.writeUInt32BE(80, 20);
    packet.writeUInt32BE(lastSr, 24);
    packet.writeUInt32BE(delay, 28);
    return packet;
  }

  function senderReport(): Buffer {
    const packet = Buffer.alloc(28);
    packet.writeUInt32BE(0x80c8_0006, 0);
    packet.write('NTPtime!', 8, 'latin1');
    return packet;
  }

  it('is loss, and the round trip without their own delay', () => {
    const reports = new FarReports();
    reports.sent(senderReport(), 1000);
    reports.heard(report(senderReport().readUInt32BE(10), 0x8000), 0x1234, 1550);
    expect(reports.last).toEqual({ number: 1, lossFraction: 0.25, roundTrip: 50, unheard: 0 });
  });

  it('has no round trip before they heard a report of ours', () => {
    const reports = new FarReports();
    reports.heard(report(0, 0), 0x1234, 1000);
    expect(reports.last?.roundTrip).toBeNull();
  });

  it('of other streams, or cut off, is nothing', () => {
    const reports = new FarReports();
    reports.heard(report(0, 0), 0x9999, 1000);
    for (let length = 0; length < 32; length++) reports.heard(report(0, 0).subarray(0, length), 0x1234, 1000);
    expect(reports.last).toBeNull();
  });

  it('tells since when nothing of ours comes to them, over the wrap of sequence numbers too', () => {
    const reports = new FarReports();
    // The report's highest number is 70,000: 4464 in 16 bits.
    for (let sequence = 4400; sequence <= 4600; sequence++) reports.rtpSent(sequence, sequence * 20);
    reports.heard(report(0, 0), 0x1234, 4600 * 20 + 40);
    expect(reports.last?.unheard).toBe((4600 - 4465) * 20 + 40);
    const wrapped = new FarReports();
    for (let sequence = 65_500; sequence < 70_100; sequence++) wrapped.rtpSent(sequence & 0xffff, sequence * 20);
    wrapped.heard(report(0, 0), 0x1234, 70_100 * 20);
    expect(wrapped.last?.unheard).toBe((70_100 - 70_001) * 20);
  });

  it('that speaks of nobody is counted', () => {
    const reports = new FarReports();
    reports.heard(senderReport(), 0x1234, 1000);
    expect([reports.count, reports.last]).toEqual([1, null]);
  });
});
