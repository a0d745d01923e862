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
  readonly #audio: HTMLAudioElement;

  constructor(callId: string, speaker: string | null) {
    this.#audio = createAudio(callId, null);
    sendTo(this.#audio, speaker);
  }

  /** Plays this stream from now on. */
  attach(stream: MediaStream): void {
    if (this.#audio.srcObject === stream) return;
    this.#audio.srcObject = stream;
    this.#audio.play().catch(() => {
      // Replaced or closed before it began.
    });
  }

  set silent(silent: boolean) {
    this.#audio.muted = silent;
  }

  set speaker(deviceId: string | null) {
    sendTo(this.#audio, deviceId);
  }

  close(): void {
    this.#audio.pause();
    this.#audio.srcObject = null;
    this.#audio.remove();
  }
}
