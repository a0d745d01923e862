// Finds out when a server that refused us listens again, by a datagram now and then, which costs next to nothing.
//
// TCP's port is UDP's, too (RFC 3261 18.2.1), so this serves TCP where UDP was refused there as long as the server was away.
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Target } from '../net/index.ts';
import { isRefused } from '../knock.ts';

/** Between two knocks, ms; twice as long each time that the server only seemed to listen. */
const INTERVAL = 2000;
const MAX_DOUBLINGS = 4;

export class Knocker {
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly listens: () => void;
  private round = 0;
  private inVain = 0;
  private cancel: () => void = () => {};

  /** `listens` is called once for each {@link start}, at most. */
  constructor(clock: Clock, log: Logger, listens: () => void) {
    this.clock = clock;
    this.log = log;
    this.listens = listens;
  }

  /** This target refused us a moment ago. */
  start(target: Target): void {
    this.stop();
    if (target.transport === 'udp' || target.transport === 'tcp') this.wait(target, target.transport === 'udp');
  }

  stop(): void {
    this.round += 1;
    this.cancel();
  }

  /** The server took our request. */
  succeeded(): void {
    this.stop();
    this.inVain = 0;
  }

  private wait(target: Target, refusedBefore: boolean): void {
    const { round } = this;
    this.cancel = this.clock.after(INTERVAL * 2 ** Math.min(this.inVain, MAX_DOUBLINGS), () => {
      isRefused({ address: target.host, port: target.port }, this.clock).then(
        (refused) => {
          if (round !== this.round) return;
          if (refused || !refusedBefore) {
            this.wait(target, refused);
            return;
          }
          this.inVain += 1;
          this.listens();
        },
        (error: unknown) => this.log.debug('knock', { error: String(error) }),
      );
    });
  }
}
