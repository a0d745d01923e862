// Carries out what the registration machine decides: sends REGISTER (RFC 3261 10.2), keeps the flow, tells the state.
import { ProblemError, type Clock, type Logger, type RegistrationState } from '../../../contract/index.ts';
import type { Credentials, Exchange } from '../digest/index.ts';
import { TransportError, type Flow, type Target } from '../net/index.ts';
import { localAddressTowards } from '../local-address.ts';
import { connectionProblem } from '../problems.ts';
import { serverOf, targetsOf } from '../server.ts';
import type { TransactionFailure, TransactionLayer } from '../transaction/types.ts';
import type { SipAccount } from '../types.ts';
import { createRequest, randomToken, type SipResponse } from '../wire/index.ts';
import { grantedSeconds, retryAfter, serviceRoute } from './granted.ts';
import { createMachine, next, type Effect, type Event, type Machine } from './machine.ts';
import { registrationProblem } from './problems.ts';

/** How often a registered UDP flow is asked whether anybody listens, ms: a server that restarts has forgotten us. */
const WATCH = 4000;

export interface RegistrationOptions {
  account: SipAccount;
  layer: TransactionLayer;
  credentials: Credentials;
  clock: Clock;
  log: Logger;
  userAgent: string;
  /** UUID for +sip.instance. */
  instanceId: string;
  /** User part of our Contact: random, so that knowing it means having asked our registrar. */
  contactUser: string;
  report(state: RegistrationState): void;
}

export class Registration {
  /** The flow that our registrar knows us by; null while there is none. */
  flow: Flow | null = null;
  /** The server's addresses, as resolved last. */
  targets: readonly Target[] = [];
  /** Preloaded route of requests outside a dialog. */
  serviceRoute: readonly string[] = [];

  private readonly options: RegistrationOptions;
  private readonly callId = randomToken(128);
  private readonly fromTag = randomToken(64);
  private machine: Machine;
  private cseq = 0;
  /** Answers to earlier attempts no longer count. */
  private attempt = 0;
  /** False once the server said that it knows nothing of RFC 5626 (439). */
  private outbound = true;
  private cancelTimer: () => void = () => {};
  private cancelWatch: () => void = () => {};
  private finish: () => void = () => {};
  private readonly finished: Promise<void>;

