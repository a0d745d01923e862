// One call in the media window: what it sends, what it plays, and by which way.
import type { IceServer, WindowCall as CallState, WindowEvent } from '../../contract/index.ts';
import { CallSource } from './call-source.ts';
import { DirectLeg, type DirectOfferOptions } from './direct-leg.ts';
import { EngineLeg } from './engine-leg.ts';
import type { EnginePort } from './engine-port.ts';
import { Playback } from './playback.ts';
import { soundBlocked } from './problems.ts';

export interface WindowCallOptions {
  state: CallState;
  port: EnginePort;
  microphone: MediaStreamTrack | null;
  silence: MediaStreamTrack;
  speaker: string | null;
  toMain(event: WindowEvent): void;
}

export class WindowCall {
  readonly #options: WindowCallOptions;
  readonly #source: CallSource;
  readonly #playback: Playback;
  #state: CallState;
  #engine: EngineLeg | null = null;
  #direct: DirectLeg | null = null;
  #blocked = false;

  constructor(options: WindowCallOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#source = new CallSource(options.microphone, options.silence);
    this.#playback = new Playback(options.state.callId, options.speaker);
    this.update(options.state);
  }

  /** Brings the call to this state; the same state again changes nothing. */
  update(state: CallState): void {
    this.#state = state;
    this.#source.open = !state.muted && !state.held;
    this.#playback.silent = state.held;
    if (state.leg === 'none') {
      this.#engine?.close();
      this.#engine = null;
    } else if (this.#engine) {
      this.#engine.select(state.selection);
    } else {
      this.#engine = this.#makeEngineLeg(state);
    }
  }

  async changeMicrophone(microphone: MediaStreamTrack | null): Promise<void> {
    await this.#source.change(microphone);
  }

  set speaker(deviceId: string | null) {
    this.#playback.speaker = deviceId;
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
  }

  close(): void {
    this.endDirect();
    this.#engine?.close();
    this.#source.close();
    this.#playback.close();
  }

  #makeEngineLeg(state: CallState): EngineLeg {
    const { callId } = state;
    return new EngineLeg({
      callId,
      port: this.#options.port,
      source: this.#source,
      selection: state.selection,
      onStream: (stream) => this.#playback.attach(stream),
      onTrouble: (what) => this.#trouble(what),
    });
  }

  #directLeg(): DirectLeg {
    const { callId } = this.#state;
    this.#direct ??= new DirectLeg({
      source: this.#source,
      onStream: (stream) => this.#playback.attach(stream),
      onFirstPacket: (direction) => this.#options.toMain({ type: 'first-packet', callId, direction }),
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
