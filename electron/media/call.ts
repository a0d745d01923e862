// One call's audio in the main process: which way it goes, what was settled, and what engine and window must know of it.
import type {
  CallPictures,
  EngineCommand,
  EngineEvent,
  IceServer,
  Problem,
  VideoSource,
  WindowCall,
} from '../../contract/index.ts';
import { settledByOurs, settledByTheirs, webRtcAudio, type DirectAgreement } from './direct.ts';
import { planFor, type Mode } from './plan.ts';
import { problems } from './problems.ts';
import { Negotiation, parseSdp, type Agreement } from './sdp/index.ts';
import type { Direction } from './sdp/description.ts';
import type { OpenOptions } from './types.ts';
import { within } from './within.ts';

/** What the call asks of the room. */
export interface CallContext {
  toEngine(command: Extract<EngineCommand, { type: 'open' | 'move' | 'connect' }>): void;
  /** The call's whole state for the window. */
  toWindow(call: WindowCall): void;
  endDirect(): void;
  directOffer(options: { iceServers: IceServer[]; restart: boolean }): Promise<string>;
  directAnswer(offer: string, options: { iceServers: IceServer[] }): Promise<string>;
  setDirectAnswer(answer: string): Promise<void>;
  negotiated(what: { codec: string; encrypted: boolean }): void;
  remoteHold(held: boolean): void;
  /** Null where the call carries none. */
  pictures(pictures: CallPictures | null): void;
  reofferNeeded(): void;
  problem(problem: Problem | null): void;
}

type Settled = { way: 'engine'; agreement: Agreement } | { way: 'direct'; agreement: DirectAgreement };

export class CallMedia {
  readonly id: string;
  readonly #options: OpenOptions;
  readonly #context: CallContext;
  readonly #plan: readonly Mode[];
  #step = 0;
  #negotiation = Promise.withResolvers<Negotiation>();
  /** SDP of this call, from the first ports on; it outlives engines. */
  #sdp: Negotiation | null = null;
  #opened = false;
  #localAddress: string;
  /** The next direct offer gathers addresses anew. */
  #restartIce = false;
  /** An account that only speaks WebRTC needs the engine when plain RTP is offered to it. */
  #wantsEngine: boolean;
  #settled: Settled | null = null;
  /** Our offer that waits for an answer. */
  #offered: { mode: Mode; direction: Direction } | null = null;
  #muted = false;
  #held = false;
  #video: VideoSource = 'off';
  /** They offer a picture. */
  #offersPicture = false;
  #toldPictures: CallPictures | null = null;
  #told: { codec: string; encrypted: boolean; heldByThem: boolean } | null = null;

  constructor(id: string, options: OpenOptions, context: CallContext) {
    this.id = id;
    this.#options = options;
    this.#localAddress = options.localAddress;
    this.#context = context;
    this.#plan = planFor(options);
    this.#negotiation.promise.catch(() => {});
    this.#wantsEngine = options.media !== 'webrtc';
  }

  /** Resolves when the engine's port is there, which SDP needs; rejects when it cannot be had. */
  get opened(): Promise<unknown> {
    return this.#wantsEngine ? this.#whenOpened() : Promise.resolve();
  }

  /** Whether RTP came in by a description of theirs: ring-back then waits for it a moment. */
  get hasAgreement(): boolean {
    return this.#settled !== null;
  }

  /** Whether its audio goes by the engine, as SDP settled it. */
  get goesByEngine(): boolean {
    return this.#settled?.way === 'engine';
  }

  /** Whether they ask how we hear them, and may know it. */
  get tellsMetrics(): boolean {
    const settled = this.#settled;
    return settled?.way === 'engine' && (settled.agreement.wire.voipMetrics ?? false);
  }

  get windowCall(): WindowCall {
    const settled = this.#settled;
    return {
      callId: this.id,
      // Without a port in the engine there is nothing to connect to.
      leg: settled?.way !== 'direct' && this.#opened ? 'engine' : 'none',
      muted: this.#muted,
      held: this.#held,
      selection: settled?.way === 'engine' ? settled.agreement.selection : null,
      video: this.#video,
    };
  }

