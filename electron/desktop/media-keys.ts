// Play/Pause of the keyboard answers and hangs up, where the person wants it, and only while there is a call: music has it else.
import type { GlobalShortcut } from 'electron';
import type { Command, Logger, PhoneState } from '../../contract/index.ts';

const key = 'MediaPlayPause';

export interface MediaKeysOptions {
  shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>;
  command(command: Command): void;
  log: Logger;
}

export class MediaKeys {
  readonly #options: MediaKeysOptions;
  #isOurs = false;
  /** Another program has the key: asked again at the next call, not with every change of this one. */
  #isRefused = false;
  #state: PhoneState | null = null;

  constructor(options: MediaKeysOptions) {
    this.#options = options;
  }

  draw(state: PhoneState): void {
    this.#state = state;
    const { shortcuts, log } = this.#options;
    const isWanted = (state.preferences.mediaKeys ?? false) && mediaKeyCommand(state) !== null;
    if (!isWanted) {
      if (this.#isOurs) shortcuts.unregister(key);
      this.#isOurs = this.#isRefused = false;
    } else if (!this.#isOurs && !this.#isRefused) {
      this.#isOurs = shortcuts.register(key, () => this.#press());
      this.#isRefused = !this.#isOurs;
      if (this.#isRefused) log.warn('Another program, or the system, keeps the Play/Pause key.');
    }
  }

  #press(): void {
    const command = this.#state && mediaKeyCommand(this.#state);
    if (command) this.#options.command(command);
  }
}

/** Somebody who waits is answered, also in a call, which is held; else the call is hung up. */
export function mediaKeyCommand({ calls, activeCallId }: Pick<PhoneState, 'calls' | 'activeCallId'>): Command | null {
  const waiting = calls.find(({ phase }) => phase.name === 'incoming');
  if (waiting) return { type: 'answer', callId: waiting.id };
  const active = calls.find(({ id }) => id === activeCallId);
  return active && active.phase.name !== 'ended' ? { type: 'hang-up', callId: active.id } : null;
}
