// Power: no sleep of the app in a call, and a fresh look at the network after the machine woke.
import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import type { PhoneState } from '../../contract/index.ts';

/** Blocks app suspension while there is a call; a display may still sleep. */
export class CallKeepsAwake {
  readonly #blocker: PowerSaveBlocker;
  #id: number | null = null;

  constructor(blocker: PowerSaveBlocker) {
    this.#blocker = blocker;
  }

  draw(state: PhoneState): void {
    const inCall = state.calls.some((call) => call.phase.name !== 'ended');
    if (inCall && this.#id === null) this.#id = this.#blocker.start('prevent-app-suspension');
    if (!inCall && this.#id !== null) {
      this.#blocker.stop(this.#id);
      this.#id = null;
    }
  }
}

/** What happened to the network: after sleep servers may have forgotten us, even where our address is the same. */
export type NetworkChange = { woke: boolean };

/** Sleep, wake and unlock may have changed every address. */
export function watchPower(monitor: PowerMonitor, changed: (change: NetworkChange) => void): void {
  monitor.on('resume', () => changed({ woke: true }));
  monitor.on('unlock-screen', () => changed({ woke: false }));
}
