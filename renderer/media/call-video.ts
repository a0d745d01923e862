// A call's pictures: the camera or the screen while a person wants it sent, and theirs; shown in this window (pictures.ts).
import type { Problem, VideoSource } from '../../contract/index.ts';
import type { Pictures } from './pictures.ts';
import { noPicture } from './problems.ts';

/** Enough for a face or a slide, and within what a home's upstream bears. */
const camera: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } };
const screen: DisplayMediaStreamOptions = { video: { frameRate: { max: 15 } }, audio: false };

export interface CallVideoListener {
  problem(problem: Problem | null): void;
  /** Ours ended by itself. */
  ended(): void;
}

export class CallVideo {
  readonly #callId: string;
  readonly #pictures: Pictures;
  readonly #listener: CallVideoListener;
  #wanted: VideoSource = 'off';
  #open: { source: VideoSource; track: MediaStreamTrack } | null = null;
  /** Asked for and not there yet: a choice of a screen is good for one asking. */
  #opening: { source: VideoSource; track: Promise<MediaStreamTrack | null> } | null = null;
  #theirs: MediaStreamTrack | null = null;

  constructor(callId: string, pictures: Pictures, listener: CallVideoListener) {
    this.#callId = callId;
    this.#pictures = pictures;
    this.#listener = listener;
  }

  /** Nothing is captured before a description needs it. */
  set wanted(source: VideoSource) {
    this.#wanted = source;
    if (source !== this.#open?.source) this.#stop();
    if (source === 'off') this.#theirs = null;
    this.#draw();
  }

  get isWanted(): boolean {
    return this.#wanted !== 'off';
  }

  /** Sends and takes as the person wants it, and nothing while they hold. Without a picture of ours theirs is still taken. */
  async prepare(transceiver: RTCRtpTransceiver, held: boolean): Promise<void> {
    const track = this.#sends && !held ? await this.#capture() : null;
    await transceiver.sender.replaceTrack(track);
    if (!this.isWanted || held) transceiver.direction = 'inactive';
    else transceiver.direction = track ? 'sendrecv' : 'recvonly';
  }

  /** Theirs; null: they show none now. Its sound is another track. */
  show(track: MediaStreamTrack | null): void {
    this.#theirs = track;
    this.#draw();
  }

  close(): void {
    this.wanted = 'off';
  }

  get #sends(): boolean {
    return this.#wanted === 'camera' || this.#wanted === 'screen';
  }

  #draw(): void {
    if (this.isWanted) this.#pictures.draw(this.#callId, { theirs: this.#theirs, ours: this.#open?.track ?? null });
    else this.#pictures.remove(this.#callId);
  }

  async #capture(): Promise<MediaStreamTrack | null> {
    if (this.#open) return this.#open.track;
    const source = this.#wanted;
    if (this.#opening?.source === source) return this.#opening.track;
    const opening = { source, track: this.#openSource(source) };
    this.#opening = opening;
    try {
      return await opening.track;
    } finally {
      if (this.#opening === opening) this.#opening = null;
    }
  }

  async #openSource(source: VideoSource): Promise<MediaStreamTrack | null> {
    try {
      const devices = navigator.mediaDevices;
      const stream =
        source === 'screen' ? await devices.getDisplayMedia(screen) : await devices.getUserMedia({ video: camera });
      const [track] = stream.getVideoTracks();
      if (!track || source !== this.#wanted) {
        track?.stop();
        return null;
      }
      // `stop` of our own does not come here.
      track.addEventListener('ended', () => this.#ended(track));
      this.#open = { source, track };
      this.#draw();
      this.#listener.problem(null);
      return track;
    } catch (error) {
      this.#listener.problem({ ...noPicture, detail: String(error) });
      return null;
    }
  }

  #ended(track: MediaStreamTrack): void {
    if (track !== this.#open?.track) return;
    this.#open = null;
    this.#draw();
    this.#listener.ended();
  }

  #stop(): void {
    this.#open?.track.stop();
    this.#open = null;
  }
}
