// The media room's door in the main process. SDP in, SDP out; audio itself flows between media window, engine and network.
import type {
  AccountConfig,
  CallPictures,
  DevicesState,
  Dispose,
  IceServer,
  DtmfWay,
  Logger,
  Preferences,
  Problem,
  VideoSource,
  PersonRingTone,
} from '../../contract/index.ts';
import type { SoundDoor, SoundListener } from './sound.ts';

/** A process or window to talk to: structured-clone messages both ways. Made by desktop/, handed in by main.ts. */
export interface Channel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Dispose;
  /** The other side ended; a new one is started by desktop and `onRestart` follows. */
  onGone(listener: (reason: string) => void): Dispose;
  onRestart(listener: () => void): Dispose;
}

export interface MediaOptions {
  log: Logger;
  engine: Channel;
  window: Channel;
}

export interface OpenOptions {
  media: AccountConfig['media'];
  encryption: AccountConfig['encryption'];
  transport: AccountConfig['transport'];
  /** Address for c= and for the RTP socket. */
  localAddress: string;
  /** The codecs that may be used, the preferred first; absent: all. */
  codecs?: AccountConfig['codecs'];
  /** STUN and TURN for WebRTC calls; absent: none. */
  iceServers?: readonly IceServer[];
  /** How keys are sent; absent: `auto`. */
  dtmf?: DtmfWay | undefined;
  /** Whether the other side may know how we hear it, and is asked how it hears us (RFC 3611); absent: no. */
  qualityReports?: boolean | undefined;
}

export interface MediaListener extends SoundListener {
  /** RFC 4733 key from the other side. */
  digit?(callId: string, digit: string): void;
  /** What is on the wire now. */
  negotiated?(callId: string, what: { codec: string; encrypted: boolean }): void;
  remoteHold?(callId: string, held: boolean): void;
  /** What a person may see and show in this call now; null: no pictures here. */
  pictures?(callId: string, pictures: CallPictures | null): void;
  /** Ports or keys of a call that stands are new: the other side must be offered them (re-INVITE). */
  reofferNeeded?(callId: string): void;
  devices?(devices: DevicesState): void;
  problem?(callId: string, problem: Problem | null): void;
  /** First RTP packet of the call left for / came from the network; monotonic ms. For benches and ring-back. */
  firstPacket?(callId: string, direction: 'out' | 'in'): void;
}

export type SoundPreferences = Pick<
  Preferences,
  'microphone' | 'speaker' | 'ringer' | 'ringVolume' | 'voiceProcessing'
>;

export interface Media {
  /** Tones, conference, recordings, quality and tests. */
  readonly sound: SoundDoor;
  /** Makes the legs ready (engine port, peer connection, microphone while ringing out or in). Cheap to call early. */
  open(callId: string, options: OpenOptions): Promise<void>;
  /** Offer for the wire. With `hold` it says sendonly; without it our hold stays. Later offers are re-offers. */
  createOffer(callId: string, options?: { hold?: boolean }): Promise<string>;
  /** True when `createOffer` has another kind of offer for a call whose last one got a 488, or was refused in the answer. */
  fallBack(callId: string): boolean;
  /** Answer to their offer, first or later; keeps our hold. ProblemError `no-common-codec`. */
  createAnswer(callId: string, offer: string): Promise<string>;
  /** Their answer to our last offer (early or final). */
  setAnswer(callId: string, answer: string): Promise<void>;
  /** This computer has another address: new ports there, and `reofferNeeded` when they are ready. */
  move(callId: string, localAddress: string): void;
  setMuted(callId: string, muted: boolean): void;
  /** The account's way; by itself RFC 4733 where negotiated, or in the sound (`sent`), else `info-needed`. */
  sendDigit(callId: string, digit: string): Promise<'sent' | 'info-needed'>;
  close(callId: string): void;
  /**
   * Sends a picture, or none, and takes theirs unless it is `off`: on a call that goes straight to the other side by WebRTC.
   * `reofferNeeded` follows. ProblemError `no-video-here` on any other call.
   */
  setVideo(callId: string, source: VideoSource): void;
  /** The offer with a picture was refused: it is `off` again, without another offer. */
  videoRefused(callId: string): void;
  /** Local ring-back for a call, or none. */
  ringBack(callId: string, on: boolean): void;
  /** Ring tone on the ringer device: this one, or the usual one. */
  ring(on: boolean, tone?: PersonRingTone): void;
  /** Devices and volumes from preferences; applies at once, in a call too. */
  setPreferences(preferences: SoundPreferences): void;
  listen(listener: MediaListener): Dispose;
}

export type CreateMedia = (options: MediaOptions) => Media;
