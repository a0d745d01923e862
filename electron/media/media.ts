// The media room in the main process: calls' audio, joined to the engine and the media window by two links.
import {
  engineEventSchema,
  ProblemError,
  windowEventSchema,
  type Dispose,
  type EngineCommand,
  type EngineEvent,
  type Problem,
  type VideoSource,
  type WindowCommand,
  type WindowEvent,
  type PersonRingTone,
} from '../../contract/index.ts';
import { CallMedia } from './call.ts';
import { Link } from './link.ts';
import { problems } from './problems.ts';
import { RingBack } from './ring-back.ts';
import { within } from './within.ts';
import { Sound, type SoundDoor } from './sound.ts';
import type { Media, MediaListener, MediaOptions, OpenOptions, SoundPreferences } from './types.ts';

type Request = Extract<WindowCommand, { request: number }>;
/** A request without its number; distributes over the union. */
type Unnumbered<R> = R extends Request ? Omit<R, 'request'> : never;

export class MediaRoom implements Media {
  readonly #log: MediaOptions['log'];
  readonly #engine: Link<EngineCommand, EngineEvent>;
  readonly #window: Link<WindowCommand, WindowEvent>;
  readonly #calls = new Map<string, CallMedia>();
  readonly #listeners = new Set<MediaListener>();
  readonly #requests = new Map<number, { resolve(sdp: string | null): void; reject(error: Error): void }>();
  readonly #sound: Sound;
  readonly #ringBack = new RingBack((on) => this.#window.send({ type: 'ring-back', on }));
  #lastRequest = 0;
  #preferences: Extract<WindowCommand, { type: 'preferences' }> | null = null;
  #ringing: { on: boolean; tone?: PersonRingTone } = { on: false };
  #windowEnded = false;

