// Sound as the phone decides it: what preferences mean for the media room, the person's ring tone, where recordings go.
import { constants } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ProblemError,
  toneCountries,
  type Call,
  type DeviceChoice,
  type DevicesState,
  type HeadsetState,
  type Logger,
  type Preferences,
  type SoundChoices,
  type ToneCountry,
} from '../../contract/index.ts';
import type { Media } from '../media/index.ts';
import { withHeadsetAudio } from './headset-audio.ts';

export interface SoundFolders {
  /** The app's own, for the copy of the person's ring tone. */
  profile: string;
  /** The person's documents, for recordings unless another folder was chosen. */
  documents: string;
}

export interface PhoneSoundOptions {
  media: Media;
  folders: SoundFolders;
  /** ISO 3166, of the system: `CH`. */
  region: string | undefined;
  log: Logger;
}

const ringFileName = 'ring-tone';

interface Desk {
  headset: HeadsetState;
  devices: Pick<DevicesState, 'microphones' | 'speakers'>;
}

export class PhoneSound {
  readonly #options: PhoneSoundOptions;
  #ringFile: Uint8Array | null = null;
  #preferences: Preferences | null = null;
  #desk: Desk = { headset: { name: 'none' }, devices: { microphones: [], speakers: [] } };
  #told: { choices: string; ringFile: Uint8Array | null } | null = null;

  constructor(options: PhoneSoundOptions) {
    this.#options = options;
  }

  /** Reads the person's ring tone, then tells the media room everything. */
  async start(preferences: Preferences): Promise<void> {
    this.use(preferences);
    if (preferences.ringTone !== 'file') return;
    try {
      this.#ringFile = await readFile(this.#ringPath);
      this.use(preferences);
    } catch (error) {
      this.#options.log.warn('The ring tone of your own could not be read.', { error: String(error) });
    }
  }

  use(preferences: Preferences): void {
    this.#preferences = preferences;
    this.#options.media.setPreferences(this.#withHeadset(preferences));
    const choices = soundOf(preferences, this.#ringFile, this.#options.region);
    // A ring tone has megabytes; it goes to the window when it changed, not with every volume.
    const told = { choices: JSON.stringify({ ...choices, ringFile: null }), ringFile: this.#ringFile };
    if (told.choices === this.#told?.choices && told.ringFile === this.#told.ringFile) return;
    this.#told = told;
    this.#options.media.sound.setSound(choices);
  }

  /** A headset came or went, and with it the microphone and speaker of a person who follows the system. */
  follow({ headset, devices }: Desk): void {
    const preferences = this.#preferences;
    const before = preferences && this.#withHeadset(preferences);
    this.#desk = { headset, devices };
    if (!preferences || !before) return;
    const after = this.#withHeadset(preferences);
    if (isSame(before.microphone, after.microphone) && isSame(before.speaker, after.speaker)) return;
    this.use(preferences);
  }

  #withHeadset(preferences: Preferences): Preferences {
    return withHeadsetAudio(preferences, this.#desk.headset, this.#desk.devices);
  }

  /** Keeps a copy, so that it rings when the file is moved or its drive is away. ProblemError when it is no sound. */
  async setRingFile(data: Uint8Array): Promise<void> {
    if (!isSoundFile(data)) {
      throw new ProblemError({
        code: 'not-a-sound-file',
        message: 'This file is neither WAV nor Ogg. Choose a .wav, .ogg or .opus file.',
      });
    }
    await writeFile(this.#ringPath, data, { mode: 0o600 });
    this.#ringFile = data;
  }

  /** Where this call's recording goes. Makes the folder; ProblemError when it cannot be written to. */
  async recordingPath(call: Call, preferences: Preferences, at: Date): Promise<string> {
    const folder = preferences.recordingFolder ?? join(this.#options.folders.documents, 'Hookswitch');
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch (error) {
      throw new ProblemError(
        {
          code: 'recording-folder',
          message: `Recordings cannot be saved in ${folder}. Choose another folder in Settings.`,
          detail: String(error),
        },
        { cause: error },
      );
    }
    return join(folder, recordingName(call, at));
  }

  /** The same path, when there is a file; ProblemError when it was moved or deleted. */
  async recordingAt(file: string): Promise<string> {
    try {
      await access(file);
      return file;
    } catch (error) {
      throw new ProblemError(
        { code: 'recording-gone', message: 'This recording was moved or deleted.', detail: file },
        { cause: error },
      );
    }
  }

  get #ringPath(): string {
    return join(this.#options.folders.profile, ringFileName);
  }
}

/** What the preferences mean, with what is absent decided. Pure. */
export function soundOf(
  preferences: Preferences,
  ringFile: Uint8Array | null,
  region: string | undefined,
): Omit<SoundChoices, 'type'> {
  const processing = preferences.voiceProcessing ?? true;
  const ringTone = preferences.ringTone ?? 'rise';
  return {
    ringOn: preferences.ringOn ?? [preferences.ringer],
    echoCancellation: preferences.echoCancellation ?? processing,
    noiseSuppression: preferences.noiseSuppression ?? processing,
    automaticGain: preferences.automaticGain ?? processing,
    toneCountry: preferences.toneCountry ?? countryOf(region),
    // A phone must ring: without its file the own tone is another one.
    ringTone: ringTone === 'file' && ringFile === null ? 'rise' : ringTone,
    ringFile: ringTone === 'file' && ringFile ? new Uint8Array(ringFile) : null,
  };
}

/** The tones of a region; where they are not known, those most of Europe agreed on. */
export function countryOf(region: string | undefined): ToneCountry {
  return toneCountries.find((country) => country === region?.toLowerCase()) ?? 'eu';
}

/** `2026-11-25 14.03.07 Nora Keller.wav`: sorted by time, harmless to every file system. Pure. */
export function recordingName(call: Call, at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const who = (call.party.name ?? call.party.number)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} +@._-]/gu, '')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 60);
  return `${day} ${time} ${who || 'call'}.wav`;
}

/** RIFF WAVE or Ogg, by their first bytes. */
function isSoundFile(data: Uint8Array): boolean {
  const text = Buffer.from(data.buffer, data.byteOffset, Math.min(data.byteLength, 12)).toString('latin1');
  return text.startsWith('OggS') || (text.startsWith('RIFF') && text.slice(8) === 'WAVE');
}

function isSame(a: DeviceChoice, b: DeviceChoice): boolean {
  return a?.deviceId === b?.deviceId && a?.label === b?.label;
}
