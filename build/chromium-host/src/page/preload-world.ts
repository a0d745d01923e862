// Runs in the isolated world of each document: a sandboxed preload's `require('electron')`, then the preload itself.
import { pack, unpack } from '../codec.ts';
import { openBridge } from './bridge.ts';
import type { FromPage, ToPage } from './messages.ts';
import { PagePorts } from './page-ports.ts';

type Listener = (event: unknown, ...args: unknown[]) => void;
type Require = (name: string) => unknown;
type Preload = (require: Require, module: { exports: object }, exports: object, process: object) => void;

/** Put there by the host: the way out, and the way in. */
declare global {
  // eslint-disable-next-line no-var -- only `var` declares a property of globalThis
  var __toHost: ((text: string) => void) | undefined;
  // eslint-disable-next-line no-var
  var __fromHost: ((text: string) => void) | undefined;
}

export function start(secret: string, processInfo: object, preload: Preload): void {
  // Preloads run in the top frame only, as in Electron without nodeIntegrationInSubFrames.
  if (globalThis.top !== globalThis.self) return;
  const binding = globalThis.__toHost;
  if (!binding) throw new Error('The Chromium host is not listening.');
  const toHost = (message: FromPage) => binding(pack(message));
  const ports = new PagePorts(toHost);
  const renderer = new IpcRenderer(toHost, ports);
  globalThis.__fromHost = (text) => {
    const message = unpack(text) as ToPage;
    if (message.kind === 'port-message' || message.kind === 'port-close') ports.handle(message);
    else renderer.receive(message);
  };
  const bridge = openBridge(secret, 'preload', 'main');
  const parts: Record<string, unknown> = {
    ipcRenderer: renderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => bridge.tell('expose', { key, api: bridge.pack(api) }),
    },
  };
  const electron = new Proxy(parts, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target || key === '__esModule' || key === 'default') {
        return target[String(key)];
      }
      throw new Error(`electron.${key} is not part of the Chromium host's preload.`);
    },
  });
  const module = { exports: {} };
  const require: Require = (name) => {
    if (/^electron(\/renderer)?$/.test(name)) return electron;
    throw new Error(`module not found: ${name}`);
  };
  preload(require, module, module.exports, processInfo);
}

class IpcRenderer {
  readonly #toHost: (message: FromPage) => void;
  readonly #ports: PagePorts;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #next = 1;

  constructor(toHost: (message: FromPage) => void, ports: PagePorts) {
    this.#toHost = toHost;
    this.#ports = ports;
  }

  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#toHost({ kind: 'invoke', id, channel, args });
      this.#waiting.set(id, { resolve, reject });
    });
  }

  send(channel: string, ...args: unknown[]): void {
    this.#toHost({ kind: 'send', channel, args, ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: MessagePort[] = []): void {
    this.#toHost({ kind: 'send', channel, args: [message], ports: this.#ports.export(transfer) });
  }

  sendSync(): never {
    throw new Error('ipcRenderer.sendSync is not part of the Chromium host.');
  }

  on(channel: string, listener: Listener): this {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
    return this;
  }

  once(channel: string, listener: Listener): this {
    const once: Listener = (...args) => {
      this.off(channel, once);
      listener(...args);
    };
    return this.on(channel, once);
  }

  off(channel: string, listener: Listener): this {
    this.#listeners.set(
      channel,
      (this.#listeners.get(channel) ?? []).filter((other) => other !== listener),
    );
    return this;
  }

  addListener(channel: string, listener: Listener): this {
    return this.on(channel, listener);
  }

  removeListener(channel: string, listener: Listener): this {
    return this.off(channel, listener);
  }

  removeAllListeners(channel: string): this {
    this.#listeners.delete(channel);
    return this;
  }

  receive(message: Extract<ToPage, { kind: 'reply' | 'refusal' | 'message' }>): void {
    if (message.kind === 'message') {
      const event = { sender: this, ports: this.#ports.import(message.ports) };
      for (const listener of this.#listeners.get(message.channel) ?? []) listener(event, ...message.args);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'reply') waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.message));
  }
}
