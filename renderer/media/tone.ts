// A tone in a loop on its own <audio>, so that it has its own output device and volume, and stops at once.
import type { SharedAudioContext } from './audio-context.ts';
import { createAudio, sendTo } from './playback.ts';

export class Tone {
  readonly #shared: SharedAudioContext;
  readonly #buffer: AudioBuffer;
  readonly #output: MediaStreamAudioDestinationNode;
  readonly #audio: HTMLAudioElement;
  #source: AudioBufferSourceNode | null = null;

  constructor(shared: SharedAudioContext, name: string, samples: (sampleRate: number) => Float32Array<ArrayBuffer>) {
    const { context } = shared;
    const wave = samples(context.sampleRate);
    this.#shared = shared;
    this.#buffer = context.createBuffer(1, wave.length, context.sampleRate);
    this.#buffer.copyToChannel(wave, 0);
    this.#output = context.createMediaStreamDestination();
    this.#audio = createAudio(name, null);
  }

  set volume(volume: number) {
    this.#audio.volume = volume;
  }

  /** An output device's id, or null for the system's. */
  sendTo(deviceId: string | null): void {
    sendTo(this.#audio, deviceId);
  }

  play(on: boolean): void {
    if (on === (this.#source !== null)) return;
    if (on) this.#start();
    else this.#stop();
  }

  #start(): void {
    const source = this.#shared.context.createBufferSource();
    source.buffer = this.#buffer;
    source.loop = true;
    source.connect(this.#output);
    source.start();
    this.#source = source;
    void this.#shared.use();
    this.#audio.srcObject = this.#output.stream;
    void this.#audio.play().catch(() => {
      // Stopped before it began.
    });
  }

  #stop(): void {
    this.#source?.stop();
    this.#source?.disconnect();
    this.#source = null;
    this.#audio.pause();
    // Paused alone, it would keep its output device running.
    this.#audio.srcObject = null;
    this.#shared.release();
  }
}
