// A call's peer connection to the engine on this computer. The window always offers, the engine always answers; what SDP
// settles on the wire becomes a renewed offer here, and hold changes nothing.
import type { CallStats, Dispose, Selection } from '../../contract/index.ts';
import type { CallSource } from './call-source.ts';
import { readStats } from './call-stats.ts';
import type { EnginePort } from './engine-port.ts';
import { preferCodecs, sendKey } from './peer.ts';

export interface EngineLegOptions {
  callId: string;
  port: EnginePort;
  source: CallSource;
  selection: Selection | null;
  onStream: (stream: MediaStream) => void;
  /** Not connected in time, or lost; the leg goes on trying. Null: it is connected. */
  onTrouble: (what: string | null) => void;
}

/** The path is on this computer; longer means that something blocks it. ms */
const connectPatience = 2000;
const rebuilds = 5;
/** A new engine learns of the call from the main process, perhaps after us. ms */
const retryDelay = 250;

export class EngineLeg {
  readonly #options: EngineLegOptions;
  #selection: Selection | null;
  #peer: RTCPeerConnection;
  #transceiver: RTCRtpTransceiver;
  /** Negotiations run one after the other. */
  #queue: Promise<void> = Promise.resolve();
  #rebuilt = 0;
  #alarm: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #endRenewals: Dispose;
  #closed = false;

  constructor(options: EngineLegOptions) {
    this.#options = options;
    this.#selection = options.selection;
    [this.#peer, this.#transceiver] = this.#build();
    this.#endRenewals = options.port.onRenewal(() => this.#rebuild());
  }

  /** What was settled on the wire. */
  select(selection: Selection | null): void {
    if (JSON.stringify(selection) === JSON.stringify(this.#selection)) return;
    this.#selection = selection;
    this.#negotiate();
  }

  sendKey(digit: string): boolean {
    return sendKey(this.#transceiver.sender, digit);
  }

  async stats(): Promise<CallStats | null> {
    return readStats(this.#peer);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#alarm);
    clearTimeout(this.#retry);
    this.#endRenewals();
    this.#options.source.leave(this.#transceiver.sender);
    this.#peer.close();
  }

  #build(): [RTCPeerConnection, RTCRtpTransceiver] {
    const { source, onStream } = this.#options;
    const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: [] });
    const transceiver = peer.addTransceiver('audio', { direction: 'sendrecv' });
    preferCodecs(transceiver);
    peer.addEventListener('track', ({ track }) => onStream(new MediaStream([track])));
    peer.addEventListener('connectionstatechange', () => this.#stateChanged(peer));
    this.#peer = peer;
    this.#transceiver = transceiver;
    void source.feed(transceiver.sender);
    this.#negotiate();
    return [peer, transceiver];
  }

  /** An offer with what is selected when its turn comes; none is skipped, none overlaps. */
  #negotiate(): void {
    const peer = this.#peer;
    const { callId, port, onTrouble } = this.#options;
    this.#queue = this.#queue
      .then(async () => {
        if (this.#closed || peer !== this.#peer) return;
        const offer = await peer.createOffer();
        await peer.setLocalDescription(offer);
        const answer = await port.answer(callId, offer.sdp ?? '', this.#selection);
        if (this.#closed || peer !== this.#peer) return;
        await peer.setRemoteDescription({ type: 'answer', sdp: answer });
        if (peer.connectionState === 'new') this.#expectConnection(peer);
      })
      .catch((error: unknown) => {
        if (this.#closed || peer !== this.#peer) return;
        onTrouble(String(error));
        this.#retry = setTimeout(() => this.#rebuild(), retryDelay);
      });
  }

  #expectConnection(peer: RTCPeerConnection): void {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => {
      if (!this.#closed && peer.connectionState !== 'connected') this.#options.onTrouble('not connected in time');
    }, connectPatience);
  }

  #stateChanged(peer: RTCPeerConnection): void {
    if (this.#closed || peer !== this.#peer) return;
    if (peer.connectionState === 'connected') {
      this.#rebuilt = 0;
      this.#options.onTrouble(null);
    } else if (peer.connectionState === 'failed') {
      this.#rebuild();
    }
  }

  /** Another peer connection in the place of this one; the other side keeps hearing one stream. */
  #rebuild(): void {
    if (this.#closed || this.#rebuilt >= rebuilds) return;
    this.#rebuilt += 1;
    clearTimeout(this.#retry);
    this.#options.source.leave(this.#transceiver.sender);
    this.#peer.close();
    this.#build();
  }
}
