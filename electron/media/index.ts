// The media room's door: SDP in, SDP out; audio flows between media window, engine and network.
import { MediaRoom } from './media.ts';
import type { CreateMedia } from './types.ts';

/** Joins engine and media window; both may start before or after this, and may start again. */
export const createMedia: CreateMedia = (options) => new MediaRoom(options);

export { jitterBufferTrials } from './jitter-buffer.ts';
export { unusableOffer } from './unusable-offer.ts';

export type { SoundDoor, SoundListener } from './sound.ts';
export { vqSessionReport, type CallReport } from './quality/vq-report.ts';
export { silentProblems, type Silent } from './quality/watchdog.ts';
export type {
  Channel,
  CreateMedia,
  Media,
  MediaListener,
  MediaOptions,
  OpenOptions,
  SoundPreferences,
} from './types.ts';
