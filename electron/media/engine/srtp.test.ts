// SRTP and SRTCP: the vectors of the RFCs, rollover, replay, forgery.
import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { srtpSuiteSchema, type SrtpSuite } from '../../../contract/index.ts';
import { ReplayWindow } from './replay-window.ts';
import { SrtpContext } from './srtp.ts';
import { deriveKey, suites } from './srtp-keys.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const masterKey = hex('E1F97A0D3E018BE0D64FA32C06DE4139');
const masterKey256 = hex('f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6');
const masterSalt256 = hex('3b04803de51ee7c96423ab5b78d2');
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

describe('key derivation with AES-256 (RFC 6188 section 7.2)', () => {
  it.each([
    ['cipher key', 0, 32, '5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4'],
    ['authentication key', 1, 20, 'fd9c32d39ed5fbb5a9dc96b30818454d1313dc05'],
    ['cipher salt', 2, 14, 'fa31791685ca444a9e07c6c64e93'],
  ])('gives the %s', (_what, label, length, expected) => {
    const suite = suites.AES_256_CM_HMAC_SHA1_80;
    expect(deriveKey(suite, masterKey256, masterSalt256, label, length)).toEqual(hex(expected));
  });
});

describe('packets of RFC 7714', () => {
  const salt = hex('517569642070726f2071756f');
  const packet = hex(
    '8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573',
  );
  const control = hex(
    '81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  );
  const vectors = [
    [
      'AEAD_AES_128_GCM',
      16,
      '8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
      '81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4',
    ],
    [
      'AEAD_AES_256_GCM',
      32,
      '8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
      '81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4',
    ],
  ] as const;
  const keysOf = (length: number) => {
    const cipher = createSecretKey(Buffer.from(Array.from({ length }, (_byte, at) => at)));
    const keys = { cipher, authentication: createSecretKey(Buffer.alloc(0)), salt };
    return { rtp: keys, rtcp: keys };
  };

  it.each(vectors)('are protected and opened with %s (section 16)', (suite, length, expected) => {
    expect(new SrtpContext(suite, keysOf(length)).protect(Buffer.from(packet))).toEqual(hex(expected));
    expect(new SrtpContext(suite, keysOf(length)).unprotect(hex(expected))).toEqual(packet);
  });

  it.each(vectors)('are protected and opened with %s as RTCP (section 17)', (suite, length, _rtp, expected) => {
    expect(new SrtpContext(suite, keysOf(length)).rtcp.unprotect(hex(expected))).toEqual(control);
    const sender = new SrtpContext(suite, keysOf(length)).rtcp;
    for (let index = 1; index < 0x5d4; index++) sender.protect(control);
    expect(sender.protect(control)).toEqual(hex(expected));
  });
});

describe('a stream that began long before us', () => {
  /** A sender whose sequence numbers wrapped three times. */
  function oldSender(name: SrtpSuite): [SrtpContext, key: string, sequence: number] {
    const key = randomBytes(suites[name].key + suites[name].salt).toString('base64');
    const sender = SrtpContext.fromSdes({ suite: name, key });
    const last = 3 * 0x1_0000 + 500;
    for (let sequence = 0; sequence <= last; sequence += 20_000) sender.protect(rtp(sequence));
    return [sender, key, last];
  }

  it.each(['AES_CM_128_HMAC_SHA1_80', 'AEAD_AES_256_GCM'] as const)('is joined by trying, with %s', (suite) => {
    const [sender, key, last] = oldSender(suite);
    const late = SrtpContext.fromSdes({ suite, key }, { joinedLate: true });
    const packet = sender.protect(rtp(last));
    expect(late.unprotect(packet)).toEqual(rtp(last));
    expect(late.unprotect(packet)).toBeNull();
    expect(late.unprotect(sender.protect(rtp(last + 1)))).toEqual(rtp(last + 1));
  });

  it('is not tried for unless it may be so', () => {
    const [sender, key, last] = oldSender('AES_CM_128_HMAC_SHA1_80');
    const receiver = SrtpContext.fromSdes({ suite: 'AES_CM_128_HMAC_SHA1_80', key });
    expect(receiver.unprotect(sender.protect(rtp(last)))).toBeNull();
  });
});

describe('a protected packet', () => {
  it('equals the reference for AES_256_CM_HMAC_SHA1_80', () => {
    const context = SrtpContext.fromMaster('AES_256_CM_HMAC_SHA1_80', masterKey256, masterSalt256);
    const packet = hex('800f1234 decafbad cafebabe abababab abababab abababab abababab');
    expect(context.protect(packet)).toEqual(
      hex('800f1234 decafbad cafebabe f1d9de17 ff251ff1 aa007774 b0b4b40d a08d9d9a 5b3a55d8 873b'),
    );
  });

  it('equals the reference for AES_CM_128_HMAC_SHA1_80', () => {
    const context = SrtpContext.fromMaster('AES_CM_128_HMAC_SHA1_80', masterKey, masterSalt);
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

  it.each(srtpSuiteSchema.options)(
    'of %s opens behind losses and forgeries, out of order, and after a long gap',
    (name) => {
      const [sender, receiver] = pair(name);
      for (const start of [65_500, 65_600, 70_000, 140_000]) {
        const sent = Array.from({ length: 40 }, (_, at) => ({ at, packet: sender.protect(rtp(start + at)) }));
        const arriving = sent.filter(({ at }) => at !== 3 && at !== 17 && at !== 18);
        arriving.sort((a, b) => (a.at ^ 1) - (b.at ^ 1));
        for (const { at, packet } of arriving) {
          const forged = Buffer.from(packet);
          forged.writeUInt8(forged.readUInt8(forged.length - 1) ^ 1, forged.length - 1);
          expect(receiver.unprotect(forged)).toBeNull();
          expect(receiver.unprotect(packet)).toEqual(rtp(start + at));
        }
      }
    },
  );

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
