// The speaker in use: what is said when it is taken away in a call, until it is back.
import type { Problem } from '../../contract/index.ts';
import type { Resolved, SystemDevices } from './device-choice.ts';
import { speakerUnplugged } from './problems.ts';

export class Speaker {
  /** For setSinkId; null: the system's. */
  deviceId: string | null = null;
  problem: Problem | null = null;
  #inUse: { deviceId: string; label: string } | null = null;
  /** Label of the one that was taken away. */
  #lost: string | null = null;
  #lastSignature = '';

  /** True when the sound must be sent out anew: another device, or the same one plugged in again. */
  use(resolved: Resolved, devices: SystemDevices, inCall: boolean): boolean {
    const before = this.#inUse;
    const now = devices.real.find(({ deviceId }) => deviceId === resolved.inEffect) ?? null;
    const isGone = before !== null && !devices.real.some(({ label }) => label === before.label);
    if (inCall && isGone) this.#lost = before.label;
    // Back, or another one was chosen on purpose.
    if (
      this.#lost !== null &&
      (now?.label === this.#lost || (!isGone && !resolved.missing && resolved.deviceId !== null))
    )
      this.#lost = null;
    this.#inUse = now && { deviceId: now.deviceId, label: now.label };
    this.deviceId = resolved.deviceId;
    const changed = resolved.signature !== this.#lastSignature;
    this.#lastSignature = resolved.signature;
    const problem = this.#lost === null ? null : speakerUnplugged(now?.label ?? null);
    if (problem?.message !== this.problem?.message) this.problem = problem;
    return changed;
  }

  /** The last call ended. */
  forget(): void {
    this.#lost = null;
    this.problem = null;
  }
}
