// What one call sends: its own copy of the microphone's track, or silence; with other sound mixed in where that is wanted.
import type { Dispose } from '../../contract/index.ts';

/** Where other sound goes into a call. */
export interface Mix {
  input: AudioNode;
  /** The sound behind `input` is no longer wanted; without any, the microphone goes out as it is again. */
  release: Dispose;
}

export class CallSource {
  readonly #context: AudioContext;
  readonly #silence: MediaStreamTrack;
  readonly #senders = new Set<RTCRtpSender>();
  #track: MediaStreamTrack;
  #muted = false;
  #held = false;
  /** The microphone in the context, for mixing and recording; made when first asked for. */
  #tap: GainNode | null = null;
  #tapped: MediaStreamAudioSourceNode | null = null;
  #bus: MediaStreamAudioDestinationNode | null = null;
  #mixes = 0;

  /** Both tracks are copied, because muting one call must not mute another. */
  constructor(context: AudioContext, microphone: MediaStreamTrack | null, silence: MediaStreamTrack) {
    this.#context = context;
    this.#silence = silence;
    this.#track = (microphone ?? silence).clone();
  }

  /** Sends silence in the place of the microphone, still as packets, so that the way through routers stays open. */
  set muted(muted: boolean) {
    this.#muted = muted;
    this.#open();
  }

  /** Sends nothing but silence, whatever is mixed in. */
  set held(held: boolean) {
    this.#held = held;
    this.#open();
  }

  /** Another microphone, or none. */
  async change(microphone: MediaStreamTrack | null): Promise<void> {
    const before = this.#track;
    this.#track = (microphone ?? this.#silence).clone();
    this.#open();
    this.#feedTap();
    await this.#feedAll();
    before.stop();
  }

  async feed(sender: RTCRtpSender): Promise<void> {
    this.#senders.add(sender);
    await sender.replaceTrack(this.#sent);
  }

  leave(sender: RTCRtpSender): void {
    this.#senders.delete(sender);
  }

  /** The microphone as it is sent: silent while muted or held. */
  get microphone(): AudioNode {
    this.#tap ??= this.#context.createGain();
    if (!this.#tapped) this.#feedTap();
    return this.#tap;
  }

  /** Nothing is renegotiated: the sender gets another track. */
  mix(): Mix {
    const bus = this.#bus ?? this.#makeBus();
    this.#mixes += 1;
    if (this.#mixes === 1) void this.#feedAll();
    let released = false;
    return {
      input: bus,
      release: () => {
        if (released) return;
        released = true;
        this.#mixes -= 1;
        if (this.#mixes === 0) void this.#feedAll();
      },
    };
  }

  close(): void {
    this.#senders.clear();
    this.#track.stop();
    this.#tapped?.disconnect();
    this.#tap?.disconnect();
    this.#bus?.stream.getTracks().forEach((track) => track.stop());
  }

  get #sent(): MediaStreamTrack {
    const mixed = this.#mixes > 0 ? this.#bus?.stream.getAudioTracks()[0] : undefined;
    return mixed ?? this.#track;
  }

  #makeBus(): MediaStreamAudioDestinationNode {
    const bus = new MediaStreamAudioDestinationNode(this.#context, { channelCount: 1, channelCountMode: 'explicit' });
    this.#bus = bus;
    this.microphone.connect(bus);
    this.#open();
    return bus;
  }

  #open(): void {
    this.#track.enabled = !this.#muted && !this.#held;
    for (const mixed of this.#bus?.stream.getAudioTracks() ?? []) mixed.enabled = !this.#held;
  }

  #feedTap(): void {
    if (!this.#tap) return;
    this.#tapped?.disconnect();
    this.#tapped = this.#context.createMediaStreamSource(new MediaStream([this.#track]));
    this.#tapped.connect(this.#tap);
  }

  async #feedAll(): Promise<void> {
    await Promise.all([...this.#senders].map((sender) => sender.replaceTrack(this.#sent)));
  }
}
