// A subscription as its owner sees it: one value, whatever number of notifiers and dialogs stand behind it.
import { createResponse, tagOf, type SipRequest, type SipResponse } from '../wire/index.ts';
import type { EventPackage } from './packages.ts';
import type { SubscriptionListener } from './types.ts';
import { Usage, type EventContext } from './usage.ts';

/** Notifiers that one SUBSCRIBE may reach; more would be an attack. */
const MAX_FORKS = 8;

export class Subscription<Value> {
  private readonly event: EventPackage<Value>;
  private readonly context: EventContext;
  private readonly target: string;
  private readonly listener: SubscriptionListener<Value>;
  private readonly first: Usage<Value>;
  private readonly forks = new Set<Usage<Value>>();
  private closed = false;
  private finish: () => void = () => {};
  private readonly finished: Promise<void>;

  constructor(
    context: EventContext,
    event: EventPackage<Value>,
    target: string,
    listener: SubscriptionListener<Value>,
  ) {
    this.context = context;
    this.event = event;
    this.target = target;
    this.listener = listener;
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
    this.first = this.createUsage();
  }

  /** The account is registered, or is so again on another flow: now is the time. */
  registered(): void {
    for (const usage of [this.first, ...this.forks]) usage.dispatch({ type: 'go' });
  }

  /** Takes it back. Resolves when that is done, or after 2 s. */
  close(): Promise<void> {
    this.closed = true;
    for (const usage of [...this.forks, this.first]) usage.close();
    return this.finished;
  }

  /** Is this NOTIFY for us, from whichever notifier? */
  matches(notify: SipRequest): boolean {
    return this.first.matches(notify);
  }

  /** The response to a NOTIFY that {@link matches}. */
  notify(notify: SipRequest): SipResponse {
    if (eventOf(notify) !== this.event.name)
      return createResponse(489, { headers: [['Allow-Events', this.event.name]] });
    const remoteTag = tagOf(notify.headers.get('From'));
    const usage = [this.first, ...this.forks].find((one) => one.takes(remoteTag)) ?? this.fork();
    return usage === null ? createResponse(481) : usage.notify(notify);
  }

  private fork(): Usage<Value> | null {
    if (!this.event.forks || this.closed || this.forks.size >= MAX_FORKS) return null;
    const usage: Usage<Value> = this.createUsage(() => {
      this.forks.delete(usage);
      this.changed();
    });
    this.forks.add(usage);
    return usage;
  }

  private createUsage(forkDone?: () => void): Usage<Value> {
    return new Usage(
      {
        context: this.context,
        event: this.event,
        target: this.target,
        report: (state) => {
          if (!this.closed) this.listener.state?.(state);
        },
        changed: () => this.changed(),
        // What further notifiers of the old SUBSCRIBE say no longer counts: the next one finds them again.
        forgotten: () => {
          if (this.closed) return;
          for (const fork of this.forks) fork.dispose();
          this.forks.clear();
        },
        done: forkDone ?? (() => this.finish()),
      },
      forkDone === undefined ? undefined : this.first,
    );
  }

  private changed(): void {
    if (this.closed) return;
    const readings = [this.first, ...this.forks].map((usage) => usage.reading);
    const value = this.event.join(readings.filter((reading) => reading !== null).map((reading) => reading.value));
    if (value !== null) this.listener.changed(value);
  }
}

/** The event package that a request names (RFC 6665 8.2.1), lower case, without its parameters. */
export function eventOf(request: SipRequest): string {
  return (request.headers.get('Event')?.split(';')[0] ?? '').trim().toLowerCase();
}
