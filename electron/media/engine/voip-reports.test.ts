// Extended reports through the relay: who gets them, when, protected as the call is; and what comes of theirs.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Wire } from '../../../contract/index.ts';
import { roughlyHeard } from '../quality/testing.ts';
import { writeVoipMetrics } from './extended-report.ts';
import type { Endpoint } from './latch.ts';
import { Relay } from './relay.ts';
import { packetTypes, partsOf } from './rtcp.ts';

const phone = { address: '198.51.100.7', port: 4000 };
const phoneControl = { address: phone.address, port: 4001 };
const stranger = { address: '203.0.113.9', port: 6666 };
const plain: Wire = {
  remote: { address: phone.address, rtpPort: phone.port, rtcpPort: phoneControl.port, rtcpMux: false },
  codecs: [{ name: 'PCMU', clockRate: 8000, sendPt: 0, receivePts: [0] }],
  telephoneEvent: null,
  srtp: null,
  send: true,
};
const asked: Wire = { ...plain, voipMetrics: true };
const theirSsrc = 0x7777_7777;

let now = 0;
let sent: { packet: Buffer; target: Endpoint }[] = [];
let relay: Relay;

function relayTo(out: (packet: Buffer, target: Endpoint) => void): Relay {
  const made = new Relay({
    toWeb: { rtp: () => {}, rtcp: () => {} },
    toNetwork: { rtp: out, rtcp: out },
    digit: () => {},
    firstPacket: () => {},
    now: () => now,
  });
  made.useWebPayloadTypes({ codecs: new Map([['PCMU', 0]]), telephoneEvent: new Map() });
  return made;
}

beforeEach(() => {
  [now, sent] = [0, []];
  relay = relayTo((packet, target) => sent.push({ packet, target }));
});

/** A packet of theirs is heard. */
function hear(source = phone): void {
  const packet = Buffer.alloc(172);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt32BE(theirSsrc, 8);
  relay.rtpFromNetwork(packet, source);
}

/** What the window sends by itself: a report without blocks, and its CNAME. */
function compound({ reporter = 0x5555_5555, description = true } = {}): Buffer {
  const report = Buffer.from('80c9000100000000', 'hex');
  const name = Buffer.from('81ca0003000000000102616200000000', 'hex');
  for (const part of [report, name]) part.writeUInt32BE(reporter, 4);
  return description ? Buffer.concat([report, name]) : report;
}

const typesOf = (packet: Buffer | undefined) =>
  [...partsOf(packet ?? Buffer.alloc(0))].map((part) => part.readUInt8(1));
const { receiverReport, sourceDescription, extendedReport } = packetTypes;
const withoutReport = [receiverReport, sourceDescription];
const withReport = [...withoutReport, extendedReport];

describe('a far end that asks', () => {
  beforeEach(() => {
    relay.connect(asked);
    hear();
    relay.tellMetrics(roughlyHeard);
  });

  it('is told how it is heard, after the report and our name, where RTCP goes', () => {
    relay.rtcpFromWeb(compound());
    expect(sent.map(({ target }) => target)).toEqual([phoneControl]);
    expect(typesOf(sent[0]?.packet)).toEqual(withReport);
    const report = writeVoipMetrics({ reporter: relay.networkSsrc, source: theirSsrc }, roughlyHeard);
    expect(sent[0]?.packet.subarray(-report.length)).toEqual(report);
  });

  it('is told as often as RTCP goes by its own rules, however often the window reports', () => {
    const told: number[] = [];
    for (now = 1000; now <= 21_000; now += 500) {
      relay.rtcpFromWeb(compound());
      if (typesOf(sent.at(-1)?.packet).includes(extendedReport)) told.push(now);
    }
    expect(told).toEqual([1000, 3500, 6000, 8500, 11_000, 13_500, 16_000, 18_500, 21_000]);
  });

  it('is told nothing before our name is known, which RTCP must have', () => {
    relay.rtcpFromWeb(compound({ description: false }));
    relay.end();
    expect(sent.map(({ packet }) => typesOf(packet))).toEqual([[receiverReport]]);
  });

  it('is told a last time when the call ends', () => {
    relay.rtcpFromWeb(compound());
    relay.tellMetrics({ ...roughlyHeard, rating: 80 });
    relay.end();
    expect(sent).toHaveLength(2);
    expect(typesOf(sent[1]?.packet)).toEqual(withReport);
    const [report, name] = partsOf(sent[1]?.packet ?? Buffer.alloc(0));
    expect([report?.readUInt32BE(4), name?.readUInt32BE(4)]).toEqual([relay.networkSsrc, relay.networkSsrc]);
    expect(sent[1]?.packet.subarray(-12, -11).readUInt8(0)).toBe(80);
  });

  it('is told nothing any more when a later description does not ask', () => {
    relay.rtcpFromWeb(compound());
    relay.connect(plain);
    now = 10_000;
    relay.rtcpFromWeb(compound());
    relay.end();
    expect(sent.map(({ packet }) => typesOf(packet))).toEqual([withReport, withoutReport]);
  });
});

it('our name is in every packet once it is known, whether the window repeats it or not (RFC 3550 section 6.1)', () => {
  relay.connect(plain);
  for (const description of [false, true, false, true]) relay.rtcpFromWeb(compound({ description }));
  expect(sent.map(({ packet }) => typesOf(packet))).toEqual([
    [receiverReport],
    withoutReport,
    withoutReport,
    withoutReport,
  ]);
});

