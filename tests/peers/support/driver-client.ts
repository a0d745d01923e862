// A spec's side of a driver: a phone with a headset in one namespace of the trapezoid.
import { join } from 'node:path';
import * as v from 'valibot';
import type { VirtualButton } from '../../../electron/headset/virtual/virtual-headset.ts';
import type { Child } from './child.ts';
import { driverAnswerSchema, type DriverCommand } from './driver-commands.ts';
import type { Trapezoid } from './trapezoid.ts';

export class DrivenPhone {
  readonly #child: Child;
  #number = 0;

  constructor(trapezoid: Trapezoid, namespace: 'phoneX' | 'phoneY') {
    const driver = join(import.meta.dirname, 'driver.ts');
    this.#child = trapezoid.run(namespace, process.execPath, [driver], { stdin: true });
  }

  /** Resolves when the account is registered and the headset open. The microphone hears this tone. */
  async launch(provision: unknown, microphoneHz: number): Promise<void> {
    await this.#say({ do: 'launch', provision, microphoneHz }, 60_000);
  }

  async clickName(name: string): Promise<void> {
    await this.#say({ do: 'click-name', name });
  }

  /** What the pop-up shows, once it is on the screen. */
  popup(): Promise<string> {
    return this.#say({ do: 'popup' });
  }

  async clickAnswer(): Promise<void> {
    await this.#say({ do: 'click-answer' });
  }

  async clickEndCall(): Promise<void> {
    await this.#say({ do: 'click-end' });
  }

  async press(button: VirtualButton): Promise<void> {
    await this.#say({ do: 'press', button });
  }

  /** Resolves to the id of the call that is in this phase. */
  until(phase: 'incoming' | 'calling' | 'connected' | 'ended'): Promise<string> {
    return this.#say({ do: 'until', phase });
  }

  async idle(): Promise<void> {
    await this.#say({ do: 'until-idle' });
  }

  async hears(callId: string, hz: number): Promise<void> {
    await this.#say({ do: 'hears', callId, hz });
  }

  /** Closes the phone as a person does; throws what its windows complained of. */
  async close(): Promise<void> {
    await this.#say({ do: 'close' });
  }

  /** Ends the driver, and the phone where it still runs. */
  stop(): Promise<void> {
    return this.#child.stop(15_000);
  }

  async #say(command: DriverCommand, ms = 30_000): Promise<string> {
    this.#number += 1;
    const number = this.#number;
    this.#child.write(JSON.stringify({ number, command }));
    const [line] = await this.#child.waitFor(new RegExp(`^\\{"answer":${number},.*\\}$`, 'm'), ms);
    const { error, value } = v.parse(driverAnswerSchema, JSON.parse(line));
    if (error !== null) throw new Error(`${command.do}: ${error}`);
    return value ?? '';
  }
}
