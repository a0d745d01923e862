// Watches the flow that a registrar knows us by: does anybody still listen, does the server still answer? (RFC 5626 4.4)
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Flow } from '../net/index.ts';
import type { TransactionLayer } from '../transaction/types.ts';
import type { SipRequest } from '../wire/index.ts';

/** How often a UDP server is asked whether it listens, ms: one that restarts has forgotten us, and nothing else tells. */
const LISTENS = 1000;

/** How often a flow that answers pings is asked in a call, and how long it may take, ms. Without a call it pings itself. */
const IN_CALL = 2000;

/** STUN may take this long without a call, ms; each second brings another request, so that a lost one does no harm. */
const STUN_PATIENCE = 6000;

/** How often a server is sent OPTIONS where it answers nothing cheaper, and how long it may take, ms. */
const ASKED = 6000;
const ANSWERS = 4000;

export interface FlowWatchOptions {
  layer: TransactionLayer;
  clock: Clock;
  log: Logger;
  /** True while there is a call. */
  busy(): boolean;
  /** A request that any server answers somehow. */
  options(): SipRequest;
  /** The server answered before, and does not now. */
  silent(): void;
}

export class FlowWatch {
  private readonly given: FlowWatchOptions;
  private flow: Flow | null = null;
  private cancelTick: () => void = () => {};
  private cancelAnswer: () => void = () => {};
  private ticks = 0;
  /** It answered OPTIONS once, so that silence means something. */
  private answers = false;
  private asking = false;

  constructor(given: FlowWatchOptions) {
    this.given = given;
  }

  /** Watches this flow, and the one before no longer. */
  start(flow: Flow): void {
    if (this.flow === flow) return;
    this.stop();
    this.flow = flow;
    this.answers = false;
    this.tick();
  }

  stop(): void {
    this.flow = null;
    this.asking = false;
    this.cancelTick();
    this.cancelAnswer();
  }

  private tick(): void {
    this.cancelTick = this.given.clock.after(LISTENS, () => {
      const { flow } = this;
      if (flow === null || !flow.open) return;
      this.ticks += 1;
      this.ask(flow);
      this.tick();
    });
  }

  private ask(flow: Flow): void {
    const busy = this.given.busy();
    // The first time soon, so that its silence means something from then on.
    const due = (ms: number): boolean => this.ticks === 1 || (this.ticks * LISTENS) % ms === 0;
    if (flow.transport === 'udp') flow.ping?.(busy ? IN_CALL : STUN_PATIENCE);
    else if (busy && due(IN_CALL)) flow.ping?.(IN_CALL);
    if (flow.answersPings !== true && due(ASKED)) this.sendOptions(flow);
  }

  private sendOptions(flow: Flow): void {
    if (this.asking) return;
    const { layer, clock, log } = this.given;
    this.asking = true;
    this.cancelAnswer = clock.after(ANSWERS, () => {
      this.asking = false;
      if (!this.answers || this.flow !== flow) return;
      log.info('the server does not answer', { flow: flow.id });
      this.answers = false;
      this.given.silent();
    });
    const over = (answered: boolean): void => {
      if (this.flow !== flow) return;
      this.answers = answered;
      this.asking = false;
      this.cancelAnswer();
    };
    layer.request(
      this.given.options(),
      { response: ({ status }) => status >= 200 && over(true), failure: () => {} },
      { flow },
    );
  }
}
