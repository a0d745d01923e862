// Non-INVITE client transaction (RFC 3261 17.1.2).
import type { Flow } from '../net/index.ts';
import { serialize, type SipRequest, type SipResponse } from '../wire/index.ts';
import type { ClientMachine, ClientMachineOptions } from './client-machine.ts';
import { PATIENCE, T1, T2, T4 } from './timers.ts';

type State = 'Trying' | 'Proceeding' | 'Completed' | 'Terminated';

export class NonInviteClientTransaction implements ClientMachine {
  readonly request: SipRequest;
  readonly flow: Flow;
  private state: State = 'Trying';
  private readonly options: ClientMachineOptions;
  private readonly bytes: Buffer;
  private cancelE: () => void = () => {};
  private cancelF: () => void = () => {};
  private cancelK: () => void = () => {};

  constructor(options: ClientMachineOptions) {
    this.options = options;
    this.request = options.request;
    this.flow = options.flow;
    this.bytes = serialize(options.request);
  }

  get proceeding(): boolean {
    return this.state === 'Proceeding';
  }

  start(): void {
    this.transmit();
    if (!this.flow.reliable) this.startE(T1);
    this.cancelF = this.options.clock.after(PATIENCE, () => {
      this.terminate();
      this.options.user.timeout();
    });
  }

  receive(response: SipResponse, flow: Flow): void {
    if (this.state === 'Completed' || this.state === 'Terminated') return;
    if (response.status < 200) this.state = 'Proceeding';
    else {
      this.state = 'Completed';
      this.cancelE();
      this.cancelF();
      this.cancelK = this.options.clock.after(this.flow.reliable ? 0 : T4, () => this.terminate());
    }
    this.options.user.response(response, flow);
  }

  fail(error: Error): void {
    if (this.state !== 'Trying' && this.state !== 'Proceeding') return;
    this.terminate();
    this.options.user.transportError(error);
  }

  terminate(): void {
    if (this.state === 'Terminated') return;
    this.state = 'Terminated';
    this.cancelE();
    this.cancelF();
    this.cancelK();
    this.options.user.terminated();
  }

  private startE(interval: number): void {
    this.cancelE = this.options.clock.after(interval, () => {
      this.transmit();
      this.startE(this.state === 'Proceeding' ? T2 : Math.min(2 * interval, T2));
    });
  }

  private transmit(): void {
    this.options.send(this.bytes).catch((error: Error) => this.fail(error));
  }
}
