// The relay between two legs: payload types, one continuous stream, direction, latching, keys, RTCP.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Wire } from '../../../contract/index.ts';
import type { Endpoint } from './latch.ts';
import { Relay } from './relay.ts';
import { marker, payloadType, sequenceNumber, ssrcOf, timestamp } from './rtp.ts';

const phone = { address: '198.51.100.7', port: 4000 };
const stranger = { address: '203.0.113.9', port: 6666 };
const wire: Wire = {
  remote: { address: phone.address, rtpPort: phone.port, rtcpPort: 4001, rtcpMux: false },
  codecs: [{ name: 'opus', clockRate: 48_000, sendPt: 96, receivePts: [96, 111] }],
  telephoneEvent: { clockRate: 8000, sendPt: 97, receivePts: [97] },
  srtp: null,
  send: true,
};

interface Fields {
  pt?: number;
  sequence?: number;
  time?: number;
  ssrc?: number;
  payload?: string;
}

function rtp({ pt = 96, sequence = 1, time = 960, ssrc = 7, payload = 'voice' }: Fields = {}): Buffer {
  const packet = Buffer.concat([Buffer.alloc(12), Buffer.from(payload, 'latin1')]);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(pt, 1);
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(time, 4);
  packet.writeUInt32BE(ssrc, 8);
  return packet;
}

let now = 0;
let toWeb: Buffer[] = [];
let toNetwork: { packet: Buffer; target: Endpoint }[] = [];
let control: { packet: Buffer; target: Endpoint | null }[] = [];
let digits = '';
let firsts: string[] = [];
let relay: Relay;

beforeEach(() => {
  [now, toWeb, toNetwork, control, digits, firsts] = [0, [], [], [], '', []];
  relay = new Relay({
    toWeb: {
      rtp: (packet) => toWeb.push(packet),
      rtcp: (packet) => control.push({ packet, target: null }),
    },
    toNetwork: {
      rtp: (packet, target) => toNetwork.push({ packet, target }),
      rtcp: (packet, target) => control.push({ packet, target }),
    },
    digit: (digit) => (digits += digit),
    firstPacket: (direction) => firsts.push(direction),
    now: () => now,
  });
  relay.useWebPayloadTypes({
    codecs: new Map([
      ['opus', 111],
      ['PCMU', 0],
    ]),
    telephoneEvent: new Map([
      [8000, 126],
      [48_000, 110],
    ]),
  });
});

const fromWeb = (fields: Fields) => relay.rtpFromWeb(rtp({ pt: 111, ...fields }));
const fromNetwork = (fields: Fields = {}, source = phone) => relay.rtpFromNetwork(rtp(fields), source);
const lastOut = () => toNetwork.at(-1)?.packet ?? Buffer.alloc(12);
const lastIn = () => toWeb.at(-1) ?? Buffer.alloc(12);

describe('before SDP settled anything', () => {
  it('nothing passes either way', () => {
    fromWeb({});
    fromNetwork();
    expect([toWeb, toNetwork]).toEqual([[], []]);
  });
});

describe('payload types', () => {
  beforeEach(() => relay.connect(wire));

  it('are those of the other leg', () => {
    fromWeb({ pt: 111 });
    expect(payloadType(lastOut())).toBe(96);
    fromWeb({ pt: 126, sequence: 2 });
    expect(payloadType(lastOut())).toBe(97);
    fromNetwork({ pt: 96 });
    expect(payloadType(lastIn())).toBe(111);
    fromNetwork({ pt: 97, sequence: 2, payload: '\x05\x0a\x00\xa0' });
    expect(payloadType(lastIn())).toBe(126);
  });

  it('that were not settled stay out, and leave no hole in the numbers', () => {
    fromWeb({ pt: 0, sequence: 9 });
    fromWeb({ pt: 111, sequence: 10 });
    const first = sequenceNumber(lastOut());
    fromWeb({ pt: 0, sequence: 11 });
    fromWeb({ pt: 111, sequence: 12 });
    expect(toNetwork).toHaveLength(2);
    expect(sequenceNumber(lastOut())).toBe(first + 1);
    fromNetwork({ pt: 13 });
    expect(toWeb).toEqual([]);
  });

  it('lose header extensions and CSRCs of the other leg', () => {
    const packet = Buffer.concat([
      rtp({ pt: 111, payload: '' }),
      Buffer.from('00000001bede0001aabbccdd', 'hex'),
      Buffer.from('voice'),
    ]);
    packet.writeUInt8(0x91, 0);
    relay.rtpFromWeb(packet);
    expect(lastOut()).toHaveLength(17);
    expect(lastOut().readUInt8(0)).toBe(0x80);
    expect(lastOut().subarray(12).toString()).toBe('voice');
  });
});

