// One call in the media window: what it sends, what it plays, and by which way.
import type { CallStats, IceServer, WindowCall as CallState, WindowEvent } from '../../contract/index.ts';
import type { SharedAudioContext } from './audio-context.ts';
import { CallSource, type Mix } from './call-source.ts';
import { CallVideo } from './call-video.ts';
import { DirectLeg, type DirectOfferOptions } from './direct-leg.ts';
import { EngineLeg } from './engine-leg.ts';
import type { EnginePort } from './engine-port.ts';
import type { Pictures } from './pictures.ts';
import { Playback } from './playback.ts';
import { soundBlocked } from './problems.ts';
import { RemoteTap } from './remote-tap.ts';
import { keyLength, keyTone } from './tone-samples.ts';

export interface WindowCallOptions {
  state: CallState;
  port: EnginePort;
  shared: SharedAudioContext;
  microphone: MediaStreamTrack | null;
  silence: MediaStreamTrack;
  speaker: string | null;
  pictures: Pictures;
  toMain(event: WindowEvent): void;
}

export class WindowCall {
  readonly #options: WindowCallOptions;
  readonly #source: CallSource;
  readonly #playback: Playback;
  readonly #remote: RemoteTap;
  readonly #video: CallVideo;
  #state: CallState;
  #engine: EngineLeg | null = null;
  #direct: DirectLeg | null = null;
  #blocked = false;
  /** Keys sent as sound go out one after the other; when the last ends, in the context's time. */
  #keysUntil = 0;

  constructor(options: WindowCallOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#source = new CallSource(options.shared.context, options.microphone, options.silence);
    this.#playback = new Playback(options.state.callId, options.speaker);
    this.#remote = new RemoteTap(options.shared.context);
    const { callId } = options.state;
    this.#video = new CallVideo(callId, options.pictures, {
      problem: (problem) => options.toMain({ type: 'problem', callId, problem }),
      ended: () => options.toMain({ type: 'picture-ended', callId }),
    });
    this.update(options.state);
  }

  /** Brings the call to this state; the same state again changes nothing. */
  update(state: CallState): void {
    this.#state = state;
    this.#source.muted = state.muted;
    this.#source.held = state.held;
    this.#playback.silent = state.held;
    this.#remote.silent = state.held;
    this.#video.wanted = state.video ?? 'off';
    if (state.leg === 'none') {
      this.#engine?.close();
      this.#engine = null;
    } else if (this.#engine) {
      this.#engine.select(state.selection);
    } else {
      this.#engine = this.#makeEngineLeg(state);
    }
  }

  get callId(): string {
    return this.#state.callId;
  }

  /** What the other side says, for conferences and recordings. */
  get remote(): AudioNode {
    return this.#remote.node;
  }

  /** Our microphone as this call sends it. */
  get microphone(): AudioNode {
    return this.#source.microphone;
  }

  /** Where other sound goes into what the other side hears. */
  mix(): Mix {
    return this.#source.mix();
  }

  /** Null while nothing can be said of its sound. */
  async stats(): Promise<CallStats | null> {
    return (await this.#direct?.stats()) ?? (await this.#engine?.stats()) ?? null;
  }

  /** A key as tones in the sound. */
  sendKeyTone(digit: string): void {
    const { context } = this.#options.shared;
    const samples = keyTone(digit, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const mix = this.#source.mix();
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(mix.input);
    source.addEventListener('ended', () => {
      source.disconnect();
      mix.release();
    });
    // The sender takes the mixed track a moment after it is given; a key that begins at once would lose its beginning.
    const start = Math.max(context.currentTime + keyLength, this.#keysUntil);
    this.#keysUntil = start + buffer.duration;
    source.start(start);
  }

  async changeMicrophone(microphone: MediaStreamTrack | null): Promise<void> {
    await this.#source.change(microphone);
  }

  /** `anew`: the device is another one, or was plugged in again. */
  playOn(deviceId: string | null, anew: boolean): void {
    if (anew) this.#playback.playOn(deviceId);
  }

  sendKey(digit: string): boolean {
    return this.#direct?.sendKey(digit) ?? this.#engine?.sendKey(digit) ?? false;
  }

  async directOffer(how: Pick<DirectOfferOptions, 'iceServers' | 'restart'>): Promise<string> {
    return this.#directLeg().offer({ held: this.#state.held, ...how });
  }

  async directAnswer(offer: string, iceServers: IceServer[]): Promise<string> {
    return this.#directLeg().answer(offer, { held: this.#state.held, iceServers });
  }

  async setDirectAnswer(answer: string): Promise<void> {
    await this.#direct?.setAnswer(answer);
  }

  endDirect(): void {
    this.#direct?.close();
    this.#direct = null;
    this.#video.show(null);
  }

  close(): void {
    this.endDirect();
    this.#engine?.close();
    this.#source.close();
    this.#remote.close();
    this.#video.close();
    this.#playback.close();
  }

  #makeEngineLeg(state: CallState): EngineLeg {
    const { callId } = state;
    return new EngineLeg({
      callId,
      port: this.#options.port,
      source: this.#source,
      selection: state.selection,
      onStream: (stream) => this.#attach(stream),
      onTrouble: (what) => this.#trouble(what),
    });
  }

  #attach(stream: MediaStream): void {
    this.#playback.attach(stream);
    this.#remote.stream = stream;
  }

  #directLeg(): DirectLeg {
    const { callId } = this.#state;
    this.#direct ??= new DirectLeg({
      source: this.#source,
      video: this.#video,
      onStream: (stream) => this.#attach(stream),
      onFirstPacket: (direction) => this.#options.toMain({ type: 'first-packet', callId, direction }),
      onPicture: (offered) => this.#options.toMain({ type: 'picture', callId, offered }),
    });
    return this.#direct;
  }

  #trouble(what: string | null): void {
    const { callId } = this.#state;
    if (what !== null) {
      this.#options.toMain({ type: 'log', level: 'warn', message: 'engine leg', details: { callId, what } });
    }
    if ((what !== null) === this.#blocked) return;
    this.#blocked = what !== null;
    this.#options.toMain({
      type: 'problem',
      callId,
      problem: what === null ? null : { ...soundBlocked, detail: what },
    });
  }
}