  /** The engine is there: asks it for ports, unless it was asked already and answered. */
  openEngine(): void {
    if (this.#opened || !this.#wantsEngine) return;
    this.#context.toEngine({ type: 'open', callId: this.id, localAddress: this.#localAddress });
  }

  /** Ports are there, for the first time or new ones: after the engine's restart, or on another address. */
  engineOpened({ rtpPort, fingerprint }: Extract<EngineEvent, { type: 'opened' }>): void {
    const local = { address: this.#localAddress, rtpPort, ...(fingerprint && { fingerprint }) };
    const known = this.#sdp;
    const interrupted = known !== null && !this.#opened;
    known?.moveTo(local, { newKeys: interrupted });
    this.#sdp ??= new Negotiation(local, {
      codecs: this.#options.codecs,
      voipMetrics: this.#options.qualityReports,
    });
    this.#opened = true;
    this.#negotiation.resolve(this.#sdp);
    this.#context.toWindow(this.windowCall);
    const settled = this.#settled;
    if (!known || settled?.way !== 'engine') return;
    if (interrupted) {
      // They may hear us from the new port before they have agreed to it.
      this.#context.toEngine({ type: 'connect', callId: this.id, wire: { ...settled.agreement.wire, resumed: true } });
    }
    this.#context.reofferNeeded();
  }

