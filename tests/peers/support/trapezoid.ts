// The SIP trapezoid in network namespaces: two companies, each with its own proxy, found by DNS.
//   10.77.0.53 dnsmasq (tz-hub)   10.77.0.10 sip.a.test (tz-pxa)   10.77.0.20 sip.b.test (tz-pxb)
//   10.77.0.11 phone X (tz-uaa)   10.77.0.21 phone Y (tz-uab)
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, missingPrograms, startChild, type Child, type ChildOptions } from './child.ts';
import { startKamailio, type Kamailio } from './kamailio.ts';

/** Debian packages a caller must have for {@link startTrapezoid}, beside Kamailio's. */
export const trapezoidPackages = 'dnsmasq-base iproute2 openssl tcpdump';

const namespaces = { hub: 'tz-hub', proxyA: 'tz-pxa', proxyB: 'tz-pxb', phoneX: 'tz-uaa', phoneY: 'tz-uab' } as const;
const lockFile = join(tmpdir(), 'hookswitch-trapezoid.lock');

export interface Trapezoid {
  /** Names for `ip netns exec`. */
  readonly namespaces: typeof namespaces;
  readonly addresses: { dns: string; proxyA: string; proxyB: string; phoneX: string; phoneY: string };
  /** x@a.test registers here; SRV says 5060. */
  readonly a: Kamailio;
  /** y@b.test registers here; SRV says 5062 on purpose, so that a phone that skips SRV fails. */
  readonly b: Kamailio;
  /** Both authorities in one file, for `caFile`. */
  readonly caFile: string;
  /** Everything on the wire but DNS; null without tcpdump. */
  readonly captureFile: string | null;
  /** Runs a program in a namespace; end it with its `stop`. */
  run(
    namespace: keyof typeof namespaces,
    program: string,
    args: readonly string[],
    options?: Omit<ChildOptions, 'netns'>,
  ): Child;
  /** Ends servers, removes namespaces. */
  stop(): Promise<void>;
}

/** Why a trapezoid cannot be made here, or null. */
export function trapezoidUnavailable(): string | null {
  if (process.platform !== 'linux') return 'Network namespaces exist only on Linux.';
  if (process.getuid?.() !== 0) return 'Network namespaces need root.';
  const missing = missingPrograms('ip', 'dnsmasq', 'kamailio', 'openssl');
  if (missing.length > 0) return `Not installed: ${missing.join(', ')}.`;
  try {
    ip('netns', 'add', 'tz-probe');
    ip('netns', 'del', 'tz-probe');
    return null;
  } catch (error) {
    return `This machine allows no network namespaces: ${error instanceof Error ? error.message.split('\n')[1] : ''}`;
  }
}

/**
 * Brings the trapezoid up. One at a time on a machine: the names and addresses are fixed, so a second caller waits.
 * `rr`: the proxies record-route; `norr`: they do not, and ACK and BYE go from phone to phone.
 */
