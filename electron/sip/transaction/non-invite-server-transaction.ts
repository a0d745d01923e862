// Non-INVITE server transaction (RFC 3261 17.2.2).
import type { ServerMachine, ServerMachineOptions } from './server-machine.ts';
import { PATIENCE } from './timers.ts';

type State = 'Trying' | 'Proceeding' | 'Completed' | 'Terminated';

export class NonInviteServerTransaction implements ServerMachine {
  private state: State = 'Trying';
  private readonly options: ServerMachineOptions;
  private latest: Buffer | null = null;
  /** Timer J; before that, the end of the client's patience: nobody waits for a later answer (RFC 4320 4.2). */
  private cancelEnd: () => void;

  constructor(options: ServerMachineOptions) {
    this.options = options;
    this.cancelEnd = options.clock.after(PATIENCE, () => this.terminate());
  }

  get answered(): boolean {
    return this.state === 'Completed' || this.state === 'Terminated';
  }

  respond(status: number, bytes: Buffer): void {
    if (this.state === 'Completed' || this.state === 'Terminated') return;
    this.latest = bytes;
    this.state = status < 200 ? 'Proceeding' : 'Completed';
    this.options.send(bytes);
    if (status < 200) return;
    this.cancelEnd();
    this.cancelEnd = this.options.clock.after(this.options.reliable ? 0 : PATIENCE, () => this.terminate());
  }

  receiveRepeat(): void {
    if (this.state !== 'Terminated' && this.latest) this.options.send(this.latest);
  }

  receiveAck(): boolean {
    return true;
  }

  terminate(): void {
    if (this.state === 'Terminated') return;
    this.state = 'Terminated';
    this.cancelEnd();
    this.options.terminated();
  }
}
