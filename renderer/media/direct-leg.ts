// A call's WebRTC straight to the other side (RFC 8829): the window's own description goes over SIP as it is.
import type { CallStats, IceServer } from '../../contract/index.ts';
import type { CallSource } from './call-source.ts';
import { readStats } from './call-stats.ts';
import type { CallVideo } from './call-video.ts';
import { preferCodecs, sendKey } from './peer.ts';

export interface DirectLegOptions {
  source: CallSource;
  video: CallVideo;
  onStream(stream: MediaStream): void;
  onFirstPacket(direction: 'out' | 'in'): void;
  /** Whether they offer a picture, or show one. */
  onPicture(offered: boolean): void;
}

export interface DirectOfferOptions {
  held: boolean;
  /** STUN and TURN of the account. */
  iceServers: IceServer[];
  /** Addresses changed: candidates are gathered anew. */
  restart: boolean;
}

/**
 * There is no trickle over SIP: all candidates go with the description. Host candidates come in milliseconds; those of
 * a server need a round trip or two, and one that does not answer must not hold up the call.
 */
const gatherPatience = 1000;
const statsInterval = 50;
const configuration: RTCConfiguration = { bundlePolicy: 'max-bundle', iceServers: [] };

export class DirectLeg {
  readonly #options: DirectLegOptions;
  #peer: RTCPeerConnection;
  #sender: RTCRtpSender | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  readonly #told = new Set<'out' | 'in'>();
  /** They offer a picture. */
  #offered = false;

  constructor(options: DirectLegOptions) {
    this.#options = options;
    this.#peer = this.#build();
  }

  async offer({ held, iceServers, restart }: DirectOfferOptions): Promise<string> {
    this.#peer.setConfiguration({ ...configuration, iceServers });
    const transceiver =
      this.#peer.getTransceivers().find(isAudio) ?? this.#peer.addTransceiver('audio', { direction: 'sendrecv' });
    await this.#prepare(transceiver, held);
    await this.#offerVideo(held);
    await this.#peer.setLocalDescription(await this.#peer.createOffer({ iceRestart: restart }));
    return this.#gathered();
  }

  /** An offer that does not fit what was settled before (another device took over the call) gets a new connection. */
  async answer(sdp: string, { held, iceServers }: Omit<DirectOfferOptions, 'restart'>): Promise<string> {
    this.#peer.setConfiguration({ ...configuration, iceServers });
    try {
      await this.#peer.setRemoteDescription({ type: 'offer', sdp });
    } catch {
      this.#end();
      this.#peer = this.#build();
      this.#peer.setConfiguration({ ...configuration, iceServers });
      await this.#peer.setRemoteDescription({ type: 'offer', sdp });
    }
    for (const transceiver of this.#peer.getTransceivers()) {
      if (isAudio(transceiver)) await this.#prepare(transceiver, held);
      // Stopped while it answers, a line got no port 0 from Chromium (seen in a test); inactive carries nothing.
      else if (isVideo(transceiver)) await this.#options.video.prepare(transceiver, held);
      else transceiver.stop();
    }
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    this.#showPicture(offersPicture(sdp));
    return this.#gathered();
  }

  async setAnswer(sdp: string): Promise<void> {
    // The answer of a 18x comes again with the 200.
    if (this.#peer.signalingState === 'stable') return;
    await this.#peer.setRemoteDescription({ type: 'answer', sdp });
    // An answer to an offer without a picture says nothing of what they would show.
    this.#showPicture(this.#options.video.isWanted ? offersPicture(sdp) : this.#offered);
  }

  sendKey(digit: string): boolean {
    return this.#sender !== null && sendKey(this.#sender, digit);
  }

  async stats(): Promise<CallStats | null> {
    return readStats(this.#peer);
  }

  close(): void {
    this.#end();
  }

  #build(): RTCPeerConnection {
    const peer = new RTCPeerConnection(configuration);
    peer.addEventListener('track', ({ track }) => {
      if (track.kind === 'audio') this.#options.onStream(new MediaStream([track]));
    });
    peer.addEventListener('connectionstatechange', () => {
      clearInterval(this.#watch);
      if (peer.connectionState === 'connected' && this.#told.size < 2) {
        this.#watch = setInterval(() => void this.#look(peer), statsInterval);
      }
    });
    return peer;
  }

  async #prepare(transceiver: RTCRtpTransceiver, held: boolean): Promise<void> {
    transceiver.direction = held ? 'sendonly' : 'sendrecv';
    preferCodecs(transceiver);
    this.#sender = transceiver.sender;
    await this.#options.source.feed(transceiver.sender);
  }

  /** An m-line for a picture stands only where a person wanted one, now or before. */
  async #offerVideo(held: boolean): Promise<void> {
    const { video } = this.#options;
    const known = this.#peer.getTransceivers().find(isVideo);
    if (!known && !video.isWanted) return;
    await video.prepare(known ?? this.#peer.addTransceiver('video', { direction: 'inactive' }), held);
  }

  /** Theirs plays while both want it. */
  #showPicture(offered: boolean): void {
    const video = this.#peer.getTransceivers().find(isVideo);
    const direction = video?.currentDirection;
    const comes = direction === 'sendrecv' || direction === 'recvonly';
    this.#options.video.show(comes ? (video?.receiver.track ?? null) : null);
    if (offered === this.#offered) return;
    this.#offered = offered;
    this.#options.onPicture(offered);
  }

  async #gathered(): Promise<string> {
    const peer = this.#peer;
    if (peer.iceGatheringState !== 'complete') {
      const complete = Promise.withResolvers<void>();
      const timer = setTimeout(complete.resolve, gatherPatience);
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') complete.resolve();
      });
      await complete.promise;
      clearTimeout(timer);
    }
    return peer.localDescription?.sdp ?? '';
  }

  /** Chromium tells of no packet; its counters do. */
  async #look(peer: RTCPeerConnection): Promise<void> {
    const stats: ReadonlyMap<string, unknown> = new Map(await peer.getStats());
    for (const report of stats.values()) {
      if (countOf(report, 'outbound-rtp', 'packetsSent') > 0) this.#first('out');
      if (countOf(report, 'inbound-rtp', 'packetsReceived') > 0) this.#first('in');
    }
    if (this.#told.size === 2) clearInterval(this.#watch);
  }

  #first(direction: 'out' | 'in'): void {
    if (this.#told.has(direction)) return;
    this.#told.add(direction);
    this.#options.onFirstPacket(direction);
  }

  #end(): void {
    clearInterval(this.#watch);
    if (this.#sender) this.#options.source.leave(this.#sender);
    this.#sender = null;
    this.#peer.close();
  }
}

function isAudio(transceiver: RTCRtpTransceiver): boolean {
  return transceiver.receiver.track.kind === 'audio' && transceiver.currentDirection !== 'stopped';
}

function isVideo(transceiver: RTCRtpTransceiver): boolean {
  return transceiver.receiver.track.kind === 'video' && transceiver.currentDirection !== 'stopped';
}

/** Whether this description of theirs has a picture that they would send. */
function offersPicture(sdp: string): boolean {
  const section = sdp.split(/^(?=m=)/m).find((one) => one.startsWith('m=video'));
  return section !== undefined && !section.startsWith('m=video 0 ') && !/^a=(recvonly|inactive)/m.test(section);
}

function countOf(report: unknown, type: string, counter: string): number {
  if (typeof report !== 'object' || report === null || Reflect.get(report, 'type') !== type) return 0;
  const value: unknown = Reflect.get(report, counter);
  return typeof value === 'number' ? value : 0;
}
