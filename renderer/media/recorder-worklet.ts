// The recorder in the audio thread: two channels in, 16 bit samples out, a quarter of a second at a time.

/** What TypeScript's library does not know of an AudioWorkletGlobalScope. */
declare const sampleRate: number;
declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessor) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const channels = 2;
/** Frames: a crash loses less than this and what is on its way. */
const chunk = Math.round(sampleRate / 4);

class Recorder extends AudioWorkletProcessor {
  #samples = new Int16Array(chunk * channels);
  #filled = 0;
  #ended = false;

  constructor() {
    super();
    // Any message means: that was all.
    this.port.addEventListener('message', () => {
      this.#ended = true;
      this.#send();
      this.port.postMessage(null);
    });
    this.port.start();
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    if (this.#ended) return false;
    const [left, right] = [input?.[0], input?.[1]];
    const frames = left?.length ?? 128;
    for (let frame = 0; frame < frames; frame += 1) {
      this.#samples[this.#filled] = to16(left?.[frame] ?? 0);
      this.#samples[this.#filled + 1] = to16(right?.[frame] ?? 0);
      this.#filled += channels;
      if (this.#filled === this.#samples.length) this.#send();
    }
    return true;
  }

  #send(): void {
    const sent = this.#samples.slice(0, this.#filled).buffer;
    this.#filled = 0;
    if (sent.byteLength > 0) this.port.postMessage(sent, [sent]);
  }
}

function to16(sample: number): number {
  return Math.round(32_767 * Math.max(-1, Math.min(1, sample)));
}

registerProcessor('recorder', Recorder);
