// Carries out what the registration machine decides: sends REGISTER (RFC 3261 10.2), keeps the flow, tells the state.
import { ProblemError, type Clock, type Logger, type RegistrationState } from '../../../contract/index.ts';
import type { Answer, Credentials, Exchange } from '../digest/index.ts';
import { TransportError, type Flow, type Target } from '../net/index.ts';
import { localAddressTowards } from '../local-address.ts';
import { connectionProblem } from '../problems.ts';
import { serverOf, targetsAt, targetsOf } from '../server.ts';
import type { TransactionFailure, TransactionLayer } from '../transaction/types.ts';
import type { SipAccount } from '../types.ts';
import { randomToken, type SipRequest, type SipResponse } from '../wire/index.ts';
import { FailBack } from './fail-back.ts';
import { FlowWatch } from './flow-watch.ts';
import {
  grantedSeconds,
  gruuOf,
  knowsOutbound,
  retryAfter,
  serviceRoute,
  staleContacts,
  type Gruu,
} from './granted.ts';
import { createMachine, next, type Effect, type Event, type Machine } from './machine.ts';
import { Knocker } from './knocker.ts';
import { redirectionProblem, registrationProblem } from './problems.ts';
import { comesFrom, leadsTo, registrarAt } from './places.ts';
import { redirection } from './redirect.ts';
import { createOptions, createRegister, type Identity } from './requests.ts';
import { takeBack, type Header } from './take-back.ts';

/** An attempt younger than this has seen the network as it is, ms. */
const YOUNG = 2000;

/** Shortest time between two REGISTERs that a doubt about the flow brings about, ms. */
const DOUBT = 10_000;

/** 3xx in a row that are followed at once. */
const MAX_REDIRECTIONS = 2;

/** Ping after a change that left our address as it was: how long the answer may take, ms. */
const AFTER_CHANGE = 4000;

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
  /** True while the account has a call: its server is not changed then without need. */
  busy(): boolean;
  report(state: RegistrationState): void;
}

export class Registration {
  /** The flow that our registrar knows us by; null while there is none. */
  flow: Flow | null = null;
  /** The server's addresses, as resolved last. */
  targets: readonly Target[] = [];
  /** Preloaded route of requests outside a dialog. */
  serviceRoute: readonly string[] = [];
  /** URIs that lead to this very phone from everywhere, for Contact in dialogs (RFC 5627); null where the server has none. */
  gruu: Gruu | null = null;

  private readonly options: RegistrationOptions;
  private readonly identity: Identity;
  private readonly watch: FlowWatch;
  private readonly failBack: FailBack;
  private readonly knocker: Knocker;
  /** Contacts that were taken back, so that a registrar that keeps them is not asked for ever. */
  private readonly removed = new Set<string>();
  private machine: Machine;
  private cseq = 0;
  /** Answers to earlier attempts no longer count. */
  private attempt = 0;
  /** When the latest attempt began, monotonic ms. */
  private attemptedAt = Number.NEGATIVE_INFINITY;
  /** False once the server said that it knows nothing of RFC 5626 (439). */
  private outbound = true;
  /** The registrar's URI; another one after a 3xx. */
  private registrar: string;
  private redirections = 0;
  /** Tried before the flow in use: a better server that is well again. */
  private better: Target | null = null;
  private cancelTimer: () => void = () => {};
  private finish: () => void = () => {};
  private readonly finished: Promise<void>;

