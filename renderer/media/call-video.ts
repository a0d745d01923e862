// A call's picture: the camera or the screen while a person wants it sent, and theirs in a <video> of the media page.
import type { Problem, VideoSource } from '../../contract/index.ts';
import { noPicture } from './problems.ts';

/** Enough for a face or a slide, and within what a home's upstream bears. */
const camera: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } };
const screen: DisplayMediaStreamOptions = { video: { frameRate: { max: 15 } }, audio: false };

export class CallVideo {
  readonly #callId: string;
  readonly #tell: (problem: Problem | null) => void;
  #wanted: VideoSource = 'off';
  #open: { source: VideoSource; track: MediaStreamTrack } | null = null;
  #view: HTMLVideoElement | null = null;

  constructor(callId: string, tell: (problem: Problem | null) => void) {
    this.#callId = callId;
    this.#tell = tell;
  }

  /** Nothing is captured before a description needs it. */
  set wanted(source: VideoSource) {
    this.#wanted = source;
    if (source !== this.#open?.source) this.#stop();
    if (source === 'off') this.#hide();
  }

  get isWanted(): boolean {
    return this.#wanted !== 'off';
  }

  /** Sends in both directions, or in none where nothing is wanted. Without a picture of ours theirs is still taken. */
  async prepare(transceiver: RTCRtpTransceiver): Promise<void> {
    const track = this.isWanted ? await this.#capture() : null;
    await transceiver.sender.replaceTrack(track);
    if (!this.isWanted) transceiver.direction = 'inactive';
    else transceiver.direction = track ? 'sendrecv' : 'recvonly';
  }

  /** Theirs. Its sound is another track, so this one is silent. */
  show(track: MediaStreamTrack): void {
    this.#hide();
    const view = document.createElement('video');
    view.dataset['name'] = this.#callId;
    view.muted = true;
    view.srcObject = new MediaStream([track]);
    document.body.append(view);
    this.#view = view;
    // A picture that is taken away again before it plays is no failure.
    view.play().catch(() => {});
  }

  close(): void {
    this.#wanted = 'off';
    this.#stop();
    this.#hide();
  }

  async #capture(): Promise<MediaStreamTrack | null> {
    if (this.#open) return this.#open.track;
    const source = this.#wanted;
    try {
      const devices = navigator.mediaDevices;
      const stream =
        source === 'screen' ? await devices.getDisplayMedia(screen) : await devices.getUserMedia({ video: camera });
      const [track] = stream.getVideoTracks();
      if (!track || source !== this.#wanted) {
        track?.stop();
        return null;
      }
      this.#open = { source, track };
      this.#tell(null);
      return track;
    } catch (error) {
      this.#tell({ ...noPicture, detail: String(error) });
      return null;
    }
  }

  #hide(): void {
    this.#view?.remove();
    this.#view = null;
  }

  #stop(): void {
    this.#open?.track.stop();
    this.#open = null;
  }
}
