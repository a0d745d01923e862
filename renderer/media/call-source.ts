// What one call sends: its own copy of the microphone's track, or silence where there is none.

export class CallSource {
  readonly #silence: MediaStreamTrack;
  readonly #senders = new Set<RTCRtpSender>();
  #track: MediaStreamTrack;
  #open = true;

  /** Both tracks are copied, because muting one call must not mute another. */
  constructor(microphone: MediaStreamTrack | null, silence: MediaStreamTrack) {
    this.#silence = silence;
    this.#track = (microphone ?? silence).clone();
  }

  /** False sends silence, still as packets, so that the way through routers stays open. */
  set open(open: boolean) {
    this.#open = open;
    this.#track.enabled = open;
  }

  /** Another microphone, or none. */
  async change(microphone: MediaStreamTrack | null): Promise<void> {
    const before = this.#track;
    this.#track = (microphone ?? this.#silence).clone();
    this.#track.enabled = this.#open;
    await Promise.all([...this.#senders].map((sender) => sender.replaceTrack(this.#track)));
    before.stop();
  }

  async feed(sender: RTCRtpSender): Promise<void> {
    this.#senders.add(sender);
    await sender.replaceTrack(this.#track);
  }

  leave(sender: RTCRtpSender): void {
    this.#senders.delete(sender);
  }

  close(): void {
    this.#senders.clear();
    this.#track.stop();
  }
}
