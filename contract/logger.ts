// What the rooms need of the world around them: a logger, a SIP trace, a clock. Handed in, never imported.

/** Values are redacted by the sink; never pass a password even so. */
export interface Logger {
  debug(message: string, details?: Record<string, unknown>): void;
  info(message: string, details?: Record<string, unknown>): void;
  warn(message: string, details?: Record<string, unknown>): void;
  error(message: string, details?: Record<string, unknown>): void;
  /** A logger whose lines carry this room's name. */
  child(room: string): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A line of the log, without secrets. */
export interface LogRow {
  /** Rises with each line. */
  id: number;
  /** Milliseconds since the epoch. */
  at: number;
  level: LogLevel;
  /** `sip/net`; '' for the phone as a whole. */
  room: string;
  text: string;
}

export interface LogPage {
  rows: LogRow[];
  /** Lines with smaller numbers are not kept any more. */
  oldest: number;
  /** The next page's `after`. */
  next: number;
}

export interface TraceEntry {
  /** Milliseconds since the epoch. */
  at: number;
  direction: 'in' | 'out';
  transport: string;
  /** `address:port` of the other side, and of ours. */
  peer: string;
  local: string;
  accountId?: string;
  /** The message as on the wire, credentials blanked. */
  text: string;
}

export interface Trace {
  record(entry: TraceEntry): void;
}

/** Time, so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds, monotonic. */
  monotonic(): number;
  /** Runs `run` once after `ms`; returns a cancel function. Safe for any delay (long ones are split below 2^31 ms). */
  after(ms: number, run: () => void): () => void;
}

/** Stops a subscription. */
export type Dispose = () => void;
