// What a person chose, apart from accounts. Applies at once; kept in settings.json.
import * as v from 'valibot';

/** An audio device, remembered by more than its id: ids are salted per origin and profile. */
export const deviceChoiceSchema = v.nullable(
  v.object({ deviceId: v.string(), label: v.string(), groupId: v.optional(v.string()) }),
);
/** null: follow the system. */
export type DeviceChoice = v.InferOutput<typeof deviceChoiceSchema>;

export const preferencesSchema = v.object({
  theme: v.picklist(['system', 'light', 'dark', 'contrast']),
  startAtLogin: v.boolean(),
  microphone: deviceChoiceSchema,
  speaker: deviceChoiceSchema,
  ringer: deviceChoiceSchema,
  /** 0 to 1. */
  ringVolume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  ringerMuted: v.boolean(),
  /** Echo cancelling, noise suppression, automatic gain; absent: on. Off for studio equipment, and for tests: it takes steady tones for noise. */
  voiceProcessing: v.optional(v.boolean()),
  headsetButtons: v.picklist(['always', 'in-calls', 'never']),
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
