// The microphone: opened while a call needs it, never held while idle; changed under a running call when it must.
import type { Problem } from '../../contract/index.ts';
import type { Resolved } from './device-choice.ts';
import { microphoneProblem, microphoneUnplugged } from './problems.ts';

/** What Chromium does to the voice. */
export interface Processing {
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGainControl: boolean;
}

export interface Wished extends Resolved {
  processing: Processing;
}

export interface MicrophoneListener {
  /** Another track is to be sent; null: silence. */
  track(track: MediaStreamTrack | null): void;
  /** What the person should know; null when all is well again. */
  problem(problem: Problem | null): void;
}

const fullProcessing: Processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Microphone {
  readonly #listener: MicrophoneListener;
  #track: MediaStreamTrack | null = null;
  #opened: Resolved | null = null;
  #wished: Wished = { deviceId: null, inEffect: null, missing: false, signature: '', processing: fullProcessing };
  #users = 0;
  #turn = 0;
  /** Label of the microphone that was taken away in this call. */
  #lost: string | null = null;
  #problem: Problem | null = null;

  constructor(listener: MicrophoneListener) {
    this.#listener = listener;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Which device to use; takes effect at once in a call. */
  wish(wished: Wished): void {
    const before = this.#wished;
    const sameProcessing = JSON.stringify(wished.processing) === JSON.stringify(before.processing);
    const changed = wished.signature !== before.signature || !sameProcessing;
    this.#wished = wished;
    if (this.#users === 0) {
      // What was wrong with the last device says nothing of this one.
      if (changed) this.#tellProblem(null);
      return;
    }
    const lost = this.#opened?.inEffect && wished.inEffect !== this.#opened.inEffect && wished.missing;
    if (lost) this.#lost = this.#track?.label ?? this.#lost;
    // Before the first permission the list is empty: the system's device that was opened then is the one we learn of now.
    const learned = this.#opened?.inEffect === null && this.#opened.deviceId === null && wished.deviceId === null;
    const same = learned && sameProcessing;
    if (same) this.#opened = wished;
    else if (changed || (this.#track === null && wished.inEffect !== null)) void this.#open();
  }

  /** A call needs it, until `release`. */
  use(): void {
    this.#users += 1;
    if (this.#users === 1) void this.#open();
  }

  release(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    this.#turn += 1;
    this.#lost = null;
    this.#replace(null);
  }

  async #open(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const wished = this.#wished;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: constraints(wished) });
      const [track] = stream.getAudioTracks();
      if (turn !== this.#turn || !track) {
        stream.getTracks().forEach((late) => late.stop());
        return;
      }
      track.addEventListener('ended', () => this.#ended(track));
      this.#opened = wished;
      this.#replace(track);
      if (this.#lost === track.label) this.#lost = null;
      this.#tellProblem(this.#lost === null ? null : microphoneUnplugged(track.label));
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#replace(null);
      this.#tellProblem(this.#lost === null ? microphoneProblem(error) : microphoneUnplugged(null));
    }
  }

  /** The system took it away; `stop` does not come here. */
  #ended(track: MediaStreamTrack): void {
    if (track !== this.#track) return;
    this.#lost = track.label;
    void this.#open();
  }

  #replace(track: MediaStreamTrack | null): void {
    const before = this.#track;
    this.#track = track;
    if (track === null) this.#opened = null;
    this.#listener.track(track);
    before?.stop();
  }

  #tellProblem(problem: Problem | null): void {
    if (problem?.code === this.#problem?.code && problem?.message === this.#problem?.message) return;
    this.#problem = problem;
    this.#listener.problem(problem);
  }
}

function constraints({ deviceId, processing }: Wished): MediaTrackConstraints {
  return {
    ...(deviceId !== null && { deviceId: { exact: deviceId } }),
    ...processing,
    channelCount: 1,
  };
}
