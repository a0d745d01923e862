// The net: opens flows, reuses them, hears what comes in on them (RFC 3261 section 18).
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { formatHostPort, parseMessage, type Head } from '../wire/index.ts';
import { connectStream, connectWebSocket, readAuthority, type ConnectOptions } from './connect.ts';
import { openEndpoint, type Endpoint } from './endpoint.ts';
import { StreamFlow } from './stream-flow.ts';
import { isStun } from './stun.ts';
import { TransportError } from './transport-error.ts';
import type { Flow, Net, NetOptions, OpenOptions, Target } from './types.ts';
import { connectProbe, UdpFlow, udpFlowId } from './udp-flow.ts';
import { WsFlow } from './ws-flow.ts';

type OwnFlow = UdpFlow | StreamFlow | WsFlow;

/**
 * Milliseconds until an attempt to connect counts as failed, where there is no other target to try. The system repeats its
 * SYN after 1, 3, 7 and 15 s, so that a host that comes back meanwhile is found.
 */
const CONNECT_TIMEOUT = 16_000;

/** Connections that peers may hold to us, in all and from one address. */
const MAX_ACCEPTED = 200;
const MAX_ACCEPTED_PER_PEER = 20;

/** UDP flows each hold a socket; beyond this, those that nobody used for a while are closed. */
const MAX_UDP_FLOWS = 100;

