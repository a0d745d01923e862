// What the person's desk has: microphones, speakers, headset, and the sound test that runs on them.
import type { DevicesState, HeadsetIntent, HeadsetState, SoundTest } from '../../contract/index.ts';
import type { PhoneParts } from './parts.ts';

const noDevices: DevicesState = {
  microphones: [],
  speakers: [],
  microphoneInUse: null,
  speakerInUse: null,
  problem: null,
};

export interface EquipmentOptions extends Pick<PhoneParts, 'media' | 'headsets'> {
  pressed: (intent: HeadsetIntent) => void;
  changed: () => void;
}

export class Equipment {
  #soundTest: SoundTest = { name: 'off' };
  #devices: DevicesState = noDevices;
  #headset: HeadsetState = { name: 'none' };

  constructor({ media, headsets, pressed, changed }: EquipmentOptions) {
    media.listen({
      soundTest: (state) => {
        this.#soundTest = state;
        changed();
      },
      devices: (devices) => {
        this.#devices = devices;
        headsets.rescan();
        changed();
      },
    });
    headsets.listen({
      intent: pressed,
      state: (state) => {
        this.#headset = state;
        changed();
      },
    });
  }

  get state(): { soundTest: SoundTest; devices: DevicesState; headset: HeadsetState } {
    return { soundTest: this.#soundTest, devices: this.#devices, headset: this.#headset };
  }
}
