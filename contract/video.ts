// Pictures in a call, as people choose and see them: none unless a person wants one.
import * as v from 'valibot';

/** What a person chose: no picture at all; only to see theirs; to send the camera's or the screen's and see theirs. */
export const videoSourceSchema = v.picklist(['off', 'watch', 'camera', 'screen']);
export type VideoSource = v.InferOutput<typeof videoSourceSchema>;

/** A screen or a window that can be shown to the other side. */
export interface ShowableSource {
  /** As `set-video` takes it; good until the window is closed. */
  id: string;
  name: string;
  kind: 'screen' | 'window';
  /** How it looks now, as a data URL; null where the system gives no picture. */
  picture: string | null;
}

/** The pictures of a call that goes straight to the other side. */
export interface CallPictures {
  ours: VideoSource;
  /** They offer one, or show it; it is seen only where `ours` is not `off`. */
  offered: boolean;
}
