// Back to the best server when it is well again (RFC 3263 4.3 leaves it open): asked with OPTIONS, and never during a call.
import type { Clock } from '../../../contract/index.ts';
import type { Target } from '../net/index.ts';
import type { TransactionLayer } from '../transaction/types.ts';
import type { SipRequest } from '../wire/index.ts';

/** Between two questions, ms. */
const INTERVAL = 15_000;

export interface FailBackOptions {
  layer: TransactionLayer;
  clock: Clock;
  busy(): boolean;
  options(): SipRequest;
  /** This one answers again. */
  well(target: Target): void;
}

export class FailBack {
  private readonly given: FailBackOptions;
  private better: readonly Target[] = [];
  private cancel: () => void = () => {};
  private round = 0;

  constructor(given: FailBackOptions) {
    this.given = given;
  }

  /** `better`: the targets that come before the one in use, best first; none when it is the best. */
  watch(better: readonly Target[]): void {
    this.stop();
    this.better = better;
    if (better.length > 0) this.wait();
  }

  stop(): void {
    this.round += 1;
    this.better = [];
    this.cancel();
  }

  private wait(): void {
    const { round } = this;
    this.cancel = this.given.clock.after(INTERVAL, () => {
      // A call is not moved, nor put at risk.
      if (this.given.busy()) this.wait();
      else this.ask(round);
    });
  }

  private ask(round: number): void {
    const { given } = this;
    let open = this.better.length;
    const over = (target: Target | null): void => {
      if (round !== this.round) return;
      open -= 1;
      if (target !== null && !given.busy()) {
        this.stop();
        given.well(target);
      } else if (open === 0) this.wait();
    };
    for (const target of this.better) {
      given.layer.request(
        given.options(),
        {
          response: ({ status }) => status >= 200 && over(status < 500 || status === 501 ? target : null),
          failure: () => over(null),
        },
        { targets: [target] },
      );
    }
  }
}
