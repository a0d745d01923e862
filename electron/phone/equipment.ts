// What the person's desk has: microphones, speakers, headset, and the tests that run on them.
import type {
  DevicesState,
  HeadsetIntent,
  HeadsetState,
  HeadsetTest,
  PhoneState,
  Problem,
  SoundTest,
} from '../../contract/index.ts';
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
  /** What the person should be told once about the headset. */
  problem: (problem: Problem) => void;
  changed: () => void;
}

export class Equipment {
  #soundTest: SoundTest = { name: 'off' };
  #devices: DevicesState = noDevices;
  #headset: HeadsetState = { name: 'none' };
  #headsetTest: HeadsetTest | null = null;

  constructor({ media, headsets, pressed, problem, changed }: EquipmentOptions) {
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
      problem,
      state: (state) => {
        this.#headset = state;
        changed();
      },
      test: (test) => {
        this.#headsetTest = test;
        changed();
      },
    });
  }

  get state(): Pick<PhoneState, 'soundTest' | 'devices' | 'headset' | 'headsetTest'> {
    return {
      soundTest: this.#soundTest,
      devices: this.#devices,
      headset: this.#headset,
      headsetTest: this.#headsetTest,
    };
  }
}
