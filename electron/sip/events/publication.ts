// Carries out what the publication machine decides: PUBLISH with entity tags (RFC 3903).
import { parseNumber, randomToken } from '../wire/index.ts';
import { createMachine, next, type Effect, type Event, type Machine } from './publication-machine.ts';
import type { Result } from './requester.ts';
import type { EventContext } from './usage.ts';

/** Seconds asked for. */
const EXPIRES = 1800;

export interface Document {
  contentType: string;
  /** The body as it is to be published now; called for each PUBLISH that has one. */
  write(): string;
}

export class Publication {
  private readonly context: EventContext;
  private readonly event: string;
  private readonly document: Document;
  private readonly callId = randomToken(128);
  private readonly fromTag = randomToken(64);
  private machine: Machine = createMachine(EXPIRES);
  private sequence = 0;
  private attempt = 0;
  private cancelTimer: () => void = () => {};
  private finish: () => void = () => {};
  private readonly finished: Promise<void>;

  constructor(context: EventContext, event: string, document: Document) {
    this.context = context;
    this.event = event;
    this.document = document;
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  registered(): void {
    this.dispatch({ type: 'go' });
  }

  /** The document is another now. */
  changed(): void {
    this.dispatch({ type: 'changed' });
  }

  /** Takes it back. Resolves when that is done, or after 2 s. */
  close(): Promise<void> {
    this.dispatch({ type: 'close' });
    return this.finished;
  }

  private dispatch(event: Event): void {
    const [machine, effects] = next(this.machine, event, Math.random());
    this.machine = machine;
    for (const effect of effects) this.perform(effect);
  }

  private perform(effect: Effect): void {
    switch (effect.type) {
      case 'publish':
        this.publish(effect);
        break;
      case 'timer':
        this.cancelTimer();
        this.cancelTimer = this.context.clock.after(effect.ms, () => this.dispatch({ type: 'timer' }));
        break;
      case 'no-timer':
        this.cancelTimer();
        break;
      case 'given-up':
        this.context.log.warn('not published', { event: this.event, why: effect.problem.detail });
        break;
      case 'done':
        this.attempt += 1;
        this.finish();
        break;
    }
  }

  private publish({ tag, body, expires }: Extract<Effect, { type: 'publish' }>): void {
    const { aor, requester, route } = this.context;
    this.attempt += 1;
    const { attempt } = this;
    void requester
      .request({
        method: 'PUBLISH',
        uri: aor,
        headers: [
          ['From', `<${aor}>;tag=${this.fromTag}`],
          ['To', `<${aor}>`],
          ['Call-ID', this.callId],
          ...route().map((hop) => ['Route', hop] as const),
          ['Event', this.event],
          ['Expires', String(expires)],
          ...(tag === null ? [] : [['SIP-If-Match', tag] as const]),
          ...(body ? [['Content-Type', this.document.contentType] as const] : []),
        ],
        ...(body ? { body: this.document.write() } : {}),
        sequence: () => (this.sequence += 1),
      })
      .then((result) => {
        if (attempt === this.attempt) this.dispatch(eventOfResult(result, expires));
      });
  }
}

function eventOfResult(result: Result, asked: number): Event {
  if (result.kind === 'failure') return { type: 'failed' };
  const { status, headers } = result.response;
  if (status < 300) {
    const granted = parseNumber(headers.get('Expires') ?? '', 0xffff_ffff) ?? asked;
    return { type: 'accepted', tag: headers.get('SIP-ETag') ?? null, granted: Math.min(granted, asked) };
  }
  const minimum = parseNumber(headers.get('Min-Expires') ?? '', 0xffff_ffff);
  const retryAfter = /^\s*(\d{1,10})/.exec(headers.get('Retry-After') ?? '')?.[1];
  return {
    type: 'refused',
    status,
    ...(minimum === null ? {} : { minimum }),
    ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }),
  };
}