  constructor(options: RegistrationOptions) {
    const { account, layer, clock, log } = options;
    this.options = options;
    this.machine = createMachine(account.expires);
    this.registrar = `sip:${account.domain}`;
    this.identity = {
      aor: `sip:${account.user}@${account.domain}`,
      contactUser: options.contactUser,
      instanceId: options.instanceId,
      userAgent: options.userAgent,
      callId: randomToken(128),
      fromTag: randomToken(64),
    };
    const busy = (): boolean => options.busy();
    const ask = (): SipRequest => createOptions(this.identity, `sip:${account.domain}`);
    this.watch = new FlowWatch({ layer, clock, log, busy, options: ask, silent: () => this.doubt() });
    this.failBack = new FailBack({ layer, clock, busy, options: ask, well: (target) => this.goBackTo(target) });
    this.knocker = new Knocker(clock, log, () => this.dispatch({ type: 'now' }));
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

  /**
   * Addresses may have changed, or the machine `woke`. One REGISTER where our address towards the server is another, or
   * the server may have forgotten us; otherwise the flow is only asked whether it is alive. A connection that slept is
   * most likely dead at its other end, where it would be waited for in vain: a new one is made.
   */
  async networkChanged(woke: boolean): Promise<void> {
    const { flow, attempt } = this;
    const address = flow === null ? null : await localAddressTowards(flow.remote);
    if (flow !== this.flow || attempt !== this.attempt) return;
    const isLeft = woke && flow?.reliable === true && !this.options.busy();
    if (flow !== null && address === flow.local.address && !isLeft) {
      flow.ping?.(AFTER_CHANGE);
      if (woke) this.dispatch({ type: 'go' });
      return;
    }
    // What began after the change has seen it.
    const isUnderWay = this.machine.state.name === 'registering';
    if (flow === null && isUnderWay && this.options.clock.monotonic() - this.attemptedAt < YOUNG) return;
    this.flow = null;
    // Forgotten before it is closed, so that its end is no news.
    flow?.close();
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
    this.watch.stop();
    this.failBack.stop();
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
        this.knocker.stop();
        this.finish();
        break;
    }
  }

  /** The flow may be dead: a REGISTER finds out, and finds another server where there is one. */
  private doubt(): void {
    if (this.options.clock.monotonic() - this.attemptedAt >= DOUBT) this.dispatch({ type: 'now' });
  }

  private goBackTo(target: Target): void {
    this.better = target;
    this.dispatch({ type: 'now' });
  }

  private send(expires: number): void {
    this.attempt += 1;
    this.attemptedAt = this.options.clock.monotonic();
    this.redirections = 0;
    this.knocker.stop();
    const { attempt } = this;
    this.sendAttempt(expires, attempt).catch((error: unknown) => {
      // Only resolving and a faulty address can fail here; the transaction reports all else itself.
      if (attempt !== this.attempt) return;
      if (error instanceof ProblemError) this.dispatch({ type: 'failed', problem: error.problem, refused: true });
      else this.failed({ reason: 'resolve', error: error instanceof Error ? error : new Error(String(error)) });
    });
  }

  private async sendAttempt(expires: number, attempt: number): Promise<void> {
    const { account, layer } = this.options;
    if (this.flow?.open !== true || this.targets.length === 0) this.targets = await targetsOf(account, layer);
    if (attempt !== this.attempt) return;
    this.transmit(expires, attempt, this.exchange());
  }

  private exchange(): Exchange {
    const { credentials } = this.options;
    return credentials.exchange({ kind: 'register', method: 'REGISTER', uri: this.registrar, body: Buffer.alloc(0) });
  }

  private transmit(expires: number, attempt: number, exchange: Exchange): void {
    this.cseq += 1;
    const { registrar, cseq, outbound, better } = this;
    const request = createRegister(this.identity, { registrar, cseq, expires, outbound, more: exchange.headers() });
    this.options.layer.request(
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
      { targets: better === null ? this.route : [better, ...this.route.filter((target) => target !== better)] },
    );
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
    let how: Answer | null = null;
    if (status === 401 || status === 407) {
      how = this.isOwn(flow) ? await exchange.answer(status, response.headers) : 'other-realm';
      if (attempt !== this.attempt) return;
      if (how === 'retry') {
        // The nonce was made for this flow; a second server may not know it.
        if (flow.open) this.flow = flow;
        return this.transmit(expires, attempt, exchange);
      }
    }
    if (expires === 0) return this.dispatch({ type: 'unregistered' });
    if (status < 400) return this.redirected(response, expires, attempt);
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
    this.dispatch({
      type: 'failed',
      problem,
      live,
      refused: !live && status !== 408,
      ...(wait === undefined ? {} : { retryAfter: wait }),
    });
  }

