// A request of ours on its way: one target after the other (RFC 3263 4.3), each with a client transaction of its own,
// and CANCEL (RFC 3261 9.1) for whichever is in use.
import type { Clock } from '../../../contract/index.ts';
import { TransportError, type Flow, type Net, type Target } from '../net/index.ts';
import { createRequest, parseCSeq, randomBranch, serialize, type SipRequest, type SipResponse } from '../wire/index.ts';
import type { ClientMachine } from './client-machine.ts';
import { InviteClientTransaction } from './invite-client-transaction.ts';
import { clientKey } from './matching.ts';
import { NonInviteClientTransaction } from './non-invite-client-transaction.ts';
import { stampRequest, type Reachable } from './stamp.ts';
import type { TargetMemory } from './target-memory.ts';
import { PATIENCE, T1 } from './timers.ts';
import type { ClientTransaction, ClientTransactionListener, TransactionFailure } from './types.ts';

/** Requests larger than this go by TCP where they can (RFC 3261 18.1.1). */
const MAX_DATAGRAM = 1300;

/** How long a UDP peer's TCP side is given when a request is too large, ms. */
const SWITCH_TIMEOUT = 2000;

/** How long a connection may take where there is a next target, ms: a call must be set up within 4 s all the same. */
export const SILENT_CONNECT = 5 * T1;

/** A target that is silent this long is given up for the next one, where there is a next one. */
const SILENT = 6 * T1;

export interface ClientContext {
  clock: Clock;
  net: Net;
  memory: TargetMemory;
  send(flow: Flow, bytes: Buffer): Promise<void>;
  add(key: string, machine: ClientMachine): void;
  remove(key: string): void;
}

/** One target's try. */
interface Attempt {
  branch: string;
  machine: ClientMachine;
  target: Target | null;
  /** Another target is in use by now; what this one still says is only tidied up. */
  abandoned: boolean;
  cancelSent: boolean;
  cancelSilence(): void;
  /** Stops the wait for what CANCEL brings. */
  cancelPatience(): void;
}

export class ClientRequest implements ClientTransaction {
  branch: string = randomBranch();
  flow: Flow | null = null;
  private readonly context: ClientContext;
  private readonly request: SipRequest;
  private readonly listener: ClientTransactionListener;
  private waiting: Target[] = [];
  private current: Attempt | null = null;
  private ended = false;
  /** A provisional response other than 100 was passed on: the request has arrived somewhere. */
  private progressed = false;
  private cancelHeaders: readonly (readonly [string, string])[] | null = null;
  /** A target's 503, after which the next was tried: all that is known should no other answer. */
  private unavailable: { response: SipResponse; flow: Flow } | null = null;

  constructor(context: ClientContext, request: SipRequest, listener: ClientTransactionListener) {
    this.context = context;
    this.request = request;
    this.listener = listener;
  }

  /** Sends on this flow and no other. */
  startOn(flow: Flow): void {
    this.attempt(flow, null, flow);
  }

  /** Tries the targets in order; when they are still being looked up, hand them in as a promise. */
  async start(targets: Promise<readonly Target[]> | readonly Target[]): Promise<void> {
    try {
      this.waiting = this.context.memory.order(await targets);
    } catch (error) {
      this.fail({ reason: 'resolve', error: toError(error) });
      return;
    }
    await this.tryNext({ reason: 'transport', error: new TransportError('unreachable', 'no target to send to') });
  }

  cancel(headers: readonly (readonly [string, string])[] = []): void {
    if (this.ended || this.cancelHeaders !== null || this.request.method !== 'INVITE') return;
    this.cancelHeaders = headers;
    // Between two targets nothing more goes out; what the one before still says is cancelled as it comes.
    if (!this.current || this.current.abandoned) this.failCancelled();
    else if (this.current.machine.proceeding) this.sendCancel(this.current);
  }

  /** The layer closes. */
  terminate(): void {
    this.ended = true;
    this.current?.cancelSilence();
    this.current?.machine.terminate();
  }

  private async tryNext(lastFailure: TransactionFailure): Promise<void> {
    for (let target = this.waiting.shift(); target; target = this.waiting.shift()) {
      if (this.ended) return;
      try {
        const { flow, contact } = await this.openFlow(target);
        // Cancelled or answered by an earlier target while the connection was made.
        if (this.ended) return;
        this.attempt(flow, target, contact);
        return;
      } catch (error) {
        this.context.memory.failed(target);
        lastFailure = { reason: 'transport', error: toError(error) };
      }
    }
    this.fail(lastFailure);
  }

  private async openFlow(target: Target): Promise<{ flow: Flow; contact: Reachable }> {
    const { net, memory } = this.context;
    const flow = await net.open(target, this.waiting.length > 0 ? { timeout: SILENT_CONNECT } : {});
    if (target.transport !== 'udp' || !memory.takesTcp(target)) return { flow, contact: flow };
    if (serialize(stampRequest(this.request, flow, this.branch)).length <= MAX_DATAGRAM) return { flow, contact: flow };
    try {
      const tcp = await net.open({ ...target, transport: 'tcp' }, { timeout: SWITCH_TIMEOUT });
      // Only this request is too large; the dialog's others go by UDP.
      return { flow: tcp, contact: { transport: 'udp', sentBy: tcp.sentBy } };
    } catch {
      memory.refusedTcp(target);
      return { flow, contact: flow };
    }
  }

