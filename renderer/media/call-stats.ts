// A peer connection's counters (W3C WebRTC statistics), picked out of getStats for the main process.
import type { CallStats } from '../../contract/index.ts';

/** Null until something was sent: before that there is nothing to say. */
export async function readStats(peer: RTCPeerConnection): Promise<CallStats | null> {
  if (peer.connectionState !== 'connected') return null;
  const reports: ReadonlyMap<string, unknown> = new Map(await peer.getStats());
  const audio = (type: string) =>
    [...reports.values()].find((report) => value(report, 'type') === type && value(report, 'kind') === 'audio');
  const out = audio('outbound-rtp');
  if (!out) return null;
  const into = audio('inbound-rtp');
  const remoteIn = audio('remote-inbound-rtp');
  const remoteOut = audio('remote-outbound-rtp');
  const roundTrip = value(remoteIn, 'roundTripTime');
  return {
    codec: text(reports.get(text(into, 'codecId')), 'mimeType'),
    packetsSent: number(out, 'packetsSent'),
    packetsReceived: number(into, 'packetsReceived'),
    packetsLost: number(into, 'packetsLost'),
    packetsDiscarded: number(into, 'packetsDiscarded'),
    jitter: number(into, 'jitter'),
    jitterBufferDelay: number(into, 'jitterBufferDelay'),
    jitterBufferEmitted: number(into, 'jitterBufferEmittedCount'),
    concealedSamples: Math.max(0, number(into, 'concealedSamples') - number(into, 'silentConcealedSamples')),
    totalSamples: number(into, 'totalSamplesReceived'),
    reported: remoteIn
      ? {
          at: number(remoteIn, 'timestamp'),
          roundTrip: typeof roundTrip === 'number' ? Math.max(0, roundTrip) : null,
          fractionLost: number(remoteIn, 'fractionLost'),
          unheard: null,
        }
      : null,
    theirReports: number(remoteOut, 'reportsSent'),
    ...endsOf(reports, out, into),
  };
}

/** Who speaks with whom; nothing before all of it is known. */
function endsOf(reports: ReadonlyMap<string, unknown>, out: unknown, into: unknown): Pick<CallStats, 'ends'> {
  const transport = reports.get(text(out, 'transportId'));
  const pair = reports.get(text(transport, 'selectedCandidatePairId'));
  const end = (candidate: string, stream: unknown) => {
    const found = reports.get(text(pair, candidate));
    return { address: text(found, 'address'), port: number(found, 'port'), ssrc: number(stream, 'ssrc') };
  };
  const [local, remote] = [end('localCandidateId', out), end('remoteCandidateId', into)];
  if (!local.address || !remote.address || !remote.ssrc) return {};
  return { ends: { local, remote, payloadType: number(reports.get(text(into, 'codecId')), 'payloadType') } };
}

function value(report: unknown, name: string): unknown {
  return typeof report === 'object' && report !== null ? Reflect.get(report, name) : undefined;
}

function text(report: unknown, name: string): string {
  const found = value(report, name);
  return typeof found === 'string' ? found : '';
}

function number(report: unknown, name: string): number {
  const found = value(report, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
}
