// dnsmasq, a DNS server on loopback that knows what a test tells it, and nothing else.
import { startChild } from './child.ts';
import { freePort } from './ports.ts';

/** `records`: its own options, such as `host-record=a.test,127.0.0.1`. `server`: `address:port`. */
export async function startDnsmasq(
  records: readonly string[],
): Promise<{ readonly server: string; stop(): Promise<void> }> {
  const port = await freePort();
  const place = [`--port=${port}`, '--listen-address=127.0.0.1', '--bind-interfaces', '--local=/test/', '--user=root'];
  const alone = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--log-facility=-'];
  const child = startChild('dnsmasq', [...alone, ...place, ...records.map((record) => `--${record}`)]);
  await child.waitFor(/started, version/);
  return { server: `127.0.0.1:${port}`, stop: () => child.stop() };
}
