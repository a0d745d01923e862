// The leg to the network: RTP and RTCP over both families, a route that is gone, and what keeps routers open (RFC 6263).
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeepAlive, keepAliveInterval } from './keep-alive.ts';
import { PlainLeg } from './plain-leg.ts';
import { bindUdp } from './udp.ts';

const opened: { close(): void }[] = [];
afterEach(() => opened.splice(0).forEach((one) => one.close()));

async function open(address: string) {
  const [leg, far] = [await PlainLeg.open(address), await bindUdp(address, 0)];
  opened.push(leg, far);
  return { leg, far, target: { address, port: far.address().port } };
}

it.each(['127.0.0.1', '::1'])('RTP and RTCP come and go on %s', async (address) => {
  const { leg, far, target } = await open(address);
  const heard = Promise.withResolvers<string>();
  leg.listen({
    rtp: (packet, source) => heard.resolve(`${packet.toString()} from ${source.port}`),
    rtcp: () => {},
    failure: (why) => heard.reject(new Error(why)),
  });
  const sent = once(far, 'message');
  leg.sendRtp(Buffer.from('out'), target);
  expect(String((await sent)[0])).toBe('out');
  far.send(Buffer.from('in'), leg.port, address);
  expect(await heard.promise).toBe(`in from ${target.port}`);
  const report = once(far, 'message');
  leg.sendRtcp(Buffer.from('report'), target);
  expect((await report)[1]).toMatchObject({ port: leg.port + 1 });
});

it('a route that is gone costs packets and nothing else', async () => {
  const { leg, far, target } = await open('127.0.0.1');
  const failures: string[] = [];
  leg.listen({ rtp: () => {}, rtcp: () => {}, failure: (why) => failures.push(why) });
  // From a socket on loopback there is no way there.
  leg.sendRtp(Buffer.from('lost'), { address: '192.0.2.1', port: 9 });
  const sent = once(far, 'message');
  leg.sendRtp(Buffer.from('well'), target);
  expect(String((await sent)[0])).toBe('well');
  expect(failures).toEqual([]);
});

describe('a call that sends nothing', () => {
  it('keeps its router open by an empty datagram, not while RTP flows', async () => {
    const { leg, far, target } = await open('127.0.0.1');
    const lengths: number[] = [];
    far.on('message', (packet) => lengths.push(packet.length));
    leg.keepOpen(target, performance.now());
    leg.keepOpen(target, null);
    leg.keepOpen(target, performance.now() - keepAliveInterval);
    leg.sendRtp(Buffer.from('end'), target);
    await vi.waitUntil(() => lengths.at(-1) === 3);
    expect(lengths).toEqual([0, 0, 3]);
  });

  it('does so at once, then each 15 s, until it ends', () => {
    vi.useFakeTimers();
    try {
      let sent = 0;
      const keepAlive = new KeepAlive(() => (sent += 1));
      keepAlive.start();
      keepAlive.start();
      expect(sent).toBe(1);
      vi.advanceTimersByTime(3 * 15_000);
      expect(sent).toBe(4);
      keepAlive.stop();
      vi.advanceTimersByTime(60_000);
      expect(sent).toBe(4);
    } finally {
      vi.useRealTimers();
    }
  });
});
