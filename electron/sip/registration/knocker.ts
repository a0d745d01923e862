// Finds out when a server that refused us listens again, by a datagram now and then, which costs next to nothing.
//
// TCP's port is UDP's, too (RFC 3261 18.2.1). A server for TLS or WebSocket mostly is the same program that serves plain SIP
// by UDP on its own port. So this serves them all where UDP was refused as long as the server was away, and then no more.
import type { Clock, Logger } from '../../../contract/index.ts';
import type { Target } from '../net/index.ts';
import { isRefused } from '../knock.ts';

/** Where a server is asked for by UDP, RFC 3261 19.1.2. */
const SIP_PORT = 5060;

/** Between two knocks, ms; twice as long each time that the server only seemed to listen. */
const INTERVAL = 2000;
const MAX_DOUBLINGS = 4;

/** A program that starts listens by UDP a moment before it does by TCP: so often it is tried again for that. */
const SECOND_LOOKS = 3;

type Remote = { address: string; port: number };

export class Knocker {
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly listens: () => void;
  private readonly sipPort: number;
  private round = 0;
  private inVain = 0;
  private cancel: () => void = () => {};

  /** `listens` is called once for each {@link failed}, at most. `sipPort` is another one in tests only. */
  constructor(clock: Clock, log: Logger, listens: () => void, sipPort = SIP_PORT) {
    this.clock = clock;
    this.log = log;
    this.listens = listens;
    this.sipPort = sipPort;
  }

  /**
   * The attempt at this target failed. It is listened for where it refused the connection, and where it seemed to be back a
   * moment ago: a program that starts may take a connection before it can do anything with it.
   */
  failed(target: Target, isRefused: boolean): void {
    this.stop();
    const isStarting = this.inVain > 0 && this.inVain <= SECOND_LOOKS;
    if (!isRefused && !isStarting) return;
    const { host, port, transport } = target;
    const isPlain = transport === 'udp' || transport === 'tcp';
    this.wait({ address: host, port: isPlain ? port : this.sipPort }, transport === 'udp' || isStarting);
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

  private wait(remote: Remote, refusedBefore: boolean): void {
    const { round } = this;
    const isCurrent = (): boolean => round === this.round;
    this.cancel = this.clock.after(INTERVAL * 2 ** Math.min(this.inVain, MAX_DOUBLINGS), () => {
      this.knock(remote, refusedBefore, isCurrent).catch((error: unknown) => {
        this.log.debug('knock', { error: String(error) });
      });
    });
  }

  private async knock(remote: Remote, refusedBefore: boolean, isCurrent: () => boolean): Promise<void> {
    // On a busy machine a refusal may come late, and on its way it may be lost: one silence alone is no news.
    const refused =
      (await isRefused(remote, this.clock)) || (isCurrent() && refusedBefore && (await isRefused(remote, this.clock)));
    if (!isCurrent()) return;
    // It is away for certain, so its return is news again.
    if (refused) this.inVain = 0;
    if (refused || !refusedBefore) {
      this.wait(remote, refused);
      return;
    }
    this.inVain += 1;
    this.listens();
  }
}
