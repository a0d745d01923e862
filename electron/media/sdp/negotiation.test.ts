// Offer and answer: what is written for each wish of the other side, and what both then hold.
import { describe, expect, it } from 'vitest';
import { Negotiation, parseSdp, type OfferedProtection } from './index.ts';

const local = { address: '192.0.2.10', rtpPort: 20_000 };
const theirKey = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';

/** A description of theirs with these lines after the session's. */
function theirs(...lines: string[]): string {
  return ['v=0', 'o=bob 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0', ...lines, ''].join('\r\n');
}

function answer(offer: string, options: { held?: boolean; requireEncryption?: boolean } = {}) {
  return new Negotiation(local).answer(parseSdp(offer), { held: false, requireEncryption: false, ...options });
}

/** Our offer, then their answer to it. */
function agree(text: string, protection: OfferedProtection = 'none') {
  const negotiation = new Negotiation(local);
  negotiation.offer({ protection, held: false });
  return negotiation.accept(parseSdp(text), { requireEncryption: false });
}

describe('our offer', () => {
  it('names every codec with its payload type, and telephone-event in both clocks', () => {
    const offer = new Negotiation(local).offer({ protection: 'none', held: false });
    expect(offer).toContain('c=IN IP4 192.0.2.10\r\n');
    expect(offer).toContain('m=audio 20000 RTP/AVP 111 9 0 8 101 110\r\n');
    expect(offer).toContain('a=rtpmap:111 opus/48000/2\r\n');
    expect(offer).toContain('a=rtpmap:9 G722/8000\r\n');
    expect(offer).toContain('a=rtpmap:101 telephone-event/8000\r\n');
    expect(offer).toContain('a=rtpmap:110 telephone-event/48000\r\n');
    expect(offer).toContain('a=rtcp:20001\r\n');
    expect(offer).toMatch(/a=sendrecv\r\n$/);
    expect(offer).not.toContain('a=crypto');
  });

  it('carries three SDES keys when it is secure, the strongest first', () => {
    const offer = new Negotiation(local).offer({ protection: 'sdes', held: false });
    expect(offer).toContain('RTP/SAVP ');
    expect(
      [...offer.matchAll(/^a=crypto:(\d) (\S+) inline:(\S+)\r$/gm)].map(([, tag, suite]) => `${tag} ${suite}`),
    ).toEqual(['1 AEAD_AES_128_GCM', '2 AES_CM_128_HMAC_SHA1_80', '3 AES_CM_128_HMAC_SHA1_32']);
  });

  it('keeps its version while nothing changes, and raises it by one when something does (RFC 3264 section 8)', () => {
    const negotiation = new Negotiation(local);
    const version = (sdp: string) => Number(/^o=- \d+ (\d+)/m.exec(sdp)?.[1]);
    const first = negotiation.offer({ protection: 'none', held: false });
    expect(version(negotiation.offer({ protection: 'none', held: false }))).toBe(version(first));
    expect(version(negotiation.offer({ protection: 'none', held: true }))).toBe(version(first) + 1);
  });

  it('uses their payload types once they offered theirs, and gives none a second meaning', () => {
    const negotiation = new Negotiation(local);
    const offer = theirs(
      'm=audio 4000 RTP/AVP 110 96',
      'a=rtpmap:110 opus/48000/2',
      'a=rtpmap:96 telephone-event/8000',
    );
    negotiation.answer(parseSdp(offer), { held: false, requireEncryption: false });
    const again = negotiation.offer({ protection: 'none', held: true });
    expect(again).toContain('a=rtpmap:110 opus/48000/2\r\n');
    expect(again).toContain('a=rtpmap:96 telephone-event/8000\r\n');
    expect(again).toMatch(/a=rtpmap:(?!110)\d+ telephone-event\/48000\r\n/);
  });

  it('keeps refused m-lines in their places', () => {
    const negotiation = new Negotiation(local);
    const offer = theirs('m=video 4002 RTP/AVP 96', 'a=rtpmap:96 VP8/90000', 'm=audio 4000 RTP/AVP 0');
    const { sdp } = negotiation.answer(parseSdp(offer), { held: false, requireEncryption: false });
    expect(sdp).toMatch(/m=video 0 RTP\/AVP 96\r\nm=audio 20000 /);
    expect(negotiation.offer({ protection: 'none', held: true })).toMatch(/m=video 0 RTP\/AVP 96\r\nm=audio 20000 /);
  });
});

