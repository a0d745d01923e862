// The port to the media engine: questions with answers, asked again when a new port comes because either side restarted.
import * as v from 'valibot';
import { engineToWindowSchema, type Dispose, type Selection, type WindowToEngine } from '../../contract/index.ts';

/** The engine answers in a few milliseconds; this long means that it never will. */
const patience = 5000;

interface Pending {
  message: WindowToEngine;
  resolve(sdp: string): void;
  reject(error: Error): void;
}

export class EnginePort {
  #port: MessagePort | null = null;
  #lastRequest = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #renewals = new Set<() => void>();

  /** The first port, or a new one: then the engine was started again and knows no peer connection. */
  use(port: MessagePort): void {
    const renewed = this.#port !== null;
    this.#port?.close();
    this.#port = port;
    port.addEventListener('message', (event) => this.#receive(event.data));
    port.start();
    for (const { message } of this.#pending.values()) port.postMessage(message);
    if (renewed) for (const listener of this.#renewals) listener();
  }

  /** Tells of an engine that was started again. */
  onRenewal(listener: () => void): Dispose {
    this.#renewals.add(listener);
    return () => this.#renewals.delete(listener);
  }

  /** The engine's answer to a peer connection's offer. Rejects when it refuses or says nothing. */
  async answer(callId: string, sdp: string, selection: Selection | null): Promise<string> {
    this.#lastRequest += 1;
    const request = this.#lastRequest;
    const message: WindowToEngine = { type: 'offer', request, callId, sdp, selection };
    const answered = Promise.withResolvers<string>();
    const timer = setTimeout(() => answered.reject(new Error('the engine did not answer')), patience);
    this.#pending.set(request, { message, resolve: answered.resolve, reject: answered.reject });
    this.#port?.postMessage(message);
    try {
      return await answered.promise;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(request);
    }
  }

  #receive(data: unknown): void {
    const answer = v.safeParse(engineToWindowSchema, data);
    if (!answer.success) return;
    const pending = this.#pending.get(answer.output.request);
    if (answer.output.type === 'answer') pending?.resolve(answer.output.sdp);
    else pending?.reject(new Error(answer.output.why));
  }
}
