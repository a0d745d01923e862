// The sound devices that there are, asked for again whenever the system says they changed.
import { readDevices, type SystemDevices } from './device-choice.ts';

const none: SystemDevices = { real: [], systemDefault: null };

export class Devices {
  microphones = none;
  speakers = none;
  readonly #onChange: () => void;
  #turn = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    navigator.mediaDevices.addEventListener('devicechange', () => void this.refresh());
  }

  /** Several changes in a row are told once, with what is there at last. */
  async refresh(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const list = await navigator.mediaDevices.enumerateDevices();
    if (turn !== this.#turn) return;
    this.microphones = readDevices(list, 'audioinput');
    this.speakers = readDevices(list, 'audiooutput');
    this.#onChange();
  }
}
