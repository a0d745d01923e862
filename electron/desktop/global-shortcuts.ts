// Keys in the whole system: given to those acts that a person chose keys for, and taken back when they choose others.
import type { GlobalShortcut } from 'electron';
import {
  globalShortcutIds,
  type Command,
  type GlobalShortcutId,
  type GlobalShortcutKeys,
  type PhoneState,
} from '../../contract/index.ts';

/** `Mod+Shift+A` as Electron writes it. */
export function acceleratorOf(keys: string): string {
  const names: Record<string, string> = {
    Mod: 'CommandOrControl',
    Ctrl: 'Control',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    Escape: 'Esc',
  };
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), 'Plus'] : keys.split('+');
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join('+');
}

/** What this act asks of the phone now; null when there is nothing to do. */
export function commandOf(id: Exclude<GlobalShortcutId, 'open'>, state: PhoneState): Command | null {
  const waiting = state.calls.find((call) => call.phase.name === 'incoming');
  const active = state.calls.find((call) => call.id === state.activeCallId && call.phase.name !== 'incoming');
  switch (id) {
    case 'answer':
    case 'decline':
      return waiting ? { type: id, callId: waiting.id } : null;
    case 'hangUp':
      return active ? { type: 'hang-up', callId: active.id } : null;
    case 'mute':
      return active ? { type: 'mute', callId: active.id, on: !active.muted } : null;
  }
}

export interface GlobalShortcutParts {
  system: Pick<GlobalShortcut, 'register' | 'unregister'>;
  state(): PhoneState;
  command(command: Command): void;
  open(): void;
  /** These have keys that the system gave to another program. */
  taken(ids: readonly GlobalShortcutId[]): void;
}

/** Keeps what the system has registered equal to the preferences. */
export class GlobalShortcuts {
  readonly #parts: GlobalShortcutParts;
  readonly #registered = new Map<GlobalShortcutId, string>();
  #wanted = '';

  constructor(parts: GlobalShortcutParts) {
    this.#parts = parts;
  }

  draw({ preferences: { globalShortcuts = {} } }: PhoneState): void {
    const wanted = JSON.stringify(globalShortcuts);
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    for (const accelerator of this.#registered.values()) this.#parts.system.unregister(accelerator);
    this.#registered.clear();
    this.#parts.taken(globalShortcutIds.filter((id) => !this.#give(id, globalShortcuts)));
  }

  /** False where keys were asked for and could not be had. */
  #give(id: GlobalShortcutId, chosen: GlobalShortcutKeys): boolean {
    const keys = chosen[id];
    if (keys === undefined) return true;
    const accelerator = acceleratorOf(keys);
    if (!this.#register(accelerator, () => this.#pressed(id))) return false;
    this.#registered.set(id, accelerator);
    return true;
  }

  /** Electron throws for keys that it does not know. */
  #register(accelerator: string, run: () => void): boolean {
    try {
      return this.#parts.system.register(accelerator, run);
    } catch {
      return false;
    }
  }

  #pressed(id: GlobalShortcutId): void {
    if (id === 'open') return this.#parts.open();
    const command = commandOf(id, this.#parts.state());
    if (command) this.#parts.command(command);
  }
}