  private attempt(flow: Flow, target: Target | null, contact: Reachable): void {
    const { context } = this;
    const branch = this.current ? randomBranch() : this.branch;
    this.branch = branch;
    this.flow = flow;
    const key = clientKey(branch, this.request.method);
    const Machine = this.request.method === 'INVITE' ? InviteClientTransaction : NonInviteClientTransaction;
    const machine = new Machine({
      request: stampRequest(this.request, flow, branch, contact),
      flow,
      clock: context.clock,
      send: (bytes) => context.send(flow, bytes),
      user: {
        response: (response, from) => this.receive(attempt, response, from),
        timeout: () => this.giveUp(attempt, { reason: 'timeout' }),
        transportError: (error) => this.giveUp(attempt, { reason: 'transport', error }),
        terminated: () => {
          attempt.cancelPatience();
          context.remove(key);
        },
      },
    });
    const attempt: Attempt = {
      branch,
      machine,
      target,
      abandoned: false,
      cancelSent: false,
      cancelSilence: () => {},
      cancelPatience: () => {},
    };
    this.current = attempt;
    context.add(key, machine);
    if (this.waiting.length > 0) attempt.cancelSilence = context.clock.after(SILENT, () => this.abandon(attempt));
    machine.start();
  }

  private receive(attempt: Attempt, response: SipResponse, flow: Flow): void {
    attempt.cancelSilence();
    if (attempt.target) this.context.memory.answered(attempt.target);
    const { status } = response;
    if (status < 200) this.receiveProvisional(attempt, response, flow);
    else if (this.ended) {
      // Another answer won; a further 2xx to INVITE is still the user's to end (RFC 3261 13.2.2.4).
      if (status < 300 && this.request.method === 'INVITE') this.listener.response(response, flow);
    } else if (attempt.abandoned && status >= 300) {
      // The target in use now speaks for itself.
    } else if (status === 503 && this.waiting.length > 0 && !this.progressed && this.cancelHeaders === null) {
      if (attempt.target) this.context.memory.failed(attempt.target);
      this.unavailable = { response, flow };
      this.next(attempt, { reason: 'timeout' });
    } else {
      this.end();
      // A target that was given up answered after all: the one in use must not ring on.
      if (attempt.abandoned && this.current?.machine.proceeding) this.sendCancel(this.current);
      this.flow = flow;
      this.listener.response(response, flow);
    }
  }

  private receiveProvisional(attempt: Attempt, response: SipResponse, flow: Flow): void {
    const late = attempt.abandoned || this.ended;
    if (late || this.cancelHeaders !== null) this.sendCancel(attempt);
    if (late) return;
    if (response.status > 100) this.progressed = true;
    this.listener.response(response, flow);
  }

  /** The attempt's transaction ended without a final response. */
  private giveUp(attempt: Attempt, failure: TransactionFailure): void {
    attempt.cancelSilence();
    if (attempt.target) this.context.memory.failed(attempt.target);
    if (this.ended || attempt.abandoned) return;
    if (this.waiting.length > 0 && !this.progressed && this.cancelHeaders === null) this.next(attempt, failure);
    else this.fail(failure);
  }

  private abandon(attempt: Attempt): void {
    if (this.ended || this.cancelHeaders !== null) return;
    if (attempt.target) this.context.memory.failed(attempt.target);
    this.next(attempt, { reason: 'timeout' });
  }

  private next(attempt: Attempt, failure: TransactionFailure): void {
    attempt.abandoned = true;
    void this.tryNext(failure);
  }

  private sendCancel(attempt: Attempt): void {
    if (this.request.method !== 'INVITE' || attempt.cancelSent) return;
    attempt.cancelSent = true;
    const { context } = this;
    const { machine } = attempt;
    const key = clientKey(attempt.branch, 'CANCEL');
    const cancel = new NonInviteClientTransaction({
      request: cancelFor(machine.request, this.cancelHeaders ?? []),
      flow: machine.flow,
      clock: context.clock,
      send: (bytes) => context.send(machine.flow, bytes),
      user: {
        response: () => {},
        timeout: () => {},
        transportError: () => {},
        terminated: () => context.remove(key),
      },
    });
    context.add(key, cancel);
    cancel.start();
    // RFC 3261 9.1: without a final response 64*T1 later the transaction counts as cancelled.
    attempt.cancelPatience = context.clock.after(PATIENCE, () => {
      machine.terminate();
      if (attempt === this.current) this.fail({ reason: 'timeout' });
    });
  }

  private failCancelled(): void {
    this.fail({ reason: 'transport', error: new TransportError('cancelled', 'cancelled before it was sent') });
  }

  private fail(failure: TransactionFailure): void {
    if (this.ended) return;
    this.end();
    const { unavailable } = this;
    if (unavailable === null || this.cancelHeaders !== null) this.listener.failure(failure);
    else {
      this.flow = unavailable.flow;
      this.listener.response(unavailable.response, unavailable.flow);
    }
  }

  private end(): void {
    this.ended = true;
    this.waiting = [];
    this.current?.cancelPatience();
  }
}

/** CANCEL takes all that identifies it from the request it cancels (RFC 3261 9.1). */
function cancelFor(invite: SipRequest, extra: readonly (readonly [string, string])[]): SipRequest {
  const { headers } = invite;
  const cancel = createRequest('CANCEL', invite.uri, []);
  cancel.headers.set('Via', headers.get('Via') ?? '');
  for (const route of headers.all('Route')) cancel.headers.append('Route', route);
  cancel.headers.set('Max-Forwards', '70');
  for (const name of ['From', 'To', 'Call-ID']) cancel.headers.set(name, headers.get(name) ?? '');
  cancel.headers.set('CSeq', `${parseCSeq(headers.get('CSeq'))?.number ?? 1} CANCEL`);
  for (const [name, value] of extra) cancel.headers.append(name, value);
  return cancel;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