  /** This computer has another address. */
  move(localAddress: string): void {
    if (localAddress === this.#localAddress) return;
    this.#localAddress = localAddress;
    if (this.#opened) this.#context.toEngine({ type: 'move', callId: this.id, localAddress });
    if (this.#settled?.way !== 'direct') return;
    this.#restartIce = true;
    this.#context.reofferNeeded();
  }

  engineFailed(why: string): void {
    this.#negotiation.reject(problems.noPort(why));
  }

  /** The engine ended. The next one is asked for ports, and the other side is offered them when SDP had settled the call. */
  engineGone(): void {
    if (!this.#opened) return;
    this.#opened = false;
    this.#negotiation = Promise.withResolvers();
    this.#negotiation.promise.catch(() => {});
    if (this.#settled?.way === 'engine' || this.#offered) this.#context.problem(problems.engineGone().problem);
  }

  /** A direct peer connection ended with its window; one to the engine is made again. */
  windowGone(): void {
    if (this.#settled?.way === 'direct') this.#context.problem(problems.windowGone().problem);
  }

  /** The window is there again: what it lost of a direct call is offered anew. */
  windowReady(): void {
    if (this.#settled?.way === 'direct') this.#context.reofferNeeded();
  }

  /** `undefined` keeps our hold. A refused offer is put right by the next one: nothing is settled before an answer. */
  async createOffer(hold = this.#held): Promise<string> {
    this.#setHeld(hold);
    const mode = this.#modeInUse ?? this.#plan[this.#step] ?? 'none';
    const direction = hold ? 'sendonly' : 'sendrecv';
    if (mode === 'direct') {
      const restart = this.#restartIce;
      this.#restartIce = false;
      const sdp = await this.#context.directOffer({ iceServers: this.#iceServers, restart });
      this.#offered = { mode, direction };
      return sdp;
    }
    const negotiation = await this.#whenOpened();
    const requireEncryption = this.#options.encryption === 'required';
    const sdp = negotiation.offer({ protection: mode, held: hold, requireEncryption });
    this.#offered = { mode, direction };
    return sdp;
  }

  /** True when the next kind of offer may be tried. */
  fallBack(): boolean {
    if (this.#settled || this.#step + 1 >= this.#plan.length) return false;
    if (this.#plan[this.#step] === 'direct') this.#context.endDirect();
    this.#step += 1;
    this.#offered = null;
    return true;
  }

  async createAnswer(offer: string): Promise<string> {
    const description = parseSdp(offer);
    const webRtc = webRtcAudio(description);
    if (webRtc) {
      const answer = await this.#context.directAnswer(offer, { iceServers: this.#iceServers });
      const agreement = settledByOurs(parseSdp(answer), webRtc);
      if (!agreement) throw problems.noCommonCodec();
      this.#settle({ way: 'direct', agreement });
      return answer;
    }
    this.#wantsEngine = true;
    this.openEngine();
    const negotiation = await this.#whenOpened();
    const { sdp, agreement } = negotiation.answer(description, {
      held: this.#held,
      requireEncryption: this.#options.encryption === 'required',
    });
    this.#settle({ way: 'engine', agreement });
    return sdp;
  }

  async setAnswer(answer: string): Promise<void> {
    const offered = this.#offered;
    if (!offered) throw problems.badSdp('an answer without an offer');
    const description = parseSdp(answer);
    if (offered.mode === 'direct') {
      const before = this.#settled?.agreement.heldByThem ?? false;
      const agreement = settledByTheirs(description, offered.direction, before);
      if (!agreement) throw problems.refused();
      await this.#context.setDirectAnswer(answer);
      this.#settle({ way: 'direct', agreement });
      return;
    }
    const negotiation = await this.#whenOpened();
    const requireEncryption = this.#options.encryption === 'required';
    this.#settle({ way: 'engine', agreement: negotiation.accept(description, { requireEncryption }) });
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#context.toWindow(this.windowCall);
  }

  /** Throws where the call does not go straight to the other side. */
  setVideo(source: VideoSource): void {
    if (this.#settled?.way !== 'direct') throw problems.noVideoHere();
    if (source === this.#video) return;
    this.#video = source;
    this.#context.toWindow(this.windowCall);
    this.#tellPictures();
    this.#context.reofferNeeded();
  }

  /** The other side would not even hear of ours: the sound goes on as it is. */
  videoRefused(): void {
    if (this.#video === 'off') return;
    this.#video = 'off';
    this.#context.toWindow(this.windowCall);
    this.#tellPictures();
  }

  /** Ours ended by itself; theirs may stay. */
  pictureEnded(): void {
    const sends = this.#video === 'camera' || this.#video === 'screen';
    if (sends && this.#settled?.way === 'direct') this.setVideo(this.#offersPicture ? 'watch' : 'off');
  }

  /** They offer a picture, or do no more. */
  pictureOffered(offered: boolean): void {
    this.#offersPicture = offered;
    this.#tellPictures();
  }

  #tellPictures(): void {
    const before = this.#toldPictures;
    const now = this.#settled?.way === 'direct' ? { ours: this.#video, offered: this.#offersPicture } : null;
    if (before?.ours === now?.ours && before?.offered === now?.offered) return;
    this.#toldPictures = now;
    this.#context.pictures(now);
  }

  /** Whether keys go as RTP; else by SIP INFO. */
  get sendsTelephoneEvents(): boolean {
    const settled = this.#settled;
    if (!settled) return false;
    return settled.way === 'direct' ? settled.agreement.telephoneEvent : settled.agreement.wire.telephoneEvent !== null;
  }

  #whenOpened(): Promise<Negotiation> {
    return within(this.#negotiation.promise, 'the media engine is not there');
  }

  get #modeInUse(): Mode | null {
    const settled = this.#settled;
    if (!settled) return null;
    if (settled.way === 'direct') return 'direct';
    const { srtp, dtls } = settled.agreement.wire;
    if (srtp) return 'sdes';
    return dtls ? 'dtls' : 'none';
  }

  get #iceServers(): IceServer[] {
    return [...(this.#options.iceServers ?? [])];
  }

  #setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#context.toWindow(this.windowCall);
  }

  #settle(settled: Settled): void {
    const before = this.#settled;
    this.#settled = settled;
    // An unchanged description must not open the latch again.
    if (settled.way === 'engine') {
      const { wire } = settled.agreement;
      const known = before?.way === 'engine' && JSON.stringify(before.agreement.wire) === JSON.stringify(wire);
      if (!known) this.#context.toEngine({ type: 'connect', callId: this.id, wire });
      if (before?.way === 'direct') this.#context.endDirect();
    }
    if (settled.way === 'engine') [this.#video, this.#offersPicture] = ['off', false];
    this.#context.toWindow(this.windowCall);
    this.#tell(settled);
    this.#tellPictures();
  }

  #tell(settled: Settled): void {
    const now =
      settled.way === 'direct'
        ? { codec: settled.agreement.codec, encrypted: true, heldByThem: settled.agreement.heldByThem }
        : {
            codec: settled.agreement.selection.codecs[0] ?? '',
            encrypted: settled.agreement.wire.srtp !== null || settled.agreement.wire.dtls !== undefined,
            heldByThem: settled.agreement.heldByThem,
          };
    const before = this.#told;
    this.#told = now;
    if (before?.codec !== now.codec || before.encrypted !== now.encrypted) {
      this.#context.negotiated({ codec: now.codec, encrypted: now.encrypted });
    }
    if ((before?.heldByThem ?? false) !== now.heldByThem) this.#context.remoteHold(now.heldByThem);
  }
}
