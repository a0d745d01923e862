import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { isRefused } from './knock.ts';
import { localAddressTowards } from './local-address.ts';
import { realClock } from './net/testing.ts';
import { deadPort } from './net/testing-net.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** The system refuses to connect there: as without any network. */
const nowhere = { address: '255.255.255.255', port: 5060 };

describe('our address towards a host', () => {
  it('is the one that the routing table picks', async () => {
    expect(await localAddressTowards({ address: '127.0.0.1', port: 9 })).toBe('127.0.0.1');
    expect(await localAddressTowards({ address: '::1', port: 9 })).toBe('::1');
  });

  it('is none where no way leads', async () => {
    expect(await localAddressTowards(nowhere)).toBeNull();
  });
});

describe('a knock', () => {
  it('is refused where nobody listens, and where no way leads', async () => {
    expect(await isRefused({ address: '127.0.0.1', port: await deadPort() }, realClock)).toBe(true);
    expect(await isRefused(nowhere, realClock)).toBe(true);
  });

  it('is not where somebody listens', async () => {
    const socket = createSocket('udp4');
    closers.push(() => socket.close());
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    expect(await isRefused({ address: '127.0.0.1', port: socket.address().port }, realClock)).toBe(false);
  });
});
