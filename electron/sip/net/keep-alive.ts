// Keep-alive of a flow (RFC 5626 3.5, 4.4): pings at intervals, and the flow is dead when an expected pong stays away.
import type { Clock } from '../../../contract/index.ts';

/**
 * Between pings where they are answered, and until a pong is late, ms: together they notice a silent peer within 10 s,
 * RFC 5626 4.4.1 leaves the pong alone that long.
 */
const INTERVAL = 5000;
const PONG_TIMEOUT = 5000;

/** Between pings that nobody answers: short enough for the NAT bindings of UDP (RFC 5626 4.4.2), ms. */
const BINDING_INTERVAL = 25_000;

/** A deadline that comes later than this was held up by ourselves, and what came meanwhile was not read yet, ms. */
const HELD_UP = 500;

export interface KeepAlive {
  /** True once a pong came, or where one must come. */
  readonly answered: boolean;
  /** Something came that may count as a pong. */
  pong(): void;
  /** Something else came: the peer is alive. */
  heard(): void;
  /** Pings now; where pongs are expected one must come within `patience` ms. */
  check(patience: number): void;
  stop(): void;
}

export interface KeepAliveOptions {
  clock: Clock;
  ping: () => void;
  /** `always`: a peer must answer (WebSocket). `once-seen`: peers that answered before must go on answering. */
  pongs: 'always' | 'once-seen' | 'never';
  /** No pong in time. */
  dead: () => void;
}

/** Starts pinging; the first ping goes out after one interval. */
export function startKeepAlive({ clock, ping, pongs, dead }: KeepAliveOptions): KeepAlive {
  const interval = pongs === 'never' ? BINDING_INTERVAL : INTERVAL;
  let expectsPong = pongs === 'always';
  let deadline: { at: number; cancel: () => void } | null = null;
  let cancelPing = clock.after(interval, beat);

  function beat(): void {
    cancelPing = clock.after(interval, beat);
    check(PONG_TIMEOUT);
  }

  function check(patience: number): void {
    if (expectsPong && (deadline === null || deadline.at > clock.monotonic() + patience)) expectWithin(patience);
    ping();
  }

  function expectWithin(patience: number): void {
    deadline?.cancel();
    const at = clock.monotonic() + patience;
    const late = (): void => {
      deadline = null;
      if (clock.monotonic() - at > HELD_UP) expectWithin(HELD_UP);
      else dead();
    };
    deadline = { at, cancel: clock.after(patience, late) };
  }

  function heard(): void {
    deadline?.cancel();
    deadline = null;
  }

  return {
    get answered() {
      return expectsPong;
    },
    pong() {
      if (pongs === 'once-seen') expectsPong = true;
      heard();
    },
    heard,
    check,
    stop() {
      cancelPing();
      deadline?.cancel();
    },
  };
}
