// What a person chose, apart from accounts. Applies at once; kept in settings.json.
import * as v from 'valibot';
import { forwardCodesSchema } from './forwarding.ts';
import { languageChoiceSchema } from './language.ts';
import { globalShortcutKeysSchema, shortcutKeysSchema } from './shortcuts.ts';
import { ringToneSchema, toneCountrySchema } from './sound.ts';
import { zoomSchema } from './zoom.ts';

/** An audio device, remembered by more than its id: ids are salted per origin and profile. */
export const deviceChoiceSchema = v.nullable(
  v.object({ deviceId: v.string(), label: v.string(), groupId: v.optional(v.string()) }),
);
/** null: follow the system. */
export type DeviceChoice = v.InferOutput<typeof deviceChoiceSchema>;

const forwardTarget = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(256));

export const preferencesSchema = v.object({
  theme: v.picklist(['system', 'light', 'dark', 'contrast']),
  /** How large window and pop-up are drawn, per cent; absent: 100. */
  zoom: v.optional(zoomSchema),
  /** Of words and dates; absent: the system's. */
  language: v.optional(languageChoiceSchema),
  /** Keys in the window in place of the usual ones. */
  shortcuts: v.optional(shortcutKeysSchema),
  /** Keys in the whole system; an act that is absent has none. */
  globalShortcuts: v.optional(globalShortcutKeysSchema),
  /** Names of those that an administrator set: no window changes them. */
  locked: v.optional(v.array(v.string())),
  startAtLogin: v.boolean(),
  microphone: deviceChoiceSchema,
  speaker: deviceChoiceSchema,
  ringer: deviceChoiceSchema,
  /** 0 to 1. */
  ringVolume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  ringerMuted: v.boolean(),
  /** Echo cancelling, noise suppression, automatic gain; absent: on. Off for studio equipment, and for tests: it takes steady tones for noise. */
  voiceProcessing: v.optional(v.boolean()),
  /** Each of the three by itself; absent: as `voiceProcessing` says. */
  echoCancellation: v.optional(v.boolean()),
  noiseSuppression: v.optional(v.boolean()),
  automaticGain: v.optional(v.boolean()),
  /** All outputs that ring; absent: `ringer` alone. */
  ringOn: v.optional(v.pipe(v.array(deviceChoiceSchema), v.maxLength(16))),
  /** Busy, ring-back and the like; absent: those of the system's region. */
  toneCountry: v.optional(toneCountrySchema),
  ringTone: v.optional(ringToneSchema),
  /** Name of the person's own ring tone, as its file was called; the sound itself is kept in the profile. */
  ringFileName: v.optional(v.pipe(v.string(), v.maxLength(256))),
  /** Folder for recordings; absent: `Hookswitch` in the person's documents. */
  recordingFolder: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  /** Both sides hear a short tone while a call is recorded; absent: they do. */
  recordingTone: v.optional(v.boolean()),
  /** True once the person was told what the law asks of who records. */
  recordingExplained: v.optional(v.boolean()),
  /** Camera and screen may be shown in calls, and theirs seen; absent: neither. */
  video: v.optional(v.boolean()),
  /** Instead of the country's; absent: those of the system's region. */
  emergencyNumbers: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-9*#]{2,8}$/))), v.maxLength(20))),
  /** The account that emergency calls go out on; absent: as any other call, on one that is available. */
  emergencyAccountId: v.optional(v.string()),
  /** Where this phone is, to be read out to those who answer an emergency call. */
  emergencyLocation: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  /** What to dial for voicemail where the server does not say. */
  voicemailNumber: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  /** Days for which calls are kept in the list; absent: for good. */
  keepCallsDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
  /** Where all calls go on to, those that find the phone busy, and those that nobody answers; absent: they ring here. */
  forwardAlways: v.optional(forwardTarget),
  forwardBusy: v.optional(forwardTarget),
  forwardNoAnswer: v.optional(forwardTarget),
  /** How long it rings before "no answer", seconds; absent: 20. */
  forwardNoAnswerSeconds: v.optional(v.pipe(v.number(), v.minValue(5), v.maxValue(120))),
  /** Who forwards: this phone by 302, or the server by its feature codes; absent: this phone. */
  forwardBy: v.optional(v.picklist(['phone', 'server'])),
  forwardCodes: v.optional(forwardCodesSchema),
  /** Off: who calls during a call hears "busy"; absent: on. */
  callWaiting: v.optional(v.boolean()),
  /** Callers on the list are answered by the phone itself; absent: nobody is. */
  autoAnswer: v.optional(v.boolean()),
  autoAnswerCallers: v.optional(v.pipe(v.array(v.pipe(v.string(), v.trim(), v.maxLength(256))), v.maxLength(100))),
  /** How long it rings first, seconds; absent: not at all. */
  autoAnswerSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60))),
  /** What to dial so that the server parks a call, and to take it back; absent: the same. */
  parkCode: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  retrieveCode: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(256))),
  headsetButtons: v.picklist(['always', 'in-calls', 'never']),
  /** Where microphone or speaker follow the system, they are those of the headset whose buttons work; absent: they are. */
  headsetAudio: v.optional(v.boolean()),
  /** Play/Pause of the keyboard answers and hangs up; absent: it is left to other programs. */
  mediaKeys: v.optional(v.boolean()),
  /** A USB busylight shows how the phone stands; absent: it is left to other programs. */
  busylight: v.optional(v.boolean()),
  /** The account used when nothing else says which. */
  defaultAccountId: v.nullable(v.string()),
  /** True while the practice exchange is wanted; it starts with the app. */
  practice: v.boolean(),
  /** True once "still running to receive calls" was shown. */
  closeExplained: v.boolean(),
  /** Milliseconds since the epoch; 0: off; Infinity is stored as -1: until turned off. */
  doNotDisturbUntil: v.number(),
});
export type Preferences = v.InferOutput<typeof preferencesSchema>;

export const defaultPreferences: Preferences = {
  theme: 'system',
  startAtLogin: false,
  microphone: null,
  speaker: null,
  ringer: null,
  ringVolume: 0.8,
  ringerMuted: false,
  headsetButtons: 'always',
  defaultAccountId: null,
  practice: false,
  closeExplained: false,
  doNotDisturbUntil: 0,
};
