// A headset room on virtual devices, with a phone that follows its intents: the whole way of a press and back.
import type { HeadsetIntent, HeadsetState, Logger, Preferences, Problem } from '../../../contract/index.ts';
import { createHeadsets } from '../headsets.ts';
import { createHostTransport } from '../host-transport.ts';
import type { CallSituation } from '../indicators.ts';
import type { Headsets } from '../types.ts';
import { LoopbackHost } from './loopback.ts';
import { ManualClock, settled } from './manual-clock.ts';
import { phoneIn } from './phone-states.ts';
import { VirtualBus } from './virtual-bus.ts';
import { VirtualHeadset, type VirtualModel } from './virtual-headset.ts';

/** Keeps its lines for a test to read. */
export class MemoryLog implements Logger {
  readonly lines: string[] = [];
  debug(): void {}
  info(message: string): void {
    this.lines.push(`info ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
  error(message: string): void {
    this.lines.push(`error ${message}`);
  }
  child(): Logger {
    return this;
  }
}

/** The media window, as far as the room hears it. */
class WindowMessages {
  readonly #listeners = new Set<(message: unknown) => void>();

  onMessage(listener: (message: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  say(message: unknown): void {
    for (const listener of this.#listeners) listener(message);
  }
}

const quiet: CallSituation = { ringing: false, call: 'none', connected: false, muted: false };

export class Room {
  readonly clock = new ManualClock();
  readonly bus = new VirtualBus();
  readonly host = new LoopbackHost(this.bus);
  readonly log = new MemoryLog();
  readonly window = new WindowMessages();
  readonly headsets: Headsets;
  readonly intents: HeadsetIntent[] = [];
  readonly states: HeadsetState[] = [];
  readonly problems: Problem[] = [];
  /** False: the phone hears intents and does nothing. */
  obeys = true;
  situation = quiet;
  #preferences: Partial<Preferences> = {};
  #publishing = false;

  constructor() {
    this.headsets = createHeadsets({
      transport: createHostTransport(this.host),
      clock: this.clock,
      log: this.log,
      window: this.window,
    });
    this.headsets.listen({
      intent: (intent) => {
        this.intents.push(intent);
        if (this.obeys) this.phone(afterIntent(this.situation, intent));
      },
      state: (state) => this.states.push(state),
      problem: (problem) => this.problems.push(problem),
    });
    this.phone({});
  }

  /** A headset that is plugged in, found and open. */
  async plug(model: VirtualModel): Promise<VirtualHeadset> {
    const headset = new VirtualHeadset(model, this.clock);
    this.bus.plug(headset);
    await this.pass(4_000);
    return headset;
  }

  /** The calls change, on the screen or on the wire; published once a turn, as the phone does. */
  phone(change: Partial<CallSituation>, preferences: Partial<Preferences> = {}): void {
    this.situation = { ...this.situation, ...change };
    this.#preferences = { ...this.#preferences, ...preferences };
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      this.headsets.update(phoneIn(this.situation, this.#preferences));
    });
  }

  /** Lets time pass, and everything run out that it started. */
  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await settled();
  }

  /** Intents since the last look, in short. */
  heard(): string[] {
    return this.intents
      .splice(0)
      .map((intent) => ('on' in intent ? `${intent.type} ${intent.on ? 'on' : 'off'}` : intent.type));
  }

  get state(): HeadsetState {
    return this.states.at(-1) ?? { name: 'none' };
  }
}

/** What a phone with at most one call and one waiting makes of an intent. */
export function afterIntent(before: CallSituation, intent: HeadsetIntent): CallSituation {
  switch (intent.type) {
    case 'answer':
      return before.ringing ? { ...before, ringing: false, call: 'active', connected: true } : before;
    case 'reject':
      return { ...before, ringing: false };
    case 'hang-up':
      return before.call === 'none' ? before : { ...before, call: 'none', connected: false, muted: false };
    case 'mute':
      return before.call === 'none' ? before : { ...before, muted: intent.on };
    case 'hold':
      return before.call === 'none' ? before : { ...before, call: intent.on ? 'held' : 'active' };
    case 'redial':
      return before.call === 'none' ? { ...before, call: 'active' } : before;
    case 'open':
      return before;
  }
}