export async function startTrapezoid(mode: 'rr' | 'norr' = 'rr'): Promise<Trapezoid> {
  await takeLock();
  const folder = mkdtempSync(join(tmpdir(), 'hs-tz-'));
  const children: Child[] = [];
  const servers: Kamailio[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await Promise.all(children.map((child) => child.stop()));
    removeNamespaces();
    rmSync(folder, { recursive: true, force: true });
    rmSync(lockFile, { force: true });
  };
  try {
    removeNamespaces();
    makeNamespaces();
    writeFileSync(join(folder, 'dnsmasq.conf'), zone);
    children.push(
      startChild('dnsmasq', ['-C', join(folder, 'dnsmasq.conf')], {
        netns: namespaces.hub,
        logFile: join(folder, 'dnsmasq.log'),
      }),
    );
    await children[0]?.waitFor(/started, version/);
    const captureFile = findProgram('tcpdump') === null ? null : join(folder, `${mode}.pcap`);
    if (captureFile !== null) {
      const capture = startChild('tcpdump', ['-U', '-i', 'br0', '-s0', '-w', captureFile, 'not', 'port', '53'], {
        netns: namespaces.hub,
      });
      children.push(capture);
      await capture.waitFor(/listening on/);
    }
    const common = { recordRoute: mode === 'rr' };
    const a = await startKamailio({
      ...common,
      domain: 'a.test',
      address: '10.77.0.10',
      ports: { sip: 5060, tls: 5061, ws: 5080, wss: 5443 },
      netns: namespaces.proxyA,
    });
    servers.push(a);
    const b = await startKamailio({
      ...common,
      domain: 'b.test',
      aliases: ['c.test'],
      address: '10.77.0.20',
      ports: { sip: 5062, tls: 5063, ws: 5080, wss: 5443 },
      netns: namespaces.proxyB,
    });
    servers.push(b);
    const caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, readFileSync(a.caFile, 'utf8') + readFileSync(b.caFile, 'utf8'));
    return {
      namespaces,
      addresses: {
        dns: '10.77.0.53',
        proxyA: '10.77.0.10',
        proxyB: '10.77.0.20',
        phoneX: '10.77.0.11',
        phoneY: '10.77.0.21',
      },
      a,
      b,
      caFile,
      captureFile,
      run(namespace, program, args, options = {}) {
        const child = startChild(program, args, { ...options, netns: namespaces[namespace] });
        children.push(child);
        return child;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// NAPTR and SRV for each transport. c.test: the first target is dead, the second is b's proxy (failover).
const zone = `no-resolv
no-hosts
no-daemon
bind-interfaces
listen-address=10.77.0.53
local-ttl=5
local=/test/
host-record=sip.a.test,10.77.0.10,fd77::10
host-record=sip.b.test,10.77.0.20,fd77::20
naptr-record=a.test,10,10,s,SIPS+D2T,,_sips._tcp.a.test
naptr-record=a.test,20,10,s,SIP+D2U,,_sip._udp.a.test
naptr-record=a.test,30,10,s,SIP+D2T,,_sip._tcp.a.test
naptr-record=b.test,20,10,s,SIP+D2U,,_sip._udp.b.test
naptr-record=b.test,30,10,s,SIP+D2T,,_sip._tcp.b.test
srv-host=_sip._udp.a.test,sip.a.test,5060,10,50
srv-host=_sip._tcp.a.test,sip.a.test,5060,10,50
srv-host=_sips._tcp.a.test,sip.a.test,5061,10,50
srv-host=_sip._udp.b.test,sip.b.test,5062,10,50
srv-host=_sip._tcp.b.test,sip.b.test,5062,10,50
srv-host=_sips._tcp.b.test,sip.b.test,5063,10,50
srv-host=_sip._udp.c.test,dead.c.test,5060,10,50
srv-host=_sip._udp.c.test,sip.b.test,5062,20,50
host-record=dead.c.test,10.77.0.99
`;

function ip(...args: string[]): void {
  execFileSync(findProgram('ip') ?? 'ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function makeNamespaces(): void {
  const { hub } = namespaces;
  ip('netns', 'add', hub);
  ip('-n', hub, 'link', 'set', 'lo', 'up');
  ip('-n', hub, 'link', 'add', 'br0', 'type', 'bridge');
  ip('-n', hub, 'addr', 'add', '10.77.0.53/24', 'dev', 'br0');
  ip('-n', hub, 'addr', 'add', 'fd77::53/64', 'dev', 'br0', 'nodad');
  ip('-n', hub, 'link', 'set', 'br0', 'up');
  const members = [
    [namespaces.proxyA, '10'],
    [namespaces.proxyB, '20'],
    [namespaces.phoneX, '11'],
    [namespaces.phoneY, '21'],
  ] as const;
  for (const [name, last] of members) {
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('link', 'add', `v-${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    ip('link', 'set', `v-${name}`, 'netns', hub);
    ip('-n', hub, 'link', 'set', `v-${name}`, 'master', 'br0', 'up');
    ip('-n', name, 'addr', 'add', `10.77.0.${last}/24`, 'dev', 'eth0');
    ip('-n', name, 'addr', 'add', `fd77::${last}/64`, 'dev', 'eth0', 'nodad');
    ip('-n', name, 'link', 'set', 'eth0', 'up');
    ip('-n', name, 'route', 'add', 'default', 'via', '10.77.0.53');
    mkdirSync(`/etc/netns/${name}`, { recursive: true });
    writeFileSync(`/etc/netns/${name}/resolv.conf`, 'nameserver 10.77.0.53\noptions timeout:1 attempts:2\n');
  }
}

/** What still runs in them, left by a test that failed or a process that was killed, ends with them. */
function removeNamespaces(): void {
  for (const name of Object.values(namespaces)) {
    endProcessesIn(name);
    try {
      ip('netns', 'del', name);
    } catch {
      // It was not there.
    }
    try {
      rmSync(`/etc/netns/${name}/resolv.conf`, { force: true });
      rmdirSync(`/etc/netns/${name}`);
    } catch {
      // Nor was its folder.
    }
  }
}

/** Nothing where the namespace does not exist. */
function endProcessesIn(name: string): void {
  const pids = spawnSync(findProgram('ip') ?? 'ip', ['netns', 'pids', name], { encoding: 'utf8' }).stdout;
  for (const pid of pids.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Waits while another process has its trapezoid up; takes over after one that died. */
async function takeLock(): Promise<void> {
  const end = performance.now() + 300_000;
  for (;;) {
    try {
      const file = openSync(lockFile, 'wx');
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch {
      const holder = Number(readFileSync(lockFile, 'utf8'));
      if (holder > 0 && !isAlive(holder)) rmSync(lockFile, { force: true });
      else if (performance.now() > end) throw new Error(`Process ${holder} keeps its trapezoid up.`);
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