  constructor(options: RegistrationOptions) {
    this.options = options;
    this.machine = createMachine(options.account.expires);
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  /** The server's addresses as requests of this account try them: first the one that knows us. */
  get route(): readonly Target[] {
    const { flow } = this;
    const current = flow === null ? undefined : this.targets.find((target) => leadsTo(target, flow));
    return current === undefined ? this.targets : [current, ...this.targets.filter((target) => target !== current)];
  }

  /** {@link route}, looked up first where that was not done yet. Rejects with ResolveError. */
  async resolveRoute(): Promise<readonly Target[]> {
    if (this.targets.length === 0) this.targets = await targetsOf(this.options.account, this.options.layer);
    return this.route;
  }

  /** Is this flow one to our own server? Only there credentials may go, and only from there new calls may come. */
  isOwn(flow: Flow): boolean {
    return flow.id === this.flow?.id || this.targets.some((target) => comesFrom(target, flow));
  }

  start(): void {
    this.dispatch({ type: 'go' });
  }

  /** Tries now what waits for its next attempt; what is under way or stands is left alone. */
  retry(): void {
    if (this.machine.state.name !== 'waiting') return;
    this.options.credentials.forget();
    this.dispatch({ type: 'go' });
  }

  /** Addresses may have changed: registers anew; on a new flow where the old one's address is no longer ours. */
  async networkChanged(): Promise<void> {
    const { flow } = this;
    const address = flow === null ? null : await localAddressTowards(flow.remote);
    if (flow !== null && flow === this.flow && address !== flow.local.address) {
      // Forgotten before it is closed, so that its end is no news.
      this.flow = null;
      flow.close();
    }
    this.dispatch({ type: 'go' });
  }

  /** Some flow ended. */
  flowClosed(flow: Flow): void {
    if (this.flow?.id !== flow.id) return;
    this.flow = null;
    this.dispatch({ type: 'flow-closed' });
  }

  /** Takes the contact back. Resolves when that is done, or after 2 s. */
  close(): Promise<void> {
    this.dispatch({ type: 'close' });
    return this.finished;
  }

  private dispatch(event: Event): void {
    const { clock, account } = this.options;
    const at = { now: clock.now(), random: Math.random(), domain: account.domain };
    const [machine, effects] = next(this.machine, event, at);
    this.machine = machine;
    for (const effect of effects) this.perform(effect);
  }

  private perform(effect: Effect): void {
    switch (effect.type) {
      case 'register':
        this.send(effect.expires);
        break;
      case 'unregister':
        this.send(0);
        break;
      case 'timer':
        this.cancelTimer();
        this.cancelTimer = this.options.clock.after(effect.ms, () => this.dispatch({ type: 'timer' }));
        break;
      case 'no-timer':
        this.cancelTimer();
        break;
      case 'report':
        this.options.log.info('registration', { account: this.options.account.id, state: effect.state.name });
        this.options.report(effect.state);
        break;
      case 'done':
        this.attempt += 1;
        this.cancelWatch();
        this.finish();
        break;
    }
  }

  private send(expires: number): void {
    this.attempt += 1;
    const { attempt } = this;
    this.sendAttempt(expires, attempt).catch((error: unknown) => {
      // Only resolving and a faulty address can fail here; the transaction reports all else itself.
      if (attempt !== this.attempt) return;
      if (error instanceof ProblemError) this.dispatch({ type: 'failed', problem: error.problem });
      else this.failed({ reason: 'resolve', error: error instanceof Error ? error : new Error(String(error)) });
    });
  }

  private async sendAttempt(expires: number, attempt: number): Promise<void> {
    const { account, layer, credentials } = this.options;
    if (this.flow?.open !== true || this.targets.length === 0) this.targets = await targetsOf(account, layer);
    if (attempt !== this.attempt) return;
    const exchange = credentials.exchange({
      kind: 'register',
      method: 'REGISTER',
      uri: `sip:${account.domain}`,
      body: Buffer.alloc(0),
    });
    this.transmit(expires, attempt, exchange);
  }

  private transmit(expires: number, attempt: number, exchange: Exchange): void {
    const { account, layer } = this.options;
    this.cseq += 1;
    const request = createRequest('REGISTER', `sip:${account.domain}`, [
      ['Max-Forwards', '70'],
      ['From', `<sip:${account.user}@${account.domain}>;tag=${this.fromTag}`],
      ['To', `<sip:${account.user}@${account.domain}>`],
      ['Call-ID', this.callId],
      ['CSeq', `${this.cseq} REGISTER`],
      ['Contact', this.contact()],
      ['Expires', String(expires)],
      ['Supported', this.outbound ? 'path, outbound' : 'path'],
      ['User-Agent', this.options.userAgent],
      ...exchange.headers(),
    ]);
    layer.request(
      request,
      {
        response: (response, from) => {
          if (attempt !== this.attempt || response.status < 200) return;
          this.answered(response, from, expires, attempt, exchange).catch((error: unknown) =>
            this.options.log.error('registration', { error: String(error) }),
          );
        },
        failure: (failure) => {
          if (attempt === this.attempt) this.failed(failure);
        },
      },
      { targets: this.route },
    );
  }

  private contact(): string {
    const { contactUser, instanceId } = this.options;
    const uri = `<sip:${contactUser}@hookswitch.invalid>`;
    return this.outbound ? `${uri};+sip.instance="<urn:uuid:${instanceId}>";reg-id=1` : uri;
  }

  private async answered(
    response: SipResponse,
    flow: Flow,
    expires: number,
    attempt: number,
    exchange: Exchange,
  ): Promise<void> {
    const { status } = response;
    if (status < 300) return this.accepted(response, flow, expires);
    let how = null;
    if (status === 401 || status === 407) {
      how = await exchange.answer(status, response.headers);
      if (attempt !== this.attempt) return;
      if (how === 'retry') {
        // The nonce was made for this flow; a second server may not know it.
        if (flow.open) this.flow = flow;
        return this.transmit(expires, attempt, exchange);
      }
    }
    if (expires === 0) return this.dispatch({ type: 'unregistered' });
    if (status === 423) {
      return this.dispatch({ type: 'too-brief', minimum: Number(response.headers.get('Min-Expires') ?? '0') || 0 });
    }
    if (status === 439 && this.outbound) {
      this.outbound = false;
      return this.transmit(expires, attempt, exchange);
    }
    const problem = registrationProblem(status, response.reason, this.options.account.domain, how);
    const wait = retryAfter(response);
    // A server that is coming up, or asks for another way in, may be well in a second.
    const live = status >= 500 || status === 430 || status === 480;
    this.dispatch({ type: 'failed', problem, live, ...(wait === undefined ? {} : { retryAfter: wait }) });
  }

  private accepted(response: SipResponse, flow: Flow, expires: number): void {
    if (expires === 0) return this.dispatch({ type: 'unregistered' });
    this.flow = flow;
    this.serviceRoute = serviceRoute(response);
    this.options.credentials.registered();
    this.keepAlive(flow);
    this.dispatch({ type: 'accepted', granted: grantedSeconds(response, this.options.contactUser, expires) });
    if (flow.transport === 'udp') this.watch(flow);
    // It may have closed while we were reading.
    if (!flow.open) this.flowClosed(flow);
  }

  /**
   * An empty line, which every SIP stack ignores; where nobody listens the system says so and the flow ends. The other
   * transports notice by themselves.
   */
  private watch(flow: Flow): void {
    this.cancelWatch();
    this.cancelWatch = this.options.clock.after(WATCH, () => {
      if (this.flow !== flow || !flow.open) return;
      flow.send(Buffer.from('\r\n\r\n')).catch((error: unknown) => {
        this.options.log.debug('watch', { error: String(error) });
      });
      this.watch(flow);
    });
  }

  /** Opening a flow that is open does nothing but ask for its keep-alive. */
  private keepAlive(flow: Flow): void {
    const target = this.targets.find((one) => leadsTo(one, flow));
    if (target === undefined) return;
    this.options.layer.openFlow([target]).catch((error: unknown) => {
      this.options.log.debug('keep-alive', { error: String(error) });
    });
  }

  private failed(failure: TransactionFailure): void {
    if (this.machine.state.name === 'unregistering') return this.dispatch({ type: 'unregistered' });
    // Whatever it was, the next attempt looks the server up again.
    this.flow = null;
    const kind = failure.reason === 'transport' && failure.error instanceof TransportError ? failure.error.kind : null;
    this.dispatch({
      type: 'failed',
      problem: connectionProblem(failure, this.serverName(), this.options.account.server ? 'server' : 'address'),
      live: kind === 'refused' || kind === 'closed',
    });
  }

  private serverName(): string {
    try {
      return serverOf(this.options.account).host;
    } catch {
      return this.options.account.domain;
    }
  }
}

function leadsTo(target: Target, flow: Flow): boolean {
  return target.transport === flow.transport && target.host === flow.remote.address && target.port === flow.remote.port;
}

/** A server sends from its address, over UDP from any port; who asked for TLS or WebSocket gets that and nothing less. */
function comesFrom(target: Target, flow: Flow): boolean {
  if (target.host !== flow.remote.address) return false;
  const plain = ['udp', 'tcp'];
  if (plain.includes(target.transport)) return plain.includes(flow.transport);
  return target.transport === flow.transport && target.port === flow.remote.port;
}
