// Non-INVITE server transaction (RFC 3261 17.2.2, with the rules of RFC 4320 for answers that take their time).
import type { ServerMachine, ServerMachineOptions } from './server-machine.ts';
import { E_AT_T2, PATIENCE } from './timers.ts';

type State = 'Trying' | 'Proceeding' | 'Completed' | 'Terminated';

export class NonInviteServerTransaction implements ServerMachine {
  private state: State = 'Trying';
  private readonly options: ServerMachineOptions;
  private latest: Buffer | null = null;
  /** Timer J; before that, the end of the client's patience: nobody waits for a later answer (RFC 4320 4.2). */
  private cancelEnd: () => void;
  private cancelTrying: () => void;
  /** The other side repeats its request every T2 by now, so that a 100 helps and can do no harm. */
  private late = false;

  constructor(options: ServerMachineOptions) {
    this.options = options;
    this.cancelTrying = options.clock.after(E_AT_T2, () => {
      this.late = true;
      if (this.state === 'Trying') options.trying();
    });
    this.cancelEnd = options.clock.after(PATIENCE, () => this.terminate());
  }

  get answered(): boolean {
    return this.state === 'Completed' || this.state === 'Terminated';
  }

  respond(status: number, bytes: Buffer): void {
    if (this.state === 'Completed' || this.state === 'Terminated' || !this.isAllowed(status)) return;
    this.latest = bytes;
    this.state = status < 200 ? 'Proceeding' : 'Completed';
    this.options.send(bytes);
    if (status < 200) return;
    this.cancelTrying();
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
    this.cancelTrying();
    this.cancelEnd();
    this.options.terminated();
  }

  /** RFC 4320 4.1: no provisional response but 100, and by UDP not too soon; 4.2: no 408. */
  private isAllowed(status: number): boolean {
    return status === 100 ? this.options.reliable || this.late : status >= 200 && status !== 408;
  }
}
