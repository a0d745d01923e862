// What a media page's peer connections count of the sound that came in (W3C WebRTC statistics), for drills.
import type { MediaLab } from '../../media/support/media-lab.ts';

export interface Counters {
  /** Samples that were made up, of all that were played. */
  concealed: number;
  samples: number;
  lost: number;
  received: number;
  /** Sum over all samples that left the jitter buffer, s; and their number. */
  jitterDelay: number;
  emitted: number;
}

/** Keeps the page's peer connections in sight. Before the first call. */
export async function watchPeers(lab: MediaLab): Promise<void> {
  await lab.page.evaluate(() => {
    const seen = new Set<RTCPeerConnection>();
    Reflect.set(window, 'seenPeers', seen);
    const Original = window.RTCPeerConnection;
    class Watched extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        seen.add(this);
      }
    }
    Reflect.set(window, 'RTCPeerConnection', Watched);
  });
}

/** Of every peer connection that is open, in order of start. */
export async function countersOfAll(lab: MediaLab): Promise<Counters[]> {
  return lab.page.evaluate(async () => {
    const seen: unknown = Reflect.get(window, 'seenPeers');
    const found: Counters[] = [];
    for (const peer of seen instanceof Set ? seen : []) {
      if (!(peer instanceof RTCPeerConnection) || peer.connectionState !== 'connected') continue;
      for (const report of (await peer.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        found.push({
          concealed: Number(report.concealedSamples ?? 0),
          samples: Number(report.totalSamplesReceived ?? 0),
          lost: Number(report.packetsLost ?? 0),
          received: Number(report.packetsReceived ?? 0),
          jitterDelay: Number(report.jitterBufferDelay ?? 0),
          emitted: Number(report.jitterBufferEmittedCount ?? 0),
        });
      }
    }
    return found;
  });
}
