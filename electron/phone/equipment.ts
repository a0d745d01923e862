// What the person's desk has: microphones, speakers, headset, the tests that run on them, keys that others took, and dialogs that wait for an answer.
import type {
  DevicesState,
  GlobalShortcutId,
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
  #shortcutsTaken: readonly GlobalShortcutId[] = [];
  #fileDialogs = 0;
  readonly #changed: () => void;

  constructor({ media, headsets, pressed, problem, changed }: EquipmentOptions) {
    this.#changed = changed;
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

  /** Global shortcuts whose keys the system gave to another program. */
  shortcutsTaken(ids: readonly GlobalShortcutId[]): void {
    if (ids.join() === this.#shortcutsTaken.join()) return;
    this.#shortcutsTaken = ids;
    this.#changed();
  }

  /** A dialog that asks for a file was opened, or closed. */
  fileDialog(isOpen: boolean): void {
    this.#fileDialogs += isOpen ? 1 : -1;
    this.#changed();
  }

  get state(): Pick<
    PhoneState,
    'soundTest' | 'devices' | 'headset' | 'headsetTest' | 'shortcutsTaken' | 'fileDialogOpen'
  > {
    return {
      soundTest: this.#soundTest,
      devices: this.#devices,
      headset: this.#headset,
      headsetTest: this.#headsetTest,
      shortcutsTaken: this.#shortcutsTaken,
      fileDialogOpen: this.#fileDialogs > 0,
    };
  }
}