  constructor(options: MediaOptions) {
    this.#log = options.log;
    this.#engine = new Link({
      channel: options.engine,
      schema: engineEventSchema,
      log: options.log.child('engine'),
      onReady: () => this.#calls.forEach((call) => call.openEngine()),
      onEvent: (event) => this.#fromEngine(event),
      onGone: (reason) => {
        this.#log.warn('the engine ended', { reason });
        this.#calls.forEach((call) => call.engineGone());
        this.#calls.forEach(({ id }) => this.#sound.line(id, null));
      },
    });
    this.#window = new Link({
      channel: options.window,
      schema: windowEventSchema,
      log: options.log.child('window'),
      onReady: () => {
        this.#tellWindow();
        if (this.#windowEnded) this.#calls.forEach((call) => call.windowReady());
        this.#windowEnded = false;
      },
      onEvent: (event) => this.#fromWindow(event),
      onGone: (reason) => this.#windowGone(reason),
    });
    this.#sound = new Sound({
      log: options.log.child('sound'),
      toWindow: (command) => this.#window.send(command),
      tell: (tell) => this.#tell(tell),
    });
  }

  get sound(): SoundDoor {
    return this.#sound;
  }

  async open(callId: string, options: OpenOptions): Promise<void> {
    const call = this.#calls.get(callId) ?? this.#makeCall(callId, options);
    await call.opened;
  }

  async createOffer(callId: string, options: { hold?: boolean } = {}): Promise<string> {
    return this.#call(callId).createOffer(options.hold);
  }

  fallBack(callId: string): boolean {
    return this.#calls.get(callId)?.fallBack() ?? false;
  }

  async createAnswer(callId: string, offer: string): Promise<string> {
    return this.#call(callId).createAnswer(offer);
  }

  async setAnswer(callId: string, answer: string): Promise<void> {
    await this.#call(callId).setAnswer(answer);
  }

  move(callId: string, localAddress: string): void {
    this.#calls.get(callId)?.move(localAddress);
  }

  setMuted(callId: string, muted: boolean): void {
    this.#calls.get(callId)?.setMuted(muted);
  }

  setVideo(callId: string, source: VideoSource): void {
    this.#call(callId).setVideo(source);
  }

  videoRefused(callId: string): void {
    this.#calls.get(callId)?.videoRefused();
  }

  async sendDigit(callId: string, digit: string): Promise<'sent' | 'info-needed'> {
    const call = this.#call(callId);
    const way = this.#sound.dtmf(callId);
    if (way === 'inband') {
      this.#sound.sendInbandDigit(callId, digit);
      return 'sent';
    }
    if (way === 'info' || !call.sendsTelephoneEvents) return 'info-needed';
    this.#window.send({ type: 'digit', callId, digit });
    return 'sent';
  }

  close(callId: string): void {
    if (!this.#calls.delete(callId)) return;
    this.#ringBack.forget(callId);
    this.#sound.closed(callId);
    this.#engine.send({ type: 'close', callId });
    this.#window.send({ type: 'close', callId });
  }

  ringBack(callId: string, on: boolean): void {
    const call = this.#calls.get(callId);
    if (call) this.#ringBack.want(callId, on, call.hasAgreement);
  }

  ring(on: boolean, tone?: PersonRingTone): void {
    if (this.#ringing.on === on && this.#ringing.tone === tone) return;
    this.#ringing = { on, ...(tone ? { tone } : {}) };
    this.#window.send({ type: 'ring', ...this.#ringing });
  }

  setPreferences(preferences: SoundPreferences): void {
    const { microphone, speaker, ringer, ringVolume, voiceProcessing = true } = preferences;
    this.#preferences = { type: 'preferences', microphone, speaker, ringer, ringVolume, voiceProcessing };
    this.#window.send(this.#preferences);
  }

  listen(listener: MediaListener): Dispose {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #call(callId: string): CallMedia {
    const call = this.#calls.get(callId);
    if (!call) throw new Error(`no open media for call ${callId}`);
    return call;
  }

  #makeCall(callId: string, options: OpenOptions): CallMedia {
    const call = new CallMedia(callId, options, {
      toEngine: (command) => this.#engine.send(command),
      toWindow: (state) => this.#window.send({ type: 'call', call: state }),
      endDirect: () => this.#window.send({ type: 'direct-end', callId }),
      directOffer: async (how) => this.#describe({ type: 'direct-offer', callId, ...how }),
      directAnswer: async (sdp, how) => this.#describe({ type: 'direct-answer', callId, sdp, ...how }),
      setDirectAnswer: async (sdp) => {
        await this.#request({ type: 'direct-set-answer', callId, sdp });
      },
      negotiated: (what) => this.#tell((listener) => listener.negotiated?.(callId, what)),
      remoteHold: (held) => this.#tell((listener) => listener.remoteHold?.(callId, held)),
      pictures: (pictures) => this.#tell((listener) => listener.pictures?.(callId, pictures)),
      reofferNeeded: () => this.#tell((listener) => listener.reofferNeeded?.(callId)),
      problem: (problem) => this.#problem(callId, problem),
    });
    this.#calls.set(callId, call);
    this.#sound.opened(callId, options.dtmf);
    this.#window.send({ type: 'call', call: call.windowCall });
    call.openEngine();
    return call;
  }

  #fromEngine(event: EngineEvent): void {
    switch (event.type) {
      case 'opened':
        this.#calls.get(event.callId)?.engineOpened(event);
        return;
      case 'failed':
        this.#calls.get(event.callId)?.engineFailed(event.why);
        return;
      case 'digit':
        if (!this.#calls.has(event.callId)) return;
        this.#tell((listener) => listener.digit?.(event.callId, event.digit));
        return;
      case 'first-packet':
        this.#firstPacket(event.callId, event.direction);
        return;
      case 'link':
        this.#sound.line(event.callId, this.#calls.get(event.callId)?.goesByEngine ? event.link : null);
        return;
      case 'log':
        this.#log.child('engine')[event.level](event.message, event.details);
        return;
      case 'ready':
    }
  }

  #fromWindow(event: WindowEvent): void {
    switch (event.type) {
      case 'reply': {
        const request = this.#requests.get(event.request);
        this.#requests.delete(event.request);
        if (event.problem) request?.reject(new ProblemError(event.problem));
        else request?.resolve(event.sdp);
        return;
      }
      case 'devices':
        this.#tell((listener) => listener.devices?.(event.devices));
        return;
      case 'problem':
        this.#problem(event.callId, event.problem);
        return;
      case 'first-packet':
        this.#firstPacket(event.callId, event.direction);
        return;
      case 'picture':
        this.#calls.get(event.callId)?.pictureOffered(event.offered);
        return;
      case 'picture-ended':
        this.#calls.get(event.callId)?.pictureEnded();
        return;
      case 'log':
        this.#log.child('window')[event.level](event.message, event.details);
        return;
      case 'stats':
        this.#sound.fromWindow(event);
        this.#tellMetrics(event.callId);
        return;
      case 'ready':
      case 'hid-devices':
        return;
      default:
        this.#sound.fromWindow(event);
    }
  }

  /** The other side learns how we hear it, where it asks and may know. */
  #tellMetrics(callId: string): void {
    const metrics = this.#calls.get(callId)?.tellsMetrics ? this.#sound.voipMetrics(callId) : null;
    if (metrics) this.#engine.send({ type: 'metrics', callId, metrics });
  }

  #firstPacket(callId: string, direction: 'out' | 'in'): void {
    if (!this.#calls.has(callId)) return;
    if (direction === 'in') this.#ringBack.heard(callId);
    this.#tell((listener) => listener.firstPacket?.(callId, direction));
  }

  #problem(callId: string, problem: Problem | null): void {
    if (this.#calls.has(callId)) this.#tell((listener) => listener.problem?.(callId, problem));
  }

  #tell(tell: (listener: MediaListener) => void): void {
    this.#listeners.forEach(tell);
  }

  /** All that a window which has just started must know. Known things change nothing there. */
  #tellWindow(): void {
    if (this.#preferences) this.#window.send(this.#preferences);
    this.#window.send({ type: 'ring', ...this.#ringing });
    this.#window.send({ type: 'ring-back', on: this.#ringBack.on });
    for (const call of this.#calls.values()) this.#window.send({ type: 'call', call: call.windowCall });
    this.#sound.tellWindow();
  }

  #windowGone(reason: string): void {
    this.#log.warn('the media window ended', { reason });
    for (const request of this.#requests.values()) request.reject(problems.windowGone(reason));
    this.#requests.clear();
    this.#windowEnded = true;
    this.#calls.forEach((call) => call.windowGone());
    this.#sound.windowGone();
  }

  async #describe(request: Unnumbered<Request>): Promise<string> {
    const sdp = await this.#request(request);
    if (sdp === null) throw problems.unresponsive('no description');
    return sdp;
  }

  async #request(request: Unnumbered<Request>): Promise<string | null> {
    const reply = Promise.withResolvers<string | null>();
    // Whoever asked hears of a failure by the race below.
    reply.promise.catch(() => {});
    this.#lastRequest += 1;
    const number = this.#lastRequest;
    try {
      this.#requests.set(number, reply);
      await within(this.#window.whenReady, 'the media window is not there');
      this.#window.send({ ...request, request: number });
      return await within(reply.promise, 'the media window did not answer');
    } finally {
      this.#requests.delete(number);
    }
  }
}