describe('our answer', () => {
  it('takes their first codec that we speak, under their number', () => {
    const { sdp, agreement } = answer(
      theirs('m=audio 4000 RTP/AVP 18 97 8', 'a=rtpmap:97 opus/48000/2', 'a=fmtp:97 useinbandfec=1;stereo=1;evil=x'),
    );
    expect(sdp).toContain('m=audio 20000 RTP/AVP 97\r\n');
    expect(agreement.selection).toEqual({
      codecs: ['opus'],
      telephoneEvent: null,
      ptime: 20,
      opusFmtp: 'useinbandfec=1',
    });
    expect(agreement.wire.codecs).toEqual([{ name: 'opus', clockRate: 48_000, sendPt: 97, receivePts: [97] }]);
  });

  it('never takes comfort noise, however it is written (RFC 3389)', () => {
    for (const noise of [['13'], ['13', 'a=rtpmap:13 CN/8000'], ['99', 'a=rtpmap:99 CN/16000']]) {
      const [pt, ...lines] = noise;
      const { sdp, agreement } = answer(theirs(`m=audio 4000 RTP/AVP ${pt} 0`, ...lines));
      expect(sdp).toContain('m=audio 20000 RTP/AVP 0\r\n');
      expect(sdp).not.toContain('CN/');
      expect(agreement.wire.codecs.flatMap(({ receivePts }) => receivePts)).toEqual([0]);
    }
  });

  it('speaks IPv6 where the call does', () => {
    const offer = theirs('m=audio 4000 RTP/AVP 0').replaceAll('IN IP4 198.51.100.7', 'IN IP6 2001:db8::7');
    const { sdp, agreement } = new Negotiation({ address: '2001:db8::10', rtpPort: 20_000 }).answer(parseSdp(offer), {
      held: false,
      requireEncryption: false,
    });
    expect(sdp).toContain('\r\nc=IN IP6 2001:db8::10\r\n');
    expect(agreement.wire.remote).toMatchObject({ address: '2001:db8::7', rtpPort: 4000 });
    const held = offer.replace('c=IN IP6 2001:db8::7', 'c=IN IP6 ::');
    expect(answer(held).agreement).toMatchObject({ heldByThem: true, wire: { remote: null } });
  });

  it('knows static payload types without a=rtpmap, bare LF, and names in any case', () => {
    expect(answer(theirs('m=audio 4000 RTP/AVP 0').replaceAll('\r\n', '\n')).agreement.selection.codecs).toEqual([
      'PCMU',
    ]);
    const lower = theirs('m=audio 4000 RTP/AVP 98', 'a=rtpmap:98 pcma/8000');
    expect(answer(lower).sdp).toContain('a=rtpmap:98 PCMA/8000\r\n');
  });

  it('takes the telephone-event of the codec’s own clock, or the one of 8000 Hz', () => {
    const events = ['a=rtpmap:101 telephone-event/8000', 'a=rtpmap:100 telephone-event/48000'];
    const opus = theirs('m=audio 4000 RTP/AVP 111 101 100', 'a=rtpmap:111 opus/48000/2', ...events);
    expect(answer(opus).agreement.wire.telephoneEvent).toEqual({ clockRate: 48_000, sendPt: 100, receivePts: [100] });
    const pcmu = theirs('m=audio 4000 RTP/AVP 0 101 100', ...events);
    expect(answer(pcmu).agreement.wire.telephoneEvent).toEqual({ clockRate: 8000, sendPt: 101, receivePts: [101] });
    const asterisk = theirs('m=audio 4000 RTP/AVP 111 101', 'a=rtpmap:111 opus/48000/2', ...events);
    expect(answer(asterisk).agreement.selection.telephoneEvent).toBe(8000);
  });

  it.each([
    ['a=sendrecv', false, 'a=sendrecv', true, false],
    ['a=sendrecv', true, 'a=sendonly', true, false],
    ['a=sendonly', false, 'a=recvonly', false, true],
    ['a=sendonly', true, 'a=inactive', false, true],
    ['a=recvonly', false, 'a=sendonly', true, false],
    ['a=recvonly', true, 'a=sendonly', true, false],
    ['a=inactive', false, 'a=inactive', false, true],
    ['a=inactive', true, 'a=inactive', false, true],
  ])(
    'to %s, held by us %s, is %s: we send %s, they hold %s (RFC 3264 section 6.1)',
    (line, held, ours, send, heldByThem) => {
      const { sdp, agreement } = answer(theirs('m=audio 4000 RTP/AVP 0', line), { held });
      expect(sdp).toContain(`${ours}\r\n`);
      expect(agreement.wire.send).toBe(send);
      expect(agreement.heldByThem).toBe(heldByThem);
    },
  );

  it('reads c=0.0.0.0 as a hold, and sends nowhere', () => {
    const { sdp, agreement } = answer(theirs('m=audio 4000 RTP/AVP 0', 'c=IN IP4 0.0.0.0'));
    expect(sdp).toContain('a=recvonly\r\n');
    expect(agreement).toMatchObject({ heldByThem: true, wire: { remote: null, send: false } });
  });

  it('takes one SDES line of theirs, with the same tag and a key of ours', () => {
    const { sdp, agreement } = answer(
      theirs(
        'm=audio 4000 RTP/SAVP 0',
        `a=crypto:1 F8_128_HMAC_SHA1_80 inline:${theirKey}`,
        `a=crypto:4 AES_CM_128_HMAC_SHA1_32 inline:${theirKey}|2^20`,
        `a=crypto:5 AES_CM_128_HMAC_SHA1_80 inline:${theirKey}`,
      ),
    );
    expect(sdp).toContain('m=audio 20000 RTP/SAVP 0\r\n');
    const ours = /^a=crypto:4 AES_CM_128_HMAC_SHA1_32 inline:(\S+)\r$/m.exec(sdp)?.[1];
    expect(Buffer.from(ours ?? '', 'base64')).toHaveLength(30);
    expect(agreement.wire.srtp).toEqual({
      send: { suite: 'AES_CM_128_HMAC_SHA1_32', key: ours },
      receive: { suite: 'AES_CM_128_HMAC_SHA1_32', key: theirKey },
    });
  });

  it.each([
    ['a master key identifier', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${theirKey}|2^20|1:4`],
    [
      'a key of the wrong length',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ],
    ['encryption switched off', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${theirKey} UNENCRYPTED_SRTP`],
    ['no key at all', 'a=sendrecv'],
  ])('refuses RTP/SAVP with %s', (_what, line) => {
    expect(() => answer(theirs('m=audio 4000 RTP/SAVP 0', line))).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'no-common-codec' }) }),
    );
  });

  it('prefers the encrypted one of two audio lines', () => {
    const offer = theirs(
      'm=audio 4000 RTP/AVP 0',
      'm=audio 4002 RTP/SAVP 0',
      `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${theirKey}`,
    );
    expect(answer(offer).sdp).toMatch(/m=audio 0 RTP\/AVP 0\r\nm=audio 20000 RTP\/SAVP 0\r\n/);
  });

  it('refuses what is not encrypted when encryption is required', () => {
    const plain = theirs('m=audio 4000 RTP/AVP 0');
    expect(() => answer(plain, { requireEncryption: true })).toThrow(/offers no encryption/);
  });

  it.each([
    ['only G.729', ['m=audio 4000 RTP/AVP 18']],
    ['only video', ['m=video 4000 RTP/AVP 96', 'a=rtpmap:96 VP8/90000']],
    ['audio with port 0', ['m=audio 0 RTP/AVP 0']],
    ['nothing', []],
  ])('finds no common codec in %s', (_what, lines) => {
    expect(() => answer(theirs(...lines))).toThrow(/no audio format in common/);
  });

  it.each([
    [['a=ptime:30'], 30],
    [['a=ptime:20', 'a=maxptime:10'], 10],
    [['a=ptime:200'], 60],
    [['a=ptime:banana'], 20],
    [[], 20],
  ])('with %j sends %i ms a packet', (lines, ptime) => {
    expect(answer(theirs('m=audio 4000 RTP/AVP 0', ...lines)).agreement.selection.ptime).toBe(ptime);
  });

  it('multiplexes RTCP when they offer it, and finds their RTCP port when they do not', () => {
    const muxed = answer(theirs('m=audio 4000 RTP/AVP 0', 'a=rtcp-mux'));
    expect(muxed.sdp).toContain('a=rtcp-mux\r\n');
    expect(muxed.agreement.wire.remote).toMatchObject({ rtpPort: 4000, rtcpPort: 4000, rtcpMux: true });
    expect(answer(theirs('m=audio 4000 RTP/AVP 0')).agreement.wire.remote).toMatchObject({ rtcpPort: 4001 });
    const elsewhere = answer(theirs('m=audio 4000 RTP/AVP 0', 'a=rtcp:5005 IN IP4 198.51.100.7'));
    expect(elsewhere.agreement.wire.remote).toMatchObject({ rtcpPort: 5005 });
  });
});

