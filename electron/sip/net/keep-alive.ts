// Keep-alive of a flow (RFC 5626 3.5, 4.4): pings at intervals, and the flow is dead when an expected pong stays away.
import type { Clock } from '../../../contract/index.ts';

/** RFC 5626 4.4.1: a pong is there within 10 s or never. */
const PONG_TIMEOUT = 10_000;

/** Short enough for the NAT bindings of UDP (RFC 5626 4.4.2) and to notice a silent server soon. */
const INTERVAL = 25_000;

export interface KeepAlive {
  /** Something came from the peer that may count as a pong. */
  pong(): void;
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
  let expectsPong = pongs === 'always';
  let cancelDeadline: (() => void) | null = null;
  let cancelPing = clock.after(INTERVAL, beat);

  function beat(): void {
    cancelPing = clock.after(INTERVAL, beat);
    if (expectsPong) cancelDeadline ??= clock.after(PONG_TIMEOUT, dead);
    ping();
  }

  return {
    pong() {
      if (pongs === 'once-seen') expectsPong = true;
      cancelDeadline?.();
      cancelDeadline = null;
    },
    stop() {
      cancelPing();
      cancelDeadline?.();
    },
  };
}