describe('nothing is told', () => {
  it('to a far end that did not ask, in the call and at its end', () => {
    relay.connect(plain);
    hear();
    relay.tellMetrics(roughlyHeard);
    for (now = 0; now < 30_000; now += 5000) relay.rtcpFromWeb(compound());
    relay.end();
    expect(sent.map(({ packet }) => typesOf(packet))).toEqual(Array.from({ length: 6 }, () => withoutReport));
  });

  it('before anything of theirs is heard, and before anything is known of it', () => {
    relay.connect(asked);
    relay.tellMetrics(roughlyHeard);
    relay.rtcpFromWeb(compound());
    expect(typesOf(sent[0]?.packet)).toEqual(withoutReport);
    relay = relayTo((packet, target) => sent.push({ packet, target }));
    relay.connect(asked);
    hear();
    relay.rtcpFromWeb(compound());
    relay.end();
    expect(sent).toHaveLength(2);
    expect(typesOf(sent[1]?.packet)).toEqual(withoutReport);
  });
});

describe('on an encrypted line', () => {
  const key = (letter: string) => ({
    suite: 'AES_CM_128_HMAC_SHA1_80' as const,
    key: Buffer.from(letter.repeat(30)).toString('base64'),
  });
  const ends = (ours: string, others: string): Wire => ({ ...asked, srtp: { send: key(ours), receive: key(others) } });

  it('reports are for the other end alone', () => {
    const arrived: Buffer[] = [];
    const other = relayTo((packet) => arrived.push(packet));
    relay.connect(ends('A', 'B'));
    other.connect(ends('B', 'A'));
    const voice = Buffer.alloc(172);
    voice.writeUInt8(0x80, 0);
    for (const one of [relay, other]) {
      one.rtpFromWeb(Buffer.from(voice));
    }
    other.rtpFromNetwork(sent[0]?.packet ?? Buffer.alloc(0), phone);
    relay.rtpFromNetwork(arrived[0] ?? Buffer.alloc(0), phone);
    relay.tellMetrics(roughlyHeard);
    relay.rtcpFromWeb(compound());
    const sealed = sent[1]?.packet ?? Buffer.alloc(0);
    const clear = writeVoipMetrics({ reporter: relay.networkSsrc, source: other.networkSsrc }, roughlyHeard);
    expect(sealed.includes(clear.subarray(16))).toBe(false);

    // Looped back to who sent it, it is nothing.
    relay.rtcpFromNetwork(Buffer.from(sealed), phoneControl);
    expect(relay.meter.report().theirs).toBeUndefined();
    other.rtcpFromNetwork(Buffer.from(sealed), phoneControl);
    expect(other.meter.report().theirs).toMatchObject({ rating: 62, mosListening: 3.2 });
    relay.tellMetrics({ ...roughlyHeard, rating: 10 });
    now = 5000;
    relay.rtcpFromWeb(compound());
    other.rtcpFromNetwork(Buffer.from(sent[2]?.packet ?? sealed), phoneControl);
    // The one before, sent again.
    other.rtcpFromNetwork(Buffer.from(sealed), phoneControl);
    expect(other.meter.report().theirs?.rating).toBe(10);
  });
});

describe('what they tell', () => {
  beforeEach(() => {
    relay.connect(asked);
    hear();
  });

  const report = (reporter: number, source: number) =>
    Buffer.concat([compound({ reporter }), writeVoipMetrics({ reporter, source }, roughlyHeard)]);

  it('of how they hear us is known', () => {
    relay.rtcpFromNetwork(report(theirSsrc, relay.networkSsrc), phoneControl);
    expect(relay.meter.report().theirs).toMatchObject({ roundTrip: 40, mosConversation: 3.1 });
  });

  it('is kept until they tell something else of us that can be read', () => {
    relay.rtcpFromNetwork(report(theirSsrc, relay.networkSsrc), phoneControl);
    relay.rtcpFromNetwork(report(theirSsrc, 0x9999_9999), phoneControl);
    relay.rtcpFromNetwork(compound({ reporter: theirSsrc }), phoneControl);
    relay.rtcpFromNetwork(report(theirSsrc, relay.networkSsrc).subarray(0, -4), phoneControl);
    expect(relay.meter.report().theirs?.rating).toBe(62);
  });

  it.each([
    ['of a stranger, in their name', () => report(theirSsrc, relay.networkSsrc), stranger],
    ['in the name of a stream that is not heard', () => report(0x6666_6666, relay.networkSsrc), phoneControl],
    ['of our own, come back', () => report(relay.networkSsrc, relay.networkSsrc), phoneControl],
    [
      'without a report before it',
      () => report(theirSsrc, relay.networkSsrc).subarray(compound().length),
      phoneControl,
    ],
    [
      'behind a report of theirs, as somebody else',
      () =>
        Buffer.concat([
          compound({ reporter: theirSsrc }),
          writeVoipMetrics({ reporter: 1, source: relay.networkSsrc }, roughlyHeard),
        ]),
      phoneControl,
    ],
  ])('is nothing %s, and moves nothing', (_what, forged, source) => {
    relay.rtcpFromNetwork(forged(), { ...source, port: source.port + 1000 });
    relay.rtcpFromNetwork(forged(), source);
    relay.rtpFromNetwork(forged(), stranger);
    expect(relay.meter.report().theirs).toBeUndefined();
    relay.rtcpFromWeb(compound());
    expect(sent.at(-1)?.target).toEqual(phoneControl);
    expect(relay.target).toEqual(phone);
  });
});