  /** 3xx: within the account's own domain it is followed, elsewhere only told of. */
  private async redirected(response: SipResponse, expires: number, attempt: number): Promise<void> {
    const { account, layer } = this.options;
    const addresses = this.targets.map((target) => target.host);
    const found = redirection(response, { domain: account.domain, host: this.serverName(), addresses });
    this.redirections += 1;
    if (found.kind !== 'own' || this.redirections > MAX_REDIRECTIONS) {
      const problem = redirectionProblem(account.domain, found, `${response.status} ${response.reason}`);
      return this.dispatch({ type: 'failed', problem, refused: true });
    }
    try {
      const targets = await targetsAt(account, found.uri, layer);
      if (attempt !== this.attempt) return;
      this.flow = null;
      this.targets = targets;
    } catch (error) {
      if (attempt !== this.attempt) return;
      return this.failed({ reason: 'resolve', error: error instanceof Error ? error : new Error(String(error)) });
    }
    this.registrar = registrarAt(found.uri);
    this.transmit(expires, attempt, this.exchange());
  }

  private accepted(response: SipResponse, flow: Flow, expires: number): void {
    if (expires === 0) return this.dispatch({ type: 'unregistered' });
    const { contactUser, credentials, instanceId } = this.options;
    this.flow = flow;
    this.better = null;
    this.knocker.succeeded();
    this.serviceRoute = serviceRoute(response);
    this.gruu = gruuOf(response, contactUser);
    credentials.registered();
    this.keepAlive(flow);
    if (knowsOutbound(response)) flow.useStun?.();
    this.dispatch({ type: 'accepted', granted: grantedSeconds(response, contactUser, expires) });
    this.watch.start(flow);
    const current = this.targets.findIndex((target) => leadsTo(target, flow));
    this.failBack.watch(this.targets.slice(0, Math.max(current, 0)));
    this.takeBack(staleContacts(response, { contactUser, instanceId, place: flow.sentBy }));
    // It may have closed while we were reading.
    if (!flow.open) this.flowClosed(flow);
  }

  private takeBack(stale: readonly string[]): void {
    for (const uri of stale) {
      if (this.removed.has(uri) || this.removed.size > 20) continue;
      this.removed.add(uri);
      const ask = (more: Header[]): SipRequest => {
        this.cseq += 1;
        return createRegister(this.identity, { registrar: this.registrar, cseq: this.cseq, stale: uri, more });
      };
      takeBack({
        layer: this.options.layer,
        targets: this.route,
        exchange: this.exchange(),
        ask,
        isOwn: (flow) => this.isOwn(flow),
      });
    }
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
    const { account, clock } = this.options;
    // Whatever it was, the next attempt looks the server up again.
    this.flow = null;
    this.better = null;
    this.registrar = `sip:${account.domain}`;
    this.watch.stop();
    this.failBack.stop();
    const kind = failure.reason === 'transport' && failure.error instanceof TransportError ? failure.error.kind : null;
    this.dispatch({
      type: 'failed',
      problem: connectionProblem(failure, this.serverName(), account.server ? 'server' : 'address'),
      live: kind === 'refused' || kind === 'closed',
      took: clock.monotonic() - this.attemptedAt,
    });
    const [target] = this.targets;
    if (kind === 'refused' && target !== undefined) this.knocker.start(target);
  }

  private serverName(): string {
    try {
      return serverOf(this.options.account).host;
    } catch {
      return this.options.account.domain;
    }
  }
}