/** Makes a net. Sockets are opened when they are first needed. */
export function createNet(options: NetOptions): Net {
  const { clock, log, listener } = options;
  const endpoints = new Map<string, Promise<Endpoint>>();
  const opening = new Map<string, Promise<OwnFlow>>();
  const flows = new Map<string, OwnFlow>();
  const accepted = new Set<StreamFlow>();
  const opened = new WeakMap<OwnFlow, Target>();
  const sessions = new Map<string, Buffer>();
  let closed = false;

  function endpointAt(address: string): Promise<Endpoint> {
    let endpoint = endpoints.get(address);
    if (!endpoint) {
      endpoint = openEndpoint(address, log, { datagram: receiveDatagram, connection: accept });
      endpoint.catch(() => endpoints.delete(address));
      endpoints.set(address, endpoint);
    }
    return endpoint;
  }

  function receive(bytes: Buffer, flow: Flow, head?: Head): void {
    try {
      const message = parseMessage(bytes, { stream: flow.transport === 'tcp' || flow.transport === 'tls', head });
      if (message.kind !== 'malformed') listener.message(message, flow, bytes);
      else listener.malformed?.(message, flow, bytes);
    } catch (error) {
      log.error('handling a message failed', { flow: flow.id, error: String(error) });
    }
  }

  function receiveDatagram(endpoint: Endpoint, bytes: Buffer, remote: { address: string; port: number }): void {
    // Keep-alives: empty, or empty lines.
    if (bytes.length <= 4 || options.mayPass?.(remote.address) === false) return;
    const known = flows.get(udpFlowId(endpoint, remote));
    if (isStun(bytes)) {
      if (known instanceof UdpFlow) known.receiveStun(bytes);
      return;
    }
    receive(bytes, known ?? new UdpFlow({ endpoint, remote, clock, probe: null, onClosed: () => {} }));
  }

  function accept(endpoint: Endpoint, socket: net.Socket): void {
    const fromPeer = [...accepted].filter((flow) => flow.remote.address === socket.remoteAddress).length;
    const address = socket.remoteAddress ?? '';
    const mayPass = (): boolean => options.mayPass?.(address) !== false;
    if (closed || accepted.size >= MAX_ACCEPTED || fromPeer >= MAX_ACCEPTED_PER_PEER || !mayPass()) {
      socket.on('error', () => {});
      socket.destroy();
      return;
    }
    const flow = new StreamFlow({
      socket,
      transport: 'tcp',
      sentBy: formatHostPort(endpoint.address, endpoint.port),
      ours: false,
      mayPass,
      clock,
      onMessage: receive,
      onClosed: (ended, error) => {
        accepted.delete(ended);
        report(ended, error);
      },
    });
    accepted.add(flow);
  }

  function report(flow: OwnFlow, error?: Error): void {
    for (const [key, value] of flows) if (value === flow) flows.delete(key);
    if (!closed) listener.closed(flow, error);
  }

  async function openUdp(target: Target, key: string): Promise<OwnFlow> {
    const remote = { address: target.host, port: target.port };
    const probe = await connectProbe(remote, options.localAddress);
    const endpoint = await endpointAt(probe.address().address).catch((error: unknown) => {
      probe.close();
      throw error;
    });
    const id = udpFlowId(endpoint, remote);
    const known = flows.get(id);
    if (known) {
      probe.close();
      flows.set(key, known);
      return known;
    }
    closeIdleDatagramFlows();
    const flow = new UdpFlow({ endpoint, remote, clock, probe, onClosed: report });
    flows.set(id, flow);
    return flow;
  }

  function closeIdleDatagramFlows(): void {
    const udp = [...new Set(flows.values())].filter((flow): flow is UdpFlow => flow instanceof UdpFlow);
    if (udp.length < MAX_UDP_FLOWS) return;
    for (const flow of udp) if (flow.idle) flow.close();
  }

  async function openStream(target: Target, transport: 'tcp' | 'tls', timeout: number): Promise<OwnFlow> {
    const ca = await authorityOf(target);
    const socket = await connectStream(target, { timeout, ...placeAndTrust(ca) });
    const address = socket.localAddress ?? '';
    const endpoint = transport === 'tcp' ? await endpointAt(address).catch(() => null) : null;
    // A TLS peer has no listener of ours to come to: without Record-Route only this connection leads here.
    const port = endpoint?.listensTcp ? endpoint.port : (socket.localPort ?? 0);
    if (socket.destroyed) throw new TransportError('closed', `${target.host} closed the connection`);
    const sentBy = formatHostPort(address, port);
    return new StreamFlow({ socket, transport, sentBy, ours: true, clock, onMessage: receive, onClosed: report });
  }

  async function openWebSocket(target: Target, transport: 'ws' | 'wss', timeout: number): Promise<OwnFlow> {
    const ca = await authorityOf(target);
    const { webSocket, socket } = await connectWebSocket(target, { timeout, ...placeAndTrust(ca) });
    return new WsFlow({ webSocket, socket, transport, clock, onMessage: receive, onClosed: report });
  }

  /** True when the routing table still picks this flow's local address for its peer. */
  async function stillLeadsOut(flow: UdpFlow): Promise<boolean> {
    try {
      const probe = await connectProbe(flow.remote, options.localAddress);
      const { address } = probe.address();
      probe.close();
      return address === flow.local.address;
    } catch {
      return false;
    }
  }

  /** See OpenOptions.exact. */
  function sameServer(target: Target): OwnFlow | undefined {
    const named = target.domain !== undefined && net.isIP(target.domain) === 0;
    for (const flow of flows.values()) {
      const other = opened.get(flow);
      if (other?.transport !== target.transport || other.host !== target.host || other.port !== target.port) continue;
      const sameName = !named || target.domain === other.domain;
      const sameAuthority = target.caFile === undefined || target.caFile === other.caFile;
      if (sameName && sameAuthority && (!named || sameTrust(target, other))) return flow;
    }
    return undefined;
  }

  function placeAndTrust(ca: string | undefined): Omit<ConnectOptions, 'timeout'> {
    return {
      clock,
      sessions,
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
      ...(ca === undefined ? {} : { ca }),
    };
  }

  async function authorityOf(target: Target): Promise<string | undefined> {
    if (target.transport !== 'tls' && target.transport !== 'wss') return undefined;
    return target.caFile === undefined ? options.tls?.(target).ca : readAuthority(target.caFile);
  }

  async function openNew(target: Target, key: string, timeout: number): Promise<OwnFlow> {
    if (closed) throw new TransportError('closed', 'the SIP network is closed');
    const { transport } = target;
    if (net.isIP(target.host) === 0) throw new TransportError('unreachable', `${target.host} is not an address`);
    const flow =
      transport === 'udp'
        ? await openUdp(target, key)
        : transport === 'tcp' || transport === 'tls'
          ? await openStream(target, transport, timeout)
          : await openWebSocket(target, transport, timeout);
    if (closed) {
      flow.close();
      throw new TransportError('closed', 'the SIP network is closed');
    }
    if (flow.open) {
      flows.set(key, flow);
      opened.set(flow, target);
    }
    return flow;
  }

  return {
    async open(target, open: OpenOptions = {}) {
      const key = keyOf(target);
      const known = flows.get(key) ?? (open.exact ? undefined : sameServer(target));
      let flow = known?.open ? known : undefined;
      if (!flow) {
        let attempt = opening.get(key);
        if (!attempt) {
          attempt = openNew(target, key, open.timeout ?? CONNECT_TIMEOUT).finally(() => opening.delete(key));
          opening.set(key, attempt);
        }
        flow = await attempt;
      }
      if (open.keepAlive && flow instanceof UdpFlow) flow.startKeepAlive();
      return flow;
    },
    async listen(address) {
      const endpoint = await endpointAt(address);
      return { address: endpoint.address, port: endpoint.port };
    },
    datagrams(from, remote) {
      if (!(from instanceof UdpFlow)) throw new TransportError('closed', 'not a UDP flow');
      const { endpoint } = from;
      const known = flows.get(udpFlowId(endpoint, remote));
      return known ?? new UdpFlow({ endpoint, remote, clock, probe: null, onClosed: () => {} });
    },
    async networkChanged() {
      const addresses = new Set(
        Object.values(networkInterfaces()).flatMap((all) => all?.map((one) => one.address) ?? []),
      );
      for (const [address, endpoint] of endpoints) {
        if (addresses.has(address)) continue;
        endpoints.delete(address);
        endpoint.then((gone) => gone.close()).catch(() => {});
      }
      const own = new Set([...flows.values(), ...accepted]);
      await Promise.all(
        [...own].map(async (flow) => {
          const here = addresses.has(flow.local.address) && (!(flow instanceof UdpFlow) || (await stillLeadsOut(flow)));
          if (!here) flow.lose(new TransportError('unreachable', `${flow.local.address} is no longer our address`));
        }),
      );
    },
    get flows() {
      return [...new Set([...flows.values(), ...accepted])];
    },
    async close() {
      closed = true;
      for (const flow of [...flows.values(), ...accepted]) flow.close();
      flows.clear();
      const all = await Promise.allSettled(endpoints.values());
      for (const one of all) if (one.status === 'fulfilled') one.value.close();
      endpoints.clear();
    },
  };
}

/**
 * Connections are shared only where the same name was asked for and the same authorities are trusted: otherwise one
 * account's certificate check would vouch for another's server (CVE-2020-15260).
 */
function keyOf(target: Target): string {
  const { transport, host, port } = target;
  if (transport === 'udp' || transport === 'tcp') return `${transport} ${formatHostPort(host, port)}`;
  const { domain, path, caFile, allowWildcard, pinnedCertificate } = target;
  return [transport, formatHostPort(host, port), domain, path, caFile, allowWildcard, pinnedCertificate].join(' ');
}

/** What one account takes on trust is not vouched for to another. */
function sameTrust(target: Target, other: Target): boolean {
  return target.allowWildcard === other.allowWildcard && target.pinnedCertificate === other.pinnedCertificate;
}
