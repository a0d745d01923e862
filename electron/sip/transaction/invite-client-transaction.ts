// INVITE client transaction (RFC 3261 17.1.1, with the Accepted state of RFC 6026 7.2).
import { createRequest, parseCSeq, serialize, type SipRequest, type SipResponse } from '../wire/index.ts';
import type { Flow } from '../net/index.ts';
import type { ClientMachine, ClientMachineOptions } from './client-machine.ts';
import { PATIENCE, T1, TIMER_D } from './timers.ts';

type State = 'Calling' | 'Proceeding' | 'Completed' | 'Accepted' | 'Terminated';

export class InviteClientTransaction implements ClientMachine {
  readonly request: SipRequest;
  readonly flow: Flow;
  private state: State = 'Calling';
  private readonly options: ClientMachineOptions;
  private readonly bytes: Buffer;
  private ack: Buffer | null = null;
  private cancelA: () => void = () => {};
  private cancelB: () => void = () => {};
  /** Timer D or M. */
  private cancelEnd: () => void = () => {};

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
    this.transmit(this.bytes);
    if (!this.flow.reliable) this.startA(T1);
    this.cancelB = this.options.clock.after(PATIENCE, () => this.timeOut());
  }

  receive(response: SipResponse, flow: Flow): void {
    const { status } = response;
    switch (this.state) {
      case 'Calling':
      case 'Proceeding':
        this.cancelA();
        this.cancelB();
        if (status < 200) this.state = 'Proceeding';
        else if (status < 300) this.endAfter('Accepted', PATIENCE);
        else {
          this.ack = serialize(ackFor(this.request, response));
          this.transmit(this.ack);
          this.endAfter('Completed', this.flow.reliable ? 0 : TIMER_D);
        }
        this.options.user.response(response, flow);
        return;
      case 'Accepted':
        if (status >= 200 && status < 300) this.options.user.response(response, flow);
        return;
      case 'Completed':
        if (status >= 300 && this.ack) this.transmit(this.ack);
        return;
      case 'Terminated':
    }
  }

  fail(error: Error): void {
    // An answer to an INVITE that is in progress may still come by UDP; a lost connection brings none.
    const waiting = this.state === 'Calling' || (this.state === 'Proceeding' && this.flow.reliable);
    if (!waiting) return;
    this.terminate();
    this.options.user.transportError(error);
  }

  terminate(): void {
    if (this.state === 'Terminated') return;
    this.state = 'Terminated';
    this.cancelA();
    this.cancelB();
    this.cancelEnd();
    this.options.user.terminated();
  }

  private startA(interval: number): void {
    this.cancelA = this.options.clock.after(interval, () => {
      this.transmit(this.bytes);
      this.startA(2 * interval);
    });
  }

  private timeOut(): void {
    this.terminate();
    this.options.user.timeout();
  }

  private endAfter(state: 'Accepted' | 'Completed', ms: number): void {
    this.state = state;
    // Also with 0 through the clock: the user is told of the response before the transaction is gone.
    this.cancelEnd = this.options.clock.after(ms, () => this.terminate());
  }

  private transmit(bytes: Buffer): void {
    this.options.send(bytes).catch((error: Error) => this.fail(error));
  }
}

/** ACK to a final response other than 2xx, part of the transaction (RFC 3261 17.1.1.3). */
function ackFor(invite: SipRequest, response: SipResponse): SipRequest {
  const { headers } = invite;
  const ack = createRequest('ACK', invite.uri, []);
  ack.headers.set('Via', headers.get('Via') ?? '');
  for (const route of headers.all('Route')) ack.headers.append('Route', route);
  ack.headers.set('Max-Forwards', '70');
  ack.headers.set('From', headers.get('From') ?? '');
  ack.headers.set('To', response.headers.get('To') ?? headers.get('To') ?? '');
  ack.headers.set('Call-ID', headers.get('Call-ID') ?? '');
  ack.headers.set('CSeq', `${parseCSeq(headers.get('CSeq'))?.number ?? 1} ACK`);
  return ack;
}
