// HidTransport over the headset host: requests, replies and reports as messages, over the death and restart of the host.
import * as v from 'valibot';
import {
  headsetHostMessageSchema,
  type Dispose,
  type HeadsetHostMessage,
  type HeadsetHostRequest,
} from '../../contract/index.ts';
import { HidError, type HidConnection, type HidDeviceInfo, type HidTransport, type HostChannel } from './types.ts';

type Result = Extract<HeadsetHostMessage, { type: 'reply' }>['result'];
type Request = HeadsetHostRequest extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

interface Pending {
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
}

interface Open {
  report: Set<(report: Uint8Array) => void>;
  gone: Set<(reason: string) => void>;
}

/**
 * Speaks to the headset host over `channel`. All that it sends is checked, and garbage is dropped. Requests wait for as
 * long as the host lives: whoever asks sets the time.
 */
export function createHostTransport(channel: HostChannel): HidTransport {
  return new HostTransport(channel);
}

class HostTransport implements HidTransport {
  readonly #channel: HostChannel;
  readonly #pending = new Map<number, Pending>();
  readonly #open = new Map<number, Open>();
  readonly #changeListeners = new Set<() => void>();
  readonly #disposers: Dispose[];
  #lastId = 0;

  constructor(channel: HostChannel) {
    this.#channel = channel;
    this.#disposers = [
      channel.onMessage((message) => this.#received(message)),
      channel.onGone((reason) => this.#hostGone(`the headset host ended (${reason})`)),
      channel.onRestart(() => this.#changed()),
    ];
  }

  async devices(): Promise<HidDeviceInfo[]> {
    const result = await this.#ask({ type: 'devices' });
    if (result.kind !== 'devices') throw unexpected();
    return result.devices;
  }

  async descriptor(device: HidDeviceInfo): Promise<Uint8Array | null> {
    const result = await this.#ask({ type: 'descriptor', path: device.path });
    if (result.kind !== 'descriptor') throw unexpected();
    return result.descriptor;
  }

  async open(path: string): Promise<HidConnection> {
    const handle = this.#nextId();
    // Before the reply: the first report may come with it.
    const open: Open = { report: new Set(), gone: new Set() };
    this.#open.set(handle, open);
    try {
      await this.#ask({ type: 'open', path }, handle);
    } catch (error) {
      this.#open.delete(handle);
      throw error;
    }
    return {
      write: async (report) => {
        if (!this.#open.has(handle)) throw new HidError('failed', 'The device is gone.');
        await this.#ask({ type: 'write', handle, report });
      },
      onReport: (listener) => subscribe(open.report, listener),
      onGone: (listener) => subscribe(open.gone, listener),
      close: async () => {
        if (this.#open.delete(handle)) await this.#ask({ type: 'close', handle });
      },
    };
  }

  onChange(listener: () => void): Dispose {
    return subscribe(this.#changeListeners, listener);
  }

  async close(): Promise<void> {
    this.#hostGone('the headset room closed');
    for (const dispose of this.#disposers.splice(0)) dispose();
    this.#changeListeners.clear();
  }

  #ask(request: Request, id = this.#nextId()): Promise<Exclude<Result, { kind: 'error' }>> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        reject,
        resolve: (result) => {
          if (result.kind === 'error') reject(new HidError(result.code, result.message));
          else resolve(result);
        },
      });
      this.#channel.send({ ...request, id });
    });
  }

  #received(message: unknown): void {
    const parsed = v.safeParse(headsetHostMessageSchema, message);
    if (!parsed.success) return;
    const said = parsed.output;
    switch (said.type) {
      case 'reply': {
        const pending = this.#pending.get(said.id);
        this.#pending.delete(said.id);
        pending?.resolve(said.result);
        return;
      }
      case 'report':
        for (const listener of this.#open.get(said.handle)?.report ?? []) listener(said.report);
        return;
      case 'gone':
        this.#gone(said.handle, said.reason);
        return;
      case 'changed':
        this.#changed();
    }
  }

  #gone(handle: number, reason: string): void {
    const open = this.#open.get(handle);
    this.#open.delete(handle);
    for (const listener of open?.gone ?? []) listener(reason);
  }

  #hostGone(reason: string): void {
    for (const [id, pending] of this.#pending) {
      this.#pending.delete(id);
      pending.reject(new HidError('failed', reason));
    }
    for (const handle of this.#open.keys()) this.#gone(handle, reason);
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }

  #nextId(): number {
    return (this.#lastId += 1);
  }
}

function unexpected(): HidError {
  return new HidError('failed', 'The headset host answered another question.');
}

function subscribe<T>(set: Set<T>, listener: T): Dispose {
  set.add(listener);
  return () => set.delete(listener);
}
