// The test in settings: the microphone's level, and what it hears for five seconds, played back.
import type { SoundTest as State } from '../../contract/index.ts';
import type { SharedAudioContext } from './audio-context.ts';
import type { Microphone } from './microphone.ts';
import { createAudio, sendTo } from './playback.ts';

/** What is recorded to be heard again, ms. */
const recorded = 5000;
/** A level is told so often, ms. */
const pace = 100;

export interface SoundTestOptions {
  shared: SharedAudioContext;
  microphone: Microphone;
  speaker(): string | null;
  tell: (state: State) => void;
}

export class SoundTest {
  readonly #options: SoundTestOptions;
  readonly #analyser: AnalyserNode;
  readonly #wave: Float32Array<ArrayBuffer>;
  #state: State['name'] = 'off';
  #source: MediaStreamAudioSourceNode | null = null;
  #track: MediaStreamTrack | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #recorder: MediaRecorder | null = null;
  #audio: HTMLAudioElement | null = null;

  constructor(options: SoundTestOptions) {
    this.#options = options;
    this.#analyser = new AnalyserNode(options.shared.context, { fftSize: 2048 });
    this.#wave = new Float32Array(this.#analyser.fftSize);
  }

  obey(test: 'off' | 'level' | 'hear-yourself'): void {
    if (test === 'off') this.#end();
    else {
      this.#listen();
      if (test === 'hear-yourself') this.#record();
    }
  }

  /** Another microphone was opened, or none is. */
  microphoneChanged(): void {
    if (this.#state === 'off') return;
    const { shared, microphone } = this.#options;
    this.#source?.disconnect();
    this.#track?.stop();
    this.#track = microphone.track?.clone() ?? null;
    this.#source = this.#track && shared.context.createMediaStreamSource(new MediaStream([this.#track]));
    this.#source?.connect(this.#analyser);
  }

  #listen(): void {
    if (this.#state !== 'off') return;
    this.#state = 'level';
    void this.#options.shared.use();
    this.#options.microphone.use();
    this.microphoneChanged();
    this.#timer = setInterval(() => this.#tell(), pace);
  }

  #end(): void {
    if (this.#state === 'off') return;
    this.#state = 'off';
    clearInterval(this.#timer);
    this.#stopRecording();
    this.#stopPlaying();
    this.#source?.disconnect();
    this.#source = null;
    this.#track?.stop();
    this.#track = null;
    this.#options.microphone.release();
    this.#options.shared.release();
    this.#options.tell({ name: 'off' });
  }

  #record(): void {
    if (!this.#track || this.#recorder) return;
    this.#stopPlaying();
    const recorder = new MediaRecorder(new MediaStream([this.#track]));
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => {
      if (this.#recorder !== recorder) return;
      this.#recorder = null;
      void this.#play(new Blob(parts, { type: recorder.mimeType }));
    });
    this.#recorder = recorder;
    this.#state = 'recording';
    recorder.start();
    setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), recorded);
  }

  async #play(sound: Blob): Promise<void> {
    const url = URL.createObjectURL(sound);
    const audio = createAudio('hear-yourself', null);
    this.#audio = audio;
    this.#state = 'playing';
    sendTo(audio, this.#options.speaker());
    audio.src = url;
    const over = () => {
      URL.revokeObjectURL(url);
      if (this.#audio !== audio) return;
      this.#stopPlaying();
      this.#state = 'level';
    };
    audio.addEventListener('ended', over);
    await audio.play().catch(over);
  }

  #stopRecording(): void {
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder?.state === 'recording') recorder.stop();
  }

  #stopPlaying(): void {
    this.#audio?.pause();
    this.#audio?.remove();
    this.#audio = null;
  }

  #tell(): void {
    const { tell } = this.#options;
    if (this.#state === 'playing') tell({ name: 'playing' });
    else if (this.#state !== 'off') tell({ name: this.#state, level: this.#level() });
  }

  /** 0 at 60 dB below full scale, 1 at full scale, by the loudest sample of the last 43 ms. */
  #level(): number {
    this.#analyser.getFloatTimeDomainData(this.#wave);
    const peak = this.#wave.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const decibels = 20 * Math.log10(Math.max(peak, 1e-6));
    return Math.max(0, Math.min(1, 1 + decibels / 60));
  }
}