describe('their answer', () => {
  it('settles their first codec for sending and all of theirs for receiving, under both numbers', () => {
    const agreement = agree(
      theirs('m=audio 4000 RTP/AVP 96 0 98', 'a=rtpmap:96 opus/48000/2', 'a=rtpmap:98 telephone-event/8000'),
    );
    expect(agreement.wire.codecs).toEqual([
      { name: 'opus', clockRate: 48_000, sendPt: 96, receivePts: [111, 96] },
      { name: 'PCMU', clockRate: 8000, sendPt: 0, receivePts: [0] },
    ]);
    expect(agreement.wire.telephoneEvent).toEqual({ clockRate: 8000, sendPt: 98, receivePts: [101, 98] });
  });

  it('is refused when it refuses audio, or names no codec of ours', () => {
    expect(() => agree(theirs('m=audio 0 RTP/AVP 0'))).toThrow(/refused its audio/);
    expect(() => agree(theirs('m=audio 4000 RTP/AVP 18'))).toThrow(/no audio format in common/);
  });

  it('picks one of our keys by its tag', () => {
    const negotiation = new Negotiation(local);
    const ours = /^a=crypto:2 \S+ inline:(\S+)/m.exec(negotiation.offer({ protection: 'sdes', held: false }))?.[1];
    const text = theirs('m=audio 4000 RTP/SAVP 0', `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${theirKey}`);
    const { srtp } = negotiation.accept(parseSdp(text), { requireEncryption: true }).wire;
    expect(srtp?.send.key).toBe(ours);
    expect(srtp?.receive.key).toBe(theirKey);
  });

  it('settles the suite of every later offer', () => {
    const negotiation = new Negotiation(local);
    negotiation.offer({ protection: 'sdes', held: false });
    const line = `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${theirKey}`;
    negotiation.accept(parseSdp(theirs('m=audio 4000 RTP/SAVP 0', line)), { requireEncryption: true });
    const later = negotiation.offer({ protection: 'sdes', held: true });
    expect(later.match(/^a=crypto:.*$/gm)?.map((text) => text.split(' ').slice(0, 2))).toEqual([
      ['a=crypto:1', 'AES_CM_128_HMAC_SHA1_80'],
    ]);
  });

  it('without a key fails where encryption is required (no silent downgrade)', () => {
    const negotiation = new Negotiation(local);
    negotiation.offer({ protection: 'sdes', held: false });
    const plain = parseSdp(theirs('m=audio 4000 RTP/AVP 0'));
    expect(() => negotiation.accept(plain, { requireEncryption: true })).toThrow(/offers no encryption/);
  });

  it('to our hold says nothing of a hold of theirs; to our resume it does', () => {
    const negotiation = new Negotiation(local);
    const accept = (line: string) =>
      negotiation.accept(parseSdp(theirs('m=audio 4000 RTP/AVP 0', line)), { requireEncryption: false });
    negotiation.offer({ protection: 'none', held: true });
    expect(accept('a=inactive')).toMatchObject({ heldByThem: false, wire: { send: false } });
    negotiation.offer({ protection: 'none', held: true });
    expect(accept('a=recvonly')).toMatchObject({ heldByThem: false, wire: { send: true } });
    negotiation.offer({ protection: 'none', held: false });
    expect(accept('a=sendonly')).toMatchObject({ heldByThem: true, wire: { send: false } });
  });
});

describe('a description out of bounds', () => {
  it.each([
    ['empty', ''],
    ['not SDP', 'hello'],
    ['endless', `v=0\r\n${'a=x\r\n'.repeat(20_000)}`],
    ['of a thousand m-lines', theirs(...Array.from({ length: 1000 }, () => 'm=audio 4000 RTP/AVP 0'))],
  ])('is refused: %s', (_what, text) => {
    expect(() => parseSdp(text)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'bad-sdp' }) }),
    );
  });

  it('never throws anything but a problem', () => {
    const seeds = [theirs('m=audio 4000 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000', 'a=ptime:20')];
    for (let round = 0; round < 2000; round++) {
      const seed = seeds[0] ?? '';
      const at = (round * 7919) % seed.length;
      const text = seed.slice(0, at) + String.fromCharCode((round * 31) % 256) + seed.slice(at + (round % 5));
      try {
        answer(text);
      } catch (error) {
        expect(error).toHaveProperty('problem.code');
      }
    }
  });
});
