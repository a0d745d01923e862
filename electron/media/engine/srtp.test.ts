// SRTP and SRTCP: the vectors of the RFCs, rollover, replay, forgery.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { srtpSuiteSchema, type SrtpSuite } from '../../../contract/index.ts';
import { ReplayWindow } from './replay-window.ts';
import { SrtpContext } from './srtp.ts';
import { deriveKey, suites } from './srtp-keys.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const masterKey = hex('E1F97A0D3E018BE0D64FA32C06DE4139');
const masterSalt = hex('0EC675AD498AFEEBB6960B3AABE6');

function rtp(sequence: number, payload = 'hello', ssrc = 0xcafe_babe): Buffer {
  const packet = Buffer.concat([Buffer.alloc(12), Buffer.from(payload)]);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE(ssrc, 8);
  return packet;
}

function report(ssrc = 0xcafe_babe): Buffer {
  const packet = Buffer.alloc(8);
  packet.writeUInt16BE(0x80c9, 0);
  packet.writeUInt16BE(1, 2);
  packet.writeUInt32BE(ssrc, 4);
  return packet;
}

function pair(name: SrtpSuite): [sender: SrtpContext, receiver: SrtpContext] {
  const key = randomBytes(suites[name].key + suites[name].salt).toString('base64');
  return [SrtpContext.fromSdes({ suite: name, key }), SrtpContext.fromSdes({ suite: name, key })];
}

describe('key derivation (RFC 3711 appendix B.3)', () => {
  const suite = suites.AES_CM_128_HMAC_SHA1_80;
  it.each([
    ['cipher key', 0, 16, 'C61E7A93744F39EE10734AFE3FF7A087'],
    ['authentication key', 1, 20, 'CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'],
    ['cipher salt', 2, 14, '30CBBC08863D8C85D49DB34A9AE1'],
  ])('gives the %s', (_what, label, length, expected) => {
    expect(deriveKey(suite, masterKey, masterSalt, label, length)).toEqual(hex(expected));
  });
});

describe('a protected packet', () => {
  it('equals the reference for AES_CM_128_HMAC_SHA1_80', () => {
    const context = new SrtpContext('AES_CM_128_HMAC_SHA1_80', masterKey, masterSalt);
    const packet = hex('800f1234 decafbad cafebabe abababab abababab abababab abababab');
    expect(context.protect(packet)).toEqual(
      hex('800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb'),
    );
  });

  it.each(srtpSuiteSchema.options)('of %s opens again, RTCP too', (name) => {
    const [sender, receiver] = pair(name);
    expect(receiver.unprotect(sender.protect(rtp(1)))).toEqual(rtp(1));
    expect(receiver.rtcp.unprotect(sender.rtcp.protect(report()))).toEqual(report());
  });

  it.each(srtpSuiteSchema.options)('of %s is refused when any byte of it changed', (name) => {
    const [sender, receiver] = pair(name);
    const packet = sender.protect(rtp(1));
    const control = sender.rtcp.protect(report());
    for (let at = 0; at < packet.length; at++) {
      const forged = Buffer.from(packet);
      forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
      expect(receiver.unprotect(forged)).toBeNull();
    }
    for (let at = 0; at < control.length; at++) {
      const forged = Buffer.from(control);
      forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
      expect(receiver.rtcp.unprotect(forged)).toBeNull();
    }
    expect(receiver.unprotect(packet)).toEqual(rtp(1));
  });

  it('of any length of noise is refused, and nothing throws', () => {
    const [, receiver] = pair('AES_CM_128_HMAC_SHA1_80');
    const [, aead] = pair('AEAD_AES_128_GCM');
    for (let length = 0; length < 300; length++) {
      const noise = randomBytes(length);
      if (length > 0) noise.writeUInt8(0x9f, 0);
      for (const context of [receiver, aead]) {
        expect(context.unprotect(noise)).toBeNull();
        expect(context.rtcp.unprotect(noise)).toBeNull();
      }
    }
  });

  it('is not taken twice', () => {
    const [sender, receiver] = pair('AES_CM_128_HMAC_SHA1_80');
    const packet = sender.protect(rtp(1));
    const control = sender.rtcp.protect(report());
    expect(receiver.unprotect(packet)).not.toBeNull();
    expect(receiver.unprotect(packet)).toBeNull();
    expect(receiver.rtcp.unprotect(control)).not.toBeNull();
    expect(receiver.rtcp.unprotect(control)).toBeNull();
  });

  it('is understood over two rollovers of the sequence number, in any order near them', () => {
    const [sender, receiver] = pair('AEAD_AES_128_GCM');
    for (let sequence = 65_000; sequence < 65_000 + 140_000; sequence += 501) {
      const [first, second] = [sender.protect(rtp(sequence)), sender.protect(rtp(sequence + 1))];
      expect(receiver.unprotect(second)).toEqual(rtp(sequence + 1));
      expect(receiver.unprotect(first)).toEqual(rtp(sequence));
    }
  });
});

describe('RTCP of AES_CM_128_HMAC_SHA1_32', () => {
  it('is taken with a tag of 32 bits too, and then answered so', () => {
    const [sender, receiver] = pair('AES_CM_128_HMAC_SHA1_32');
    expect(receiver.rtcp.theirTag).toBeNull();
    expect(receiver.rtcp.unprotect(sender.rtcp.protect(report(), 4))).toEqual(report());
    expect(receiver.rtcp.theirTag).toBe(4);
    expect(receiver.rtcp.unprotect(sender.rtcp.protect(report()))).toEqual(report());
    expect(receiver.rtcp.theirTag).toBe(10);
  });
});

describe('the replay window', () => {
  it('remembers 128 packets', () => {
    const window = new ReplayWindow();
    window.mark(1000);
    expect(window.fresh(1000)).toBe(false);
    expect(window.fresh(999)).toBe(true);
    expect(window.fresh(1000 - 127)).toBe(true);
    expect(window.fresh(1000 - 128)).toBe(false);
    window.mark(1050);
    expect(window.fresh(1000)).toBe(false);
    expect(window.fresh(1049)).toBe(true);
    window.mark(5000);
    expect(window.fresh(4999)).toBe(true);
    expect(window.fresh(1050)).toBe(false);
  });
});
