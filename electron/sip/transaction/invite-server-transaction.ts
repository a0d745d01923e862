// INVITE server transaction (RFC 3261 17.2.1, with the Accepted state of RFC 6026 7.1).
import type { ServerMachine, ServerMachineOptions } from './server-machine.ts';
import { PATIENCE, T1, T2, T4 } from './timers.ts';

type State = 'Proceeding' | 'Accepted' | 'Completed' | 'Confirmed' | 'Terminated';

export class InviteServerTransaction implements ServerMachine {
  private state: State = 'Proceeding';
  private readonly options: ServerMachineOptions;
  /** The latest provisional response, or the final one that is not 2xx. */
  private latest: Buffer | null = null;
  private cancelG: () => void = () => {};
  /** Timer H, I or L. */
  private cancelEnd: () => void = () => {};

  constructor(options: ServerMachineOptions) {
    this.options = options;
  }

  get answered(): boolean {
    return this.state !== 'Proceeding';
  }

  respond(status: number, bytes: Buffer): void {
    if (this.state === 'Accepted' && status >= 200 && status < 300) {
      // Repeats of a 2xx are the user's (RFC 3261 13.3.1.4).
      this.options.send(bytes);
      return;
    }
    if (this.state !== 'Proceeding') return;
    if (status < 200) this.latest = bytes;
    else if (status < 300) {
      this.state = 'Accepted';
      this.latest = null;
      this.cancelEnd = this.options.clock.after(PATIENCE, () => this.terminate());
    } else this.complete(bytes);
    this.options.send(bytes);
  }

  receiveRepeat(): void {
    if (this.state === 'Terminated' || this.state === 'Confirmed') return;
    if (this.latest) this.options.send(this.latest);
  }

  receiveAck(): boolean {
    if (this.state === 'Completed') {
      this.state = 'Confirmed';
      this.cancelG();
      this.cancelEnd();
      this.cancelEnd = this.options.clock.after(this.options.reliable ? 0 : T4, () => this.terminate());
    }
    return this.state !== 'Accepted';
  }

  terminate(): void {
    if (this.state === 'Terminated') return;
    this.state = 'Terminated';
    this.cancelG();
    this.cancelEnd();
    this.options.terminated();
  }

  private complete(bytes: Buffer): void {
    this.state = 'Completed';
    this.latest = bytes;
    if (!this.options.reliable) this.startG(bytes, T1);
    this.cancelEnd = this.options.clock.after(PATIENCE, () => {
      this.terminate();
      this.options.ackTimeout();
    });
  }

  private startG(bytes: Buffer, interval: number): void {
    this.cancelG = this.options.clock.after(interval, () => {
      this.options.send(bytes);
      this.startG(bytes, Math.min(2 * interval, T2));
    });
  }
}