describe('a stream', () => {
  beforeEach(() => relay.connect(wire));

  it('keeps one SSRC, numbers and time when the window is replaced', () => {
    fromWeb({ ssrc: 1, sequence: 100, time: 10_000 });
    now = 100;
    fromWeb({ ssrc: 2, sequence: 50_000, time: 777 });
    expect(toNetwork.map(({ packet }) => ssrcOf(packet))).toEqual([relay.networkSsrc, relay.networkSsrc]);
    expect(sequenceNumber(lastOut())).toBe(101);
    expect(timestamp(lastOut())).toBe(10_000 + 4800);
    expect(marker(lastOut())).toBe(true);
  });

  it('keeps one SSRC when another device of theirs takes over', () => {
    fromNetwork({ ssrc: 1, sequence: 100, time: 10_000 });
    now = 60;
    fromNetwork({ ssrc: 2, sequence: 3, time: 5 });
    expect(toWeb.map(ssrcOf)).toEqual([relay.webSsrc, relay.webSsrc]);
    expect(sequenceNumber(lastIn())).toBe(101);
    expect(timestamp(lastIn())).toBe(10_000 + 2880);
  });

  it('is not interrupted by another one while it flows, wherever that seems to come from', () => {
    for (let sequence = 1; sequence <= 50; sequence++) {
      now += 20;
      fromNetwork({ ssrc: 1, sequence });
      fromNetwork({ ssrc: 666, sequence, payload: 'forged' });
    }
    expect(toWeb).toHaveLength(50);
    expect(toWeb.some((packet) => packet.toString('latin1').includes('forged'))).toBe(false);
  });

  it('stops while our direction forbids sending, and goes on without a hole, with a marker', () => {
    fromWeb({ sequence: 1 });
    relay.connect({ ...wire, send: false });
    for (let sequence = 2; sequence < 100; sequence++) fromWeb({ sequence });
    expect(toNetwork).toHaveLength(1);
    relay.connect(wire);
    fromWeb({ sequence: 100 });
    expect(sequenceNumber(lastOut())).toBe(2);
    expect(marker(lastOut())).toBe(true);
    fromWeb({ sequence: 101 });
    expect(marker(lastOut())).toBe(false);
  });

  it('tells its first packet each way, once', () => {
    fromNetwork();
    fromWeb({});
    fromNetwork({ sequence: 2 });
    expect(firsts).toEqual(['in', 'out']);
  });
});

describe('symmetric RTP', () => {
  beforeEach(() => relay.connect(wire));
  const router = { address: '203.0.113.1', port: 31_000 };

  it('sends to the description’s address first, then to where packets come from', () => {
    fromWeb({});
    expect(toNetwork[0]?.target).toEqual(phone);
    for (const sequence of [1, 2, 3]) fromNetwork({ sequence }, router);
    fromWeb({ sequence: 2 });
    expect(toNetwork[1]?.target).toEqual(router);
  });

  it('lets nobody else in once it is settled, until a new description', () => {
    for (const sequence of [1, 2, 3]) fromNetwork({ sequence }, router);
    now = 3001;
    for (const sequence of [2, 3, 4, 5]) fromNetwork({ sequence }, stranger);
    expect(toWeb).toHaveLength(1);
    fromWeb({});
    expect(toNetwork[0]?.target).toEqual(router);
    relay.connect(wire);
    for (const sequence of [3, 4, 5]) fromNetwork({ sequence }, stranger);
    expect(toWeb).toHaveLength(2);
  });

  it('takes another port of the announced host at once', () => {
    fromNetwork({}, { ...phone, port: 5004 });
    fromWeb({});
    expect(toNetwork[0]?.target).toEqual({ ...phone, port: 5004 });
  });

  it('lets no stranger in who sends packets here and there', () => {
    for (const sequence of [1, 5, 9, 2, 700]) fromNetwork({ sequence }, stranger);
    expect(toWeb).toEqual([]);
  });

  it('lets no stranger in while somebody is heard, however new the description is', () => {
    fromNetwork({ sequence: 1 });
    relay.connect(wire);
    for (let sequence = 2; sequence < 100; sequence++) {
      now += 20;
      fromNetwork({ sequence });
      fromNetwork({ sequence }, stranger);
    }
    expect(toWeb).toHaveLength(99);
    fromWeb({});
    expect(toNetwork[0]?.target).toEqual(phone);
  });

  it('always lets the description’s own address in', () => {
    for (const sequence of [1, 2, 3]) fromNetwork({ sequence }, router);
    now = 60_000;
    fromNetwork({ sequence: 2 }, phone);
    fromWeb({});
    expect(toNetwork[0]?.target).toEqual(phone);
  });
});

describe('keys', () => {
  it('are told once each, from lost starts and lost ends', () => {
    relay.connect(wire);
    const key = (code: number, time: number, duration: number, end: boolean, sequence: number) =>
      fromNetwork({
        pt: 97,
        time,
        sequence,
        payload: String.fromCharCode(code, end ? 0x8a : 0x0a, duration >> 8, duration & 255),
      });
    key(5, 1000, 160, false, 1);
    key(5, 1000, 320, true, 2);
    key(5, 1000, 320, true, 3);
    key(11, 9000, 800, true, 9);
    expect(digits).toBe('5#');
  });
});

