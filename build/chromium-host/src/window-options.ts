// What a window is made with: the part of Electron's constructor options that the host looks at.
import type { Bounds } from './chromium.ts';
import type { WebPreferences } from './web-contents.ts';

export interface WindowOptions extends Partial<Bounds> {
  show?: boolean;
  title?: string;
  alwaysOnTop?: boolean;
  skipTaskbar?: boolean;
  focusable?: boolean;
  resizable?: boolean;
  center?: boolean;
  webPreferences?: WebPreferences;
}
