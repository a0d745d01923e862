// What a SIP message is to us (RFC 3261 section 7): parsed from bytes, headers read lazily, written back to bytes.

/** Header fields in order. Names are compared without case and with compact forms expanded (`f` is `From`). */
export interface Headers {
  /** First value, unfolded and trimmed; undefined when absent. */
  get(name: string): string | undefined;
  /** All values; headers that are comma lists (Via, Route, Record-Route, Contact, ...) are split into their elements. */
  all(name: string): readonly string[];
  has(name: string): boolean;
  /** Replaces all values of this name (position of the first kept). An array writes one line a value. */
  set(name: string, value: string | readonly string[]): void;
  append(name: string, value: string): void;
  prepend(name: string, value: string): void;
  delete(name: string): void;
  /** `[canonical name, raw value]` lines in order. */
  entries(): Iterable<readonly [string, string]>;
}

interface MessageBase {
  headers: Headers;
  body: Buffer;
}

export interface SipRequest extends MessageBase {
  kind: 'request';
  method: string;
  uri: string;
}

export interface SipResponse extends MessageBase {
  kind: 'response';
  status: number;
  reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** RFC 3261 19.1. */
export interface SipUri {
  scheme: 'sip' | 'sips' | 'tel';
  user?: string;
  /** Without brackets for IPv6. Empty for tel. */
  host: string;
  port?: number;
  /** Lower-case names; a parameter without value is ''. */
  params: ReadonlyMap<string, string>;
  headers?: string;
}

/** `"Name" <uri>;params` (RFC 3261 20.10, 25.1). */
export interface NameAddr {
  displayName?: string;
  uri: string;
  params: ReadonlyMap<string, string>;
}

export interface Via {
  transport: string;
  host: string;
  port?: number;
  params: ReadonlyMap<string, string>;
}
