// One dialog usage of a subscription: carries out what its machine decides, and reads what its notifier tells.
import type { Clock, Logger } from '../../../contract/index.ts';
import { parseNumber, createResponse, type SipRequest, type SipResponse } from '../wire/index.ts';
import { EventDialog } from './event-dialog.ts';
import type { Pacer } from './pacer.ts';
import type { EventPackage } from './packages.ts';
import { eventProblem, failureProblem } from './problems.ts';
import type { Reading } from './reading.ts';
import type { Requester, Result } from './requester.ts';
import { createMachine, next, type Effect, type Event, type Machine } from './subscription-machine.ts';
import { parseSubscriptionState } from './subscription-state.ts';
import type { SubscriptionState } from './types.ts';

/** What a usage needs of its account. */
export interface EventContext {
  /** Our address of record. */
  aor: string;
  displayName: string;
  /**
   * Our Contact, with the placeholder that the transaction floor fills in. No GRUU as in calls: the server is the notifier, and
   * some rewrite the address in it to the one that the request came from.
   */
  contact: string;
  domain: string;
  requester: Requester;
  pacer: Pacer;
  clock: Clock;
  log: Logger;
  /** What requests outside a dialog carry as Route now. */
  route: () => readonly string[];
}

export interface UsageOptions<Value> {
  context: EventContext;
  event: EventPackage<Value>;
  /** URI that is watched. */
  target: string;
  report(state: SubscriptionState): void;
  /** A reading came, or what was known is gone. */
  changed(): void;
  /** Its dialog is over, with all that the same SUBSCRIBE reached. */
  forgotten(): void;
  done(): void;
}

export class Usage<Value> {
  /** What its notifier told last. */
  reading: Reading<Value> | null = null;
  private readonly options: UsageOptions<Value>;
  private machine: Machine;
  private dialog: EventDialog | null = null;
  /** A further notifier that the same SUBSCRIBE reached: it is kept up, but never begun anew. */
  private readonly fork: boolean;
  /** Answers to earlier SUBSCRIBEs no longer count. */
  private attempt = 0;
  private cancelTimer: () => void = () => {};
  private cancelTurn: () => void = () => {};
  /** A SUBSCRIBE waits for its turn. */
  private queued = false;
  private disposed = false;

  constructor(options: UsageOptions<Value>, forkOf?: Usage<Value>) {
    this.options = options;
    this.machine = createMachine(options.event.expires);
    this.fork = forkOf !== undefined;
    if (forkOf?.dialog) {
      this.dialog = new EventDialog(options.target, [], forkOf.dialog);
      this.machine = { ...this.machine, state: { name: 'notify_wait' } };
    }
  }

  /** Is this NOTIFY ours by Call-ID and our tag? Another notifier's, for a fork, too. */
  matches(notify: SipRequest): boolean {
    return this.dialog?.matches(notify) === true;
  }

  /** Does it come from the notifier of this usage, or could that still be? */
  takes(remoteTag: string | undefined): boolean {
    return this.dialog !== null && (!this.dialog.confirmed || this.dialog.remoteTag === remoteTag);
  }

  /** Ends it; one that was never sent is over at once. */
  close(): void {
    const isUnsent = this.queued && this.machine.state.name === 'notify_wait';
    this.queued = false;
    this.cancelTurn();
    this.dispatch({ type: 'close' });
    if (isUnsent) this.dispatch({ type: 'failed', problem: { code: 'closed', message: 'Closed.' } });
  }

  /** Forgets it without a word: what stands at the notifier ends with a 481 to its next NOTIFY. */
  dispose(): void {
    this.disposed = true;
    this.dialog = null;
    this.attempt += 1;
    this.cancelTimer();
    this.cancelTurn();
  }

  dispatch(event: Event): void {
    if (this.disposed) return;
    const { clock } = this.options.context;
    const at = { now: clock.now(), random: Math.random(), target: this.name };
    const [machine, effects] = next(this.machine, event, at);
    this.machine = machine;
    for (const effect of effects) this.perform(effect);
  }

