// Keys by DTLS (RFC 5763) and the account's order of codecs, in offer and answer.
import { describe, expect, it } from 'vitest';
import { Negotiation, parseSdp } from './index.ts';

const hash = (byte: string) => Array.from({ length: 32 }, () => byte).join(':');
const local = {
  address: '192.0.2.10',
  rtpPort: 20_000,
  fingerprint: { algorithm: 'sha-256', value: hash('0A') },
} as const;
const relaxed = { held: false, requireEncryption: false };

function theirs(...lines: string[]): string {
  return ['v=0', 'o=bob 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0', ...lines, ''].join('\r\n');
}

const byDtls = (setup: string, proto = 'UDP/TLS/RTP/SAVP') =>
  theirs(`m=audio 4000 ${proto} 0`, `a=fingerprint:SHA-256 ${hash('bb')}`, `a=setup:${setup}`, 'a=rtcp-mux');

describe('our offer of DTLS', () => {
  it('leaves open who begins, and takes one port', () => {
    const offer = new Negotiation(local).offer({ protection: 'dtls', held: false });
    expect(offer).toContain('m=audio 20000 UDP/TLS/RTP/SAVP 111 ');
    expect(offer).toContain(`a=fingerprint:sha-256 ${hash('0A')}\r\n`);
    expect(offer).toContain('a=setup:actpass\r\n');
    expect(offer).toContain('a=rtcp-mux\r\n');
    expect(offer).not.toContain('a=crypto');
  });

  it.each([
    ['active', 'server'],
    ['passive', 'client'],
  ])('answered by %s makes us the %s', (setup, role) => {
    const negotiation = new Negotiation(local);
    negotiation.offer({ protection: 'dtls', held: false });
    const { wire } = negotiation.accept(parseSdp(byDtls(setup)), { requireEncryption: true });
    expect(wire.dtls).toEqual({ role, fingerprints: [{ algorithm: 'sha-256', value: hash('BB') }] });
    expect(wire.srtp).toBeNull();
  });

  it('answered without a fingerprint is refused, never taken as audio in the clear', () => {
    const negotiation = new Negotiation(local);
    negotiation.offer({ protection: 'dtls', held: false });
    const bare = parseSdp(theirs('m=audio 4000 UDP/TLS/RTP/SAVP 0'));
    expect(() => negotiation.accept(bare, { requireEncryption: false })).toThrow(/refused/);
  });
});

describe('our answer to DTLS', () => {
  it.each([
    ['actpass', 'active', 'client'],
    ['active', 'passive', 'server'],
    ['passive', 'active', 'client'],
  ])('to %s is %s', (setup, ours, role) => {
    const { sdp, agreement } = new Negotiation(local).answer(parseSdp(byDtls(setup)), relaxed);
    expect(sdp).toContain(`a=setup:${ours}\r\n`);
    expect(sdp).toContain('m=audio 20000 UDP/TLS/RTP/SAVP 0\r\n');
    expect(agreement.wire.dtls?.role).toBe(role);
  });

  it('keeps the role that the handshake had', () => {
    const negotiation = new Negotiation(local);
    negotiation.answer(parseSdp(byDtls('active')), relaxed);
    expect(negotiation.answer(parseSdp(byDtls('actpass')), relaxed).sdp).toContain('a=setup:passive\r\n');
  });

  it('takes a fingerprint of the session, and one under RTP/SAVPF', () => {
    const session = byDtls('actpass').replace(/(m=.*\r\n)(a=fingerprint.*\r\n)/, '$2$1');
    expect(new Negotiation(local).answer(parseSdp(session), relaxed).agreement.wire.dtls).toBeDefined();
    const old = byDtls('actpass', 'RTP/SAVPF');
    expect(new Negotiation(local).answer(parseSdp(old), relaxed).sdp).toContain('m=audio 20000 RTP/SAVPF 0');
  });

  it.each(['a=fingerprint:md5 AA:BB', 'a=fingerprint:sha-1 AA:BB', 'a=fingerprint:sha-256 AA:BB', 'a=x'])(
    'refuses what proves nothing: %s',
    (line) => {
      const offer = parseSdp(theirs('m=audio 4000 UDP/TLS/RTP/SAVP 0', line, 'a=setup:actpass'));
      expect(() => new Negotiation(local).answer(offer, relaxed)).toThrow(/no audio format in common/);
    },
  );

  it('is as good as SDES where encryption is required', () => {
    const offer = parseSdp(byDtls('actpass'));
    const { agreement } = new Negotiation(local).answer(offer, { held: false, requireEncryption: true });
    expect(agreement.wire.dtls).toBeDefined();
  });
});

describe('an account with an order of codecs', () => {
  const order = ['PCMA', 'opus'] as const;
  const many = theirs('m=audio 4000 RTP/AVP 0 9 96 8', 'a=rtpmap:96 opus/48000/2');

  it('offers these alone, in this order', () => {
    const offer = new Negotiation(local, { codecs: order }).offer({ protection: 'none', held: false });
    expect(offer).toContain('m=audio 20000 RTP/AVP 8 111 101 110\r\n');
  });

  it('answers with its first one that they speak', () => {
    expect(new Negotiation(local, { codecs: order }).answer(parseSdp(many), relaxed).sdp).toContain(
      'm=audio 20000 RTP/AVP 8\r\n',
    );
    expect(new Negotiation(local).answer(parseSdp(many), relaxed).sdp).toContain('m=audio 20000 RTP/AVP 0\r\n');
  });

  it('has nothing in common with a phone that speaks none of them', () => {
    const offer = parseSdp(theirs('m=audio 4000 RTP/AVP 0 9'));
    expect(() => new Negotiation(local, { codecs: order }).answer(offer, relaxed)).toThrow(/no audio format in common/);
  });
});

describe('ports that moved', () => {
  it('are offered under the next version, with new keys when the old engine is gone', () => {
    const negotiation = new Negotiation(local);
    const keys = (sdp: string) => [...sdp.matchAll(/inline:(\S+)/g)].map(([, key]) => key);
    const before = negotiation.offer({ protection: 'sdes', held: false });
    negotiation.moveTo({ ...local, rtpPort: 20_002 }, { newKeys: false });
    const moved = negotiation.offer({ protection: 'sdes', held: false });
    expect(moved).toContain('m=audio 20002 ');
    expect(moved).toMatch(/^o=- \d+ 2 /m);
    expect(keys(moved)).toEqual(keys(before));
    negotiation.moveTo({ ...local, rtpPort: 20_004 }, { newKeys: true });
    expect(keys(negotiation.offer({ protection: 'sdes', held: false }))).not.toEqual(keys(before));
  });
});
