// What the other side says, in the AudioContext: for conferences and recordings. The call itself is played past it.

export class RemoteTap {
  readonly #context: AudioContext;
  readonly #gain: GainNode;
  #stream: MediaStream | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #wanted = false;

  constructor(context: AudioContext) {
    this.#context = context;
    this.#gain = context.createGain();
  }

  /** Silent while the call is held by us. Costs nothing until asked for. */
  get node(): AudioNode {
    this.#wanted = true;
    if (!this.#source) this.#connect();
    return this.#gain;
  }

  /** Their sound from now on: a new peer connection brings a new one. */
  set stream(stream: MediaStream) {
    this.#stream = stream;
    if (this.#wanted) this.#connect();
  }

  set silent(silent: boolean) {
    this.#gain.gain.value = silent ? 0 : 1;
  }

  close(): void {
    this.#source?.disconnect();
    this.#gain.disconnect();
  }

  #connect(): void {
    this.#source?.disconnect();
    this.#source = this.#stream && this.#context.createMediaStreamSource(this.#stream);
    this.#source?.connect(this.#gain);
  }
}
