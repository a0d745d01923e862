// A tone in a loop on <audio> elements of its own, one an output device, so that it has its own volume and stops at once.
import type { SharedAudioContext } from './audio-context.ts';
import { createAudio, sendTo } from './playback.ts';

export class Tone {
  readonly #shared: SharedAudioContext;
  readonly #name: string;
  readonly #output: MediaStreamAudioDestinationNode;
  /** By device id; null is the system's. Never empty while it should be heard. */
  readonly #outputs = new Map<string | null, HTMLAudioElement>();
  #buffer: AudioBuffer | null = null;
  #source: AudioBufferSourceNode | null = null;
  #volume = 1;

  constructor(shared: SharedAudioContext, name: string) {
    this.#shared = shared;
    this.#name = name;
    this.#output = shared.context.createMediaStreamDestination();
    this.sendTo([null]);
  }

  /** What it plays from now on, at once when it is playing. */
  use(sound: AudioBuffer | Float32Array<ArrayBuffer>): void {
    this.#buffer = sound instanceof AudioBuffer ? sound : this.#bufferOf(sound);
    if (this.#source) this.#sound();
  }

  set volume(volume: number) {
    this.#volume = volume;
    for (const audio of this.#outputs.values()) audio.volume = volume;
  }

  /** Output devices' ids, null for the system's; none: it is not heard. */
  sendTo(deviceIds: readonly (string | null)[]): void {
    for (const [deviceId, audio] of this.#outputs) {
      if (deviceIds.includes(deviceId)) continue;
      this.#outputs.delete(deviceId);
      audio.pause();
      audio.srcObject = null;
      audio.remove();
    }
    for (const deviceId of deviceIds) {
      if (this.#outputs.has(deviceId)) continue;
      const audio = createAudio(this.#name, null);
      audio.volume = this.#volume;
      sendTo(audio, deviceId);
      this.#outputs.set(deviceId, audio);
      if (this.#source) this.#hear(audio);
    }
  }

  play(on: boolean): void {
    if (on === (this.#source !== null)) return;
    if (on) this.#start();
    else this.#stop();
  }

  #start(): void {
    this.#sound();
    void this.#shared.use();
    for (const audio of this.#outputs.values()) this.#hear(audio);
  }

  #hear(audio: HTMLAudioElement): void {
    audio.srcObject = this.#output.stream;
    void audio.play().catch(() => {
      // Stopped before it began.
    });
  }

  /** From the beginning of the period. */
  #sound(): void {
    this.#silence();
    const source = this.#shared.context.createBufferSource();
    source.buffer = this.#buffer;
    source.loop = true;
    source.connect(this.#output);
    source.start();
    this.#source = source;
  }

  #silence(): void {
    this.#source?.stop();
    this.#source?.disconnect();
    this.#source = null;
  }

  #stop(): void {
    this.#silence();
    for (const audio of this.#outputs.values()) {
      audio.pause();
      // Paused alone, it would keep its output device running.
      audio.srcObject = null;
    }
    this.#shared.release();
  }

  #bufferOf(samples: Float32Array<ArrayBuffer>): AudioBuffer {
    const { context } = this.#shared;
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    return buffer;
  }
}