describe('with SDES keys', () => {
  const key = (letter: string) => Buffer.from(letter.repeat(30)).toString('base64');
  const secure = (theirs: string): Wire => ({
    ...wire,
    srtp: {
      send: { suite: 'AES_CM_128_HMAC_SHA1_80', key: key('A') },
      receive: { suite: 'AES_CM_128_HMAC_SHA1_80', key: key(theirs) },
    },
  });

  /** What a peer with these keys sends. */
  function protectedBy(letter: string, sequence: number): Buffer {
    const sent: Buffer[] = [];
    const peer = new Relay({
      toWeb: { rtp: () => {}, rtcp: () => {} },
      toNetwork: { rtp: (packet) => sent.push(packet), rtcp: () => {} },
      digit: () => {},
      firstPacket: () => {},
      now: () => 0,
    });
    peer.useWebPayloadTypes({ codecs: new Map([['opus', 111]]), telephoneEvent: new Map() });
    const { srtp } = secure('B');
    if (srtp) peer.connect({ ...wire, srtp: { ...srtp, send: { ...srtp.send, key: key(letter) } } });
    peer.rtpFromWeb(rtp({ pt: 111, sequence, ssrc: 7 }));
    return sent[0] ?? Buffer.alloc(0);
  }

  it('takes only what carries theirs, from any address', () => {
    relay.connect(secure('B'));
    fromNetwork();
    relay.rtpFromNetwork(protectedBy('X', 1), phone);
    expect(toWeb).toEqual([]);
    now = 60_000;
    relay.rtpFromNetwork(protectedBy('B', 1), stranger);
    expect(toWeb).toHaveLength(1);
    fromWeb({});
    expect(toNetwork[0]?.target).toEqual(stranger);
    expect(lastOut().subarray(12).toString()).not.toContain('voice');
  });

  it('still takes the old ones for three seconds after new ones came', () => {
    relay.connect(secure('B'));
    relay.connect(secure('C'));
    relay.rtpFromNetwork(protectedBy('B', 1), phone);
    expect(toWeb).toHaveLength(1);
    now = 3001;
    relay.rtpFromNetwork(protectedBy('B', 2), phone);
    expect(toWeb).toHaveLength(1);
    relay.rtpFromNetwork(protectedBy('C', 3), phone);
    expect(toWeb).toHaveLength(2);
  });
});

describe('RTCP', () => {
  it('of another stream than the heard one is nothing, and takes no RTCP of ours away', () => {
    relay.connect(wire);
    fromNetwork({ ssrc: 7 });
    const forged = Buffer.alloc(32);
    forged.writeUInt32BE(0x81c9_0007, 0);
    forged.writeUInt32BE(666, 4);
    forged.writeUInt32BE(relay.networkSsrc, 8);
    relay.rtcpFromNetwork(forged, { address: phone.address, port: 40_001 });
    expect(control).toEqual([]);
    forged.writeUInt32BE(relay.webSsrc, 4);
    relay.rtcpFromWeb(forged);
    expect(control[0]?.target).toEqual({ address: phone.address, port: 4001 });
  });

  it('goes to the RTCP port with our SSRCs, and back with the window’s', () => {
    relay.connect(wire);
    fromWeb({ ssrc: 21 });
    fromNetwork({ ssrc: 42 });
    const about = (reporter: number, source: number) => {
      const packet = Buffer.alloc(32);
      packet.writeUInt32BE(0x81c9_0007, 0);
      packet.writeUInt32BE(reporter, 4);
      packet.writeUInt32BE(source, 8);
      return packet;
    };
    relay.rtcpFromWeb(about(21, relay.webSsrc));
    expect(control[0]?.target).toEqual({ address: phone.address, port: 4001 });
    expect([control[0]?.packet.readUInt32BE(4), control[0]?.packet.readUInt32BE(8)]).toEqual([relay.networkSsrc, 42]);
    relay.rtcpFromNetwork(about(42, relay.networkSsrc), { address: phone.address, port: 4001 });
    expect([control[1]?.packet.readUInt32BE(4), control[1]?.packet.readUInt32BE(8)]).toEqual([relay.webSsrc, 21]);
    relay.rtcpFromNetwork(about(42, relay.networkSsrc), stranger);
    expect(control).toHaveLength(2);
  });
});

describe('garbage', () => {
  it('of any length and look never throws', () => {
    relay.connect(wire);
    for (let round = 0; round < 20_000; round++) {
      const garbage = Buffer.alloc(round % 97);
      for (let at = 0; at < garbage.length; at++) garbage.writeUInt8((round * 31 + at * 17) & 0xff, at);
      if (garbage.length > 1) {
        garbage.writeUInt8(0x80 | (round & 0x3f), 0);
        garbage.writeUInt8([96, 97, 200, 201, 202, 203, 207][round % 7] ?? 0, 1);
      }
      relay.rtpFromNetwork(Buffer.from(garbage), phone);
      relay.rtcpFromNetwork(Buffer.from(garbage), phone);
      relay.rtpFromWeb(Buffer.from(garbage));
      relay.rtcpFromWeb(Buffer.from(garbage));
    }
  });
});
