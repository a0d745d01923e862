// DTLS on the network leg: with whom, and what of theirs counts that came before their answer did.
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Wire } from '../../../contract/index.ts';
import { makeCertificate, type Certificate } from './dtls.ts';
import type { Endpoint } from './latch.ts';
import { NetworkHandshake } from './network-handshake.ts';

const [ours, theirs, stranger] = [4000, 4002, 4004].map((port): Endpoint => ({ address: '127.0.0.1', port }));
const opened: NetworkHandshake[] = [];
let certificate: Certificate;

beforeAll(async () => {
  certificate = await makeCertificate();
});
afterEach(() => opened.splice(0).forEach((one) => one.close()));

function wire(role: 'client' | 'server'): Wire {
  const fingerprints = [{ algorithm: 'sha-256', value: certificate.fingerprint } as const];
  const codecs = [{ name: 'PCMU', clockRate: 8000, sendPt: 0, receivePts: [0] } as const];
  return {
    remote: null,
    codecs: codecs.map((codec) => ({ ...codec, receivePts: [...codec.receivePts] })),
    telephoneEvent: null,
    srtp: null,
    send: true,
    dtls: { role, fingerprints },
  };
}

/** One side; what it sends goes to `send`. */
function side(target: Endpoint | undefined, send: (packet: Buffer) => void) {
  const keys = Promise.withResolvers<void>();
  const handshake = new NetworkHandshake({
    certificate,
    target: () => target ?? null,
    send,
    onKeys: () => keys.resolve(),
    onFailure: (why) => keys.reject(new Error(why)),
  });
  opened.push(handshake);
  return { handshake, keys: keys.promise };
}

describe('a handshake that they begin before their answer came', () => {
  it('goes on as soon as it came, without their saying it again', async () => {
    const said = { early: 0, again: 0 };
    let [settled, answered] = [false, false];
    const us = side(theirs, (packet) => {
      answered = true;
      if (ours) them.handshake.take(packet, ours);
    });
    const them = side(ours, (packet) => {
      if (!settled) said.early += 1;
      else if (!answered) said.again += 1;
      if (theirs) us.handshake.take(packet, theirs);
    });
    them.handshake.settle(wire('client'), { address: '127.0.0.1', port: 4002 });
    await vi.waitUntil(() => said.early > 0);
    us.handshake.settle(wire('server'), { address: '127.0.0.1', port: 4000 });
    settled = true;
    await Promise.all([us.keys, them.keys]);
    expect(said.again).toBe(0);
  });

  it('is nothing when it is a stranger who began', async () => {
    const answers: Buffer[] = [];
    const us = side(theirs, (packet) => answers.push(packet));
    const someone = side(ours, (packet) => stranger && us.handshake.take(packet, stranger));
    someone.handshake.settle(wire('client'), { address: '127.0.0.1', port: 4004 });
    us.handshake.settle(wire('server'), { address: '127.0.0.1', port: 4000 });
    expect(answers).toEqual([]);
  });
});