  /** Reads a NOTIFY that {@link takes} let in; the response to it. */
  notify(request: SipRequest): SipResponse {
    const { event, context } = this.options;
    const substate = parseSubscriptionState(request.headers.get('Subscription-State'));
    if (substate === null) return createResponse(400, { reason: 'Missing Subscription-State' });
    const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
    if (request.body.length > 0 && type !== event.accept) {
      return createResponse(415, { headers: [['Accept', event.accept]] });
    }
    if (this.dialog?.notified(request) !== true) return createResponse(500, { reason: 'Old CSeq' });
    const reading = request.body.length === 0 ? null : event.read(request.body, this.reading);
    if (reading?.kind === 'unreadable') {
      // To refuse it would end the subscription, and the next one may be well.
      context.log.warn('a NOTIFY cannot be read', { event: event.name, why: reading.reason });
    } else if (reading !== null) {
      this.reading = reading;
      this.options.changed();
    }
    this.dispatch({ type: 'notify', substate });
    if (reading?.kind === 'value' && reading.stale) this.dispatch({ type: 'stale' });
    return createResponse(200);
  }

  private get name(): string {
    return this.options.target.replace(/^sips?:/, '');
  }

  private perform(effect: Effect): void {
    const { context } = this.options;
    if (this.disposed) return;
    switch (effect.type) {
      case 'subscribe':
        this.inTurn(() => this.subscribe(effect.expires, effect.fresh));
        break;
      case 'unsubscribe':
        // Not in turn: who leaves has no time.
        this.subscribe(0, false);
        break;
      case 'timer':
        this.cancelTimer();
        this.cancelTimer = context.clock.after(effect.ms, () => this.dispatch({ type: 'timer' }));
        break;
      case 'no-timer':
        this.cancelTimer();
        break;
      case 'forget':
        this.attempt += 1;
        this.cancelTurn();
        if (this.fork) {
          this.dispose();
          this.options.done();
          break;
        }
        this.dialog = null;
        // The next notifier counts its versions anew; what was told stays until it speaks.
        if (this.reading !== null) this.reading = { ...this.reading, version: null };
        this.options.forgotten();
        break;
      case 'report':
        if (!this.fork) this.options.report(effect.state);
        break;
      case 'done':
        this.cancelTimer();
        this.options.done();
        break;
    }
  }

  private inTurn(run: () => void): void {
    this.cancelTurn();
    this.queued = true;
    this.cancelTurn = this.options.context.pacer.run(() => {
      this.queued = false;
      run();
    });
  }

  private subscribe(expires: number, fresh: boolean): void {
    const { context, target, event } = this.options;
    if (fresh) this.dialog = new EventDialog(target, context.route());
    const { dialog } = this;
    if (dialog === null) return;
    this.attempt += 1;
    const { attempt } = this;
    const name = context.displayName === '' ? '' : `"${context.displayName.replace(/["\\]/g, '\\$&')}" `;
    const remoteTag = dialog.remoteTag === null || fresh ? '' : `;tag=${dialog.remoteTag}`;
    void context.requester
      .request({
        method: 'SUBSCRIBE',
        uri: dialog.remoteTarget,
        headers: [
          ['From', `${name}<${context.aor}>;tag=${dialog.localTag}`],
          ['To', `<${target}>${remoteTag}`],
          ['Call-ID', dialog.callId],
          ...dialog.routeSet.map((route) => ['Route', route] as const),
          ['Contact', context.contact],
          ['Event', event.name],
          ['Accept', event.accept],
          ['Expires', String(expires)],
        ],
        sequence: () => dialog.nextSequence(),
      })
      .then((result) => {
        if (attempt === this.attempt) this.answered(result, dialog, expires);
      });
  }

  private answered(result: Result, dialog: EventDialog, asked: number): void {
    const { context } = this.options;
    if (result.kind === 'failure') {
      return this.dispatch({ type: 'failed', problem: failureProblem(result.failure, context.domain) });
    }
    const { response, how } = result;
    const { status, headers } = response;
    if (status < 300) {
      dialog.answered(response);
      const granted = parseNumber(headers.get('Expires') ?? '', 0xffff_ffff) ?? asked;
      // A notifier grants at most what was asked for (RFC 6665 4.2.1.1).
      return this.dispatch({ type: 'accepted', granted: Math.min(granted, asked) });
    }
    const minimum = parseNumber(headers.get('Min-Expires') ?? '', 0xffff_ffff);
    const retryAfter = /^\s*(\d{1,10})/.exec(headers.get('Retry-After') ?? '')?.[1];
    this.dispatch({
      type: 'refused',
      status,
      problem: eventProblem(status, response.reason, this.name, context.domain, how),
      ...(minimum === null ? {} : { minimum }),
      ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }),
    });
  }
}
