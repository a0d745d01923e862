// What the app asked of the desktop and this host does not draw or do. Kept for tests, and for nobody else: Electron has
// no such thing, so `chromiumHost` is missing there and a spec can tell by it which engine it runs on.
import type { Notification } from './notification.ts';
import type { Tray } from './tray.ts';

export interface OpenedDialog {
  kind: 'message' | 'error' | 'open' | 'save';
  options: Record<string, unknown>;
}

export const records = {
  trays: new Set<Tray>(),
  /** Shown and not closed. */
  notifications: new Set<Notification>(),
  /** Accelerator to callback. */
  shortcuts: new Map<string, () => void>(),
  /** URLs and paths given to shell. */
  opened: [] as string[],
  dialogs: [] as OpenedDialog[],
  /** What the next dialogs answer, first come first served; without an entry a dialog is cancelled. */
  dialogAnswers: [] as Record<string, unknown>[],
  protocolClients: new Set<string>(),
  loginItem: { openAtLogin: false } as Record<string, unknown>,
  badge: 0,
  powerSaveBlockers: new Map<number, string>(),
};

/** Says on stderr what a person would have seen, when asked for by HOOKSWITCH_HOST_DEBUG. */
export function unseen(what: string): void {
  if (process.env['HOOKSWITCH_HOST_DEBUG']) console.error(`[host] ${what}`);
}

/** An option that is a text, or nothing. */
export function textOf(options: Record<string, unknown>, name: string): string {
  const value = options[name];
  return typeof value === 'string' ? value : '';
}
