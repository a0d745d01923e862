// A DevTools-protocol connection over Chromium's --remote-debugging-pipe: JSON messages, each ended by a zero byte.
import type { Readable, Writable } from 'node:stream';
// Playwright publishes the protocol's types but does not name the file in its `exports`.
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
export type Method = keyof Protocol.CommandParameters;
export type EventName = keyof Protocol.EventMap;
type Handler = (params: unknown, sessionId: string | undefined) => void;

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  method: string;
}

/** What Chromium writes: an answer (with `id`) or an event (with `method`). Its own program, so its word is taken. */
interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  sessionId?: string;
  result?: unknown;
  error?: { message: string };
}

export class Cdp {
  readonly #out: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #handlers = new Map<string, Set<Handler>>();
  #nextId = 1;
  #rest: string[] = [];
  #closed = false;

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    input.setEncoding('utf8');
    input.on('data', (chunk: string) => this.#read(chunk));
    for (const stream of [out, input]) stream.on('error', () => this.#end());
    input.on('close', () => this.#end());
  }

  /** Sends a command; rejects with `METHOD: reason` when Chromium refuses it or has ended. */
  send<M extends Method>(
    method: M,
    params?: Protocol.CommandParameters[M],
    sessionId?: string,
  ): Promise<Protocol.CommandReturnValues[M]> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium has ended.`));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const answer = (value: unknown) => resolve(value as Protocol.CommandReturnValues[M]);
      this.#pending.set(id, { resolve: answer, reject, method });
      this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Calls `handler` for each event, of every session. Returns a disposer. */
  on<E extends EventName>(
    event: E,
    handler: (params: Protocol.EventMap[E][0], sessionId: string | undefined) => void,
  ): () => void {
    const set = this.#handlers.get(event) ?? new Set();
    const entry = handler as Handler;
    this.#handlers.set(event, set.add(entry));
    return () => set.delete(entry);
  }

  #read(chunk: string): void {
    const parts = chunk.split('\0');
    const tail = parts.pop() ?? '';
    for (const part of parts) {
      const text = this.#rest.length === 0 ? part : this.#rest.join('') + part;
      this.#rest = [];
      this.#dispatch(JSON.parse(text) as Message);
    }
    if (tail !== '') this.#rest.push(tail);
  }

  #dispatch(message: Message): void {
    if (message.id === undefined) {
      for (const handler of this.#handlers.get(message.method ?? '') ?? []) handler(message.params, message.sessionId);
      return;
    }
    const waiting = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }

  #end(): void {
    this.#closed = true;
    for (const { reject, method } of this.#pending.values()) reject(new Error(`${method}: Chromium has ended.`));
    this.#pending.clear();
  }
}

/** The connection as seen by one attached page. */
export class CdpSession {
  readonly cdp: Cdp;
  readonly id: string;
  readonly targetId: string;
  readonly #disposers: (() => void)[] = [];

  constructor(cdp: Cdp, id: string, targetId: string) {
    this.cdp = cdp;
    this.id = id;
    this.targetId = targetId;
  }

  send<M extends Method>(method: M, params?: Protocol.CommandParameters[M]): Promise<Protocol.CommandReturnValues[M]> {
    return this.cdp.send(method, params, this.id);
  }

  on<E extends EventName>(event: E, handler: (params: Protocol.EventMap[E][0]) => void): void {
    this.#disposers.push(
      this.cdp.on(event, (params, sessionId) => {
        if (sessionId === this.id) handler(params);
      }),
    );
  }

  /** Stops every subscription of this session. */
  dispose(): void {
    for (const dispose of this.#disposers.splice(0)) dispose();
  }
}
