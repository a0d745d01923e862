// Who hears whom: one voice at a time, unless calls are joined in the conference.
import type { Call } from '../../contract/index.ts';
import type { CallEvent } from './call-model.ts';
import { Conference } from './conference.ts';

export interface VoicesOptions {
  views(): readonly Call[];
  event(callId: string, event: CallEvent): void;
  /** These hear each other from now on; none: nobody does. */
  mix(callIds: readonly string[]): void;
  now(): number;
}

export class Voices {
  readonly #options: VoicesOptions;
  readonly #conference: Conference;

  constructor(options: VoicesOptions) {
    this.#options = options;
    this.#conference = new Conference({
      mix: (callIds) => options.mix(callIds),
      joined: (callId, on) => options.event(callId, { type: 'joined', on }),
    });
  }

  /** Resuming one call holds the others. */
  hold(callId: string, on: boolean): void {
    if (!on) this.holdOthers(callId);
    for (const id of this.#conference.with(callId)) this.#hold(id, on);
  }

  /** In a conference one microphone speaks to all. */
  mute(callId: string, on: boolean): void {
    for (const id of this.#conference.with(callId)) this.#options.event(id, { type: 'mute', on });
  }

  /** Connected calls hear each other from now on; those on hold are resumed, and all are muted as the first is. */
  join(callIds: readonly string[]): void {
    const views = this.#options.views();
    const connected = views.filter(({ id, phase }) => callIds.includes(id) && phase.name === 'connected');
    const [first] = connected;
    if (!first) return;
    this.#conference.join(connected.map(({ id }) => id));
    this.hold(first.id, false);
    this.mute(first.id, first.muted);
  }

  /** Out of the conference, and on hold while the others go on. */
  split(callId: string): void {
    if (this.#conference.leave(callId)) this.#hold(callId, true);
  }

  /** A call ended. */
  left(callId: string): void {
    this.#conference.leave(callId);
  }

  /** Null: a new call holds all. */
  holdOthers(callId: string | null): void {
    const views = this.#options.views();
    const together = new Set(callId === null ? [] : this.#conference.with(callId));
    const replaced = views.find(({ id }) => id === callId)?.replaces;
    if (replaced) together.add(replaced); // it ends as soon as this one is answered
    for (const { id, phase } of views) {
      if (!together.has(id) && phase.name === 'connected' && !phase.hold.byUs) this.#hold(id, true);
    }
  }

  #hold(callId: string, on: boolean): void {
    this.#options.event(callId, { type: 'hold', on, at: this.#options.now() });
  }
}
