// Carries out what the registration machine decides: one registrar, one flow that it knows us by, and what it gave us.
import type { Clock, Logger, RegistrationState } from '../../../contract/index.ts';
import type { Credentials } from '../digest/index.ts';
import { TransportError, type Flow, type Target } from '../net/index.ts';
import { localAddressTowards } from '../local-address.ts';
import { connectionProblem } from '../problems.ts';
import type { TransactionFailure, TransactionLayer } from '../transaction/types.ts';
import type { SipAccount } from '../types.ts';
import { randomToken, type SipRequest, type SipResponse } from '../wire/index.ts';
import { FailBack } from './fail-back.ts';
import { FlowWatch } from './flow-watch.ts';
import { grantedSeconds, gruuOf, knowsOutbound, serviceRoute, staleContacts } from './granted.ts';
import { createMachine, next, type Effect, type Event, type Machine } from './machine.ts';
import { Knocker } from './knocker.ts';
import { leadsTo } from './places.ts';
import { Registrar } from './registrar.ts';
import { createOptions, type Identity } from './requests.ts';
import { Way } from './way.ts';

/** An attempt younger than this has seen the network as it is, ms. */
const YOUNG = 2000;

/** Shortest time between two REGISTERs that a doubt about the flow brings about, ms. */
const DOUBT = 10_000;

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
  /** Preloaded route of requests outside a dialog. */
  serviceRoute: readonly string[] = [];

  private readonly options: RegistrationOptions;
  private readonly way: Way;
  private readonly registrar: Registrar;
  private readonly watch: FlowWatch;
  private readonly failBack: FailBack;
  private readonly knocker: Knocker;
  private machine: Machine;
  /** Answers to earlier attempts no longer count. */
  private attempt = 0;
  /** When the latest attempt began, monotonic ms. */
  private attemptedAt = Number.NEGATIVE_INFINITY;
  /** A better server that is well again, tried first; alone where the one in use asked for peace. */
  private better: { target: Target; alone: boolean } | null = null;
  /** A URI that leads to this very phone from everywhere (RFC 5627); null where the registrar gave none. */
  private gruu: string | null = null;
  private cancelTimer: () => void = () => {};
  private finish: () => void = () => {};
  private readonly finished: Promise<void>;

  constructor(options: RegistrationOptions) {
    const { account, layer, credentials, clock, log, contactUser, instanceId, userAgent } = options;
    this.options = options;
    this.machine = createMachine(account.expires);
    const identity: Identity = {
      aor: `sip:${account.user}@${account.domain}`,
      contactUser,
      instanceId,
      userAgent,
      callId: randomToken(128),
      fromTag: randomToken(64),
    };
    this.way = new Way(account, layer);
    this.registrar = new Registrar({ account, layer, credentials, identity, way: this.way });
    const busy = (): boolean => options.busy();
    const ask = (): SipRequest => createOptions(identity, `sip:${account.domain}`);
    this.watch = new FlowWatch({ layer, clock, log, busy, options: ask, silent: () => this.doubt() });
    this.failBack = new FailBack({ layer, clock, busy, options: ask, well: (target) => this.goBackTo(target) });
    this.knocker = new Knocker(clock, log, () => this.dispatch({ type: 'now' }));
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  /** The flow that our registrar knows us by; null while there is none. */
  get flow(): Flow | null {
    return this.way.flow;
  }

  /** The server's addresses, as resolved last. */
  get targets(): readonly Target[] {
    return this.way.targets;
  }

  /** See {@link Way.route}. */
  get route(): readonly Target[] {
    return this.way.route;
  }

  /** See {@link Way.resolveRoute}. */
  resolveRoute(): Promise<readonly Target[]> {
    return this.way.resolveRoute();
  }

  /** See {@link Way.isOwn}. */
  isOwn(flow: Flow): boolean {
    return this.way.isOwn(flow);
  }

  /**
   * Contact of calls: our own address, which the transaction floor fills in. Where nobody could open a connection to that
   * (TLS, WebSocket), and the registrar gave us a GRUU, it is the GRUU (RFC 5627 4.4): it finds us through our server, also
   * by the next connection when this one is lost in a call. By UDP and TCP peers reach us straight, whatever the server can.
   */
  get contact(): string {
    const { contactUser, account } = this.options;
    const isReachable = account.transport === 'udp' || account.transport === 'tcp';
    const own = `<sip:${contactUser}@hookswitch.invalid>`;
    return isReachable || this.gruu === null ? own : `<${this.gruu}>`;
  }

  start(): void {
    this.dispatch({ type: 'go' });
  }

  /** The password is another: registers with it. What stands stays meanwhile. */
  renew(): void {
    this.options.credentials.forget();
    if (this.machine.state.name !== 'idle') this.dispatch({ type: 'go' });
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
    if (this.machine.state.name === 'idle') return;
    const { attempt, way } = this;
    const { flow } = way;
    const address = flow === null ? null : await localAddressTowards(flow.remote);
    if (flow !== way.flow || attempt !== this.attempt) return;
    const isLeft = woke && flow?.reliable === true && !this.options.busy();
    if (flow !== null && address === flow.local.address && !isLeft) {
      flow.ping?.(AFTER_CHANGE);
      if (woke) this.dispatch({ type: 'go' });
      return;
    }
    // What began after the change has seen it.
    const isUnderWay = this.machine.state.name === 'registering';
    if (flow === null && isUnderWay && this.options.clock.monotonic() - this.attemptedAt < YOUNG) return;
    way.flow = null;
    // Forgotten before it is closed, so that its end is no news.
    flow?.close();
    this.dispatch({ type: 'go' });
  }

  /** Some flow ended. */
  flowClosed(flow: Flow): void {
    if (this.way.flow?.id !== flow.id) return;
    this.way.flow = null;
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
    this.better = { target, alone: this.machine.state.name === 'waiting' };
    this.dispatch({ type: 'better' });
  }

  private send(expires: number): void {
    this.attempt += 1;
    this.attemptedAt = this.options.clock.monotonic();
    this.knocker.stop();
    const { attempt, better } = this;
    const isCurrent = (): boolean => attempt === this.attempt;
    this.registrar
      .register({ expires, first: better?.target ?? null, alone: better?.alone ?? false, isCurrent })
      .then((outcome) => {
        if (outcome === null || !isCurrent()) return;
        if (outcome.kind === 'accepted') this.accepted(outcome.response, outcome.flow, expires);
        else if (outcome.kind === 'failure') this.failed(outcome.failure);
        else this.refused(outcome.event);
      })
      .catch((error: unknown) => this.options.log.error('registration', { error: String(error) }));
  }

  private accepted(response: SipResponse, flow: Flow, expires: number): void {
    if (expires === 0) return this.dispatch({ type: 'unregistered' });
    const { contactUser, credentials, instanceId } = this.options;
    this.way.flow = flow;
    this.better = null;
    this.knocker.succeeded();
    this.serviceRoute = serviceRoute(response);
    this.gruu = gruuOf(response, contactUser);
    credentials.registered();
    this.keepAlive(flow);
    if (knowsOutbound(response)) flow.useStun?.();
    this.dispatch({ type: 'accepted', granted: grantedSeconds(response, contactUser, expires) });
    this.watch.start(flow);
    this.failBack.watch(this.way.better);
    this.registrar.remove(staleContacts(response, { contactUser, instanceId, place: flow.sentBy }));
    // It may have closed while we were reading.
    if (!flow.open) this.flowClosed(flow);
  }

  /** Opening a flow that is open does nothing but ask for its keep-alive. */
  private keepAlive(flow: Flow): void {
    const target = this.targets.find((one) => leadsTo(one, flow));
    if (target === undefined) return;
    this.options.layer.openFlow([target]).catch((error: unknown) => {
      this.options.log.debug('keep-alive', { error: String(error) });
    });
  }

  private refused(event: Event): void {
    if (event.type === 'failed') this.better = null;
    this.dispatch(event);
  }

  private failed(failure: TransactionFailure): void {
    if (this.machine.state.name === 'unregistering') return this.dispatch({ type: 'unregistered' });
    const { account, clock } = this.options;
    // Whatever it was, the next attempt looks the server up again.
    this.way.flow = null;
    this.better = null;
    this.registrar.forget();
    this.watch.stop();
    this.failBack.stop();
    const kind = failure.reason === 'transport' && failure.error instanceof TransportError ? failure.error.kind : null;
    this.dispatch({
      type: 'failed',
      problem: connectionProblem(failure, this.way.serverName, account.server ? 'server' : 'address'),
      live: kind === 'refused' || kind === 'closed',
      took: clock.monotonic() - this.attemptedAt,
    });
    const [target] = this.targets;
    if (target !== undefined) this.knocker.failed(target, kind === 'refused');
  }
}
