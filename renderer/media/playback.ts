// What the other side says, on its own <audio> with its own output device (not through an AudioContext: echo cancelling).

/** An element that is not drawn; its name is for tests and tools. */
export function createAudio(name: string, stream: MediaStream | null): HTMLAudioElement {
  const audio = new Audio();
  audio.dataset['name'] = name;
  audio.srcObject = stream;
  document.body.append(audio);
  return audio;
}

/** Where a device is gone the system's takes over. */
export function sendTo(audio: HTMLAudioElement, deviceId: string | null): void {
  audio.setSinkId(deviceId ?? '').catch(() => {
    if (deviceId !== null) sendTo(audio, null);
  });
}

export class Playback {
  readonly #name: string;
  #audio: HTMLAudioElement;

  constructor(callId: string, speaker: string | null) {
    this.#name = callId;
    this.#audio = createAudio(callId, null);
    sendTo(this.#audio, speaker);
  }

  /** Plays this stream from now on. */
  attach(stream: MediaStream): void {
    if (this.#audio.srcObject === stream) return;
    this.#audio.srcObject = stream;
    this.#play();
  }

  set silent(silent: boolean) {
    this.#audio.muted = silent;
  }

  /**
   * Another device, or the same one again. In a new element: on macOS one whose device was unplugged and plugged in again
   * stays silent (electron #11382).
   */
  playOn(deviceId: string | null): void {
    const before = this.#audio;
    const next = createAudio(this.#name, null);
    next.muted = before.muted;
    sendTo(next, deviceId);
    this.#audio = next;
    if (before.srcObject) {
      next.srcObject = before.srcObject;
      this.#play();
    }
    release(before);
  }

  close(): void {
    release(this.#audio);
  }

  #play(): void {
    this.#audio.play().catch(() => {
      // Replaced or closed before it began.
    });
  }
}

function release(audio: HTMLAudioElement): void {
  audio.pause();
  audio.srcObject = null;
  audio.remove();
}
