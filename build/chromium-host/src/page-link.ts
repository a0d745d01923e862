// IPC with one page: messages over a binding of its isolated world, and the ports that travelled there.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { CdpSession, Protocol } from './cdp.ts';
import { pack, unpack } from './codec.ts';
import { BINDING, WORLD, type FromPage, type ToPage } from './page/messages.ts';
import { PortRelay } from './ports.ts';

const ports = v.array(v.string());
const fromPageSchema = v.variant('kind', [
  v.object({ kind: v.literal('invoke'), id: v.number(), channel: v.string(), args: v.array(v.unknown()) }),
  v.object({ kind: v.literal('send'), channel: v.string(), args: v.array(v.unknown()), ports }),
  v.object({ kind: v.literal('port-message'), port: v.string(), data: v.unknown(), ports }),
  v.object({ kind: v.literal('port-close'), port: v.string() }),
]);

export type IpcMessage = Extract<FromPage, { kind: 'invoke' | 'send' }>;

/** Where a message came from; replies go there and nowhere else. */
export interface Sender {
  context: number;
  frameId: string;
}

export interface PageLinkOptions {
  session: CdpSession;
  /** Source text of the preload script, or empty. */
  preload: string;
  /** What the preload finds as `process`. */
  process: object;
  receive(message: IpcMessage, sender: Sender): void;
}

export class PageLink {
  readonly relay: PortRelay;
  readonly #options: PageLinkOptions;
  readonly #frames = new Map<number, string>();
  #context: number | null = null;

  constructor(options: PageLinkOptions) {
    this.#options = options;
    this.relay = new PortRelay('host-', (traffic) => this.#post(traffic));
    const { session } = options;
    session.on('Runtime.executionContextCreated', ({ context }) => this.#created(context));
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#destroyed(executionContextId));
    session.on('Runtime.executionContextsCleared', () => this.gone());
    session.on('Runtime.bindingCalled', ({ payload, executionContextId }) => this.#called(payload, executionContextId));
  }

  /** The commands that put binding and scripts into every document to come. */
  start(): Promise<unknown>[] {
    const { session, preload } = this.#options;
    const secret = randomUUID();
    const add = (source: string, worldName?: string) =>
      session.send('Page.addScriptToEvaluateOnNewDocument', { source, ...(worldName ? { worldName } : {}) });
    return [
      session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
      add(pageScript('main-world.js', `host.start(${JSON.stringify(secret)})`)),
      add(
        pageScript(
          'preload-world.js',
          `host.start(${JSON.stringify(secret)}, ${JSON.stringify(this.#options.process)}, ` +
            `function (require, module, exports, process) {\n${preload}\n})`,
        ),
        WORLD,
      ),
    ];
  }

  /** Sends to the document that is there now. Without one the message is lost, as in Electron; returns false then. */
  send(message: ToPage): boolean {
    return this.#post(message);
  }

  reply(sender: Sender, message: ToPage): void {
    this.#post(message, sender.context);
  }

  /** The document, its process or the window ended: so have its ports. */
  gone(): void {
    this.#context = null;
    this.#frames.clear();
    this.relay.closeAll();
  }

  #post(message: ToPage, context = this.#context): boolean {
    const text = pack(message);
    if (context === null) return false;
    const sent = this.#options.session.send('Runtime.callFunctionOn', {
      functionDeclaration: '(text) => globalThis.__fromHost?.(text)',
      arguments: [{ value: text }],
      executionContextId: context,
      silent: true,
    });
    sent.catch(() => {}); // The document has gone meanwhile.
    return true;
  }

  #created(context: Protocol.Runtime.ExecutionContextDescription): void {
    if (context.name !== WORLD) return;
    const frameId = (context.auxData as { frameId?: string } | undefined)?.frameId ?? '';
    this.#frames.set(context.id, frameId);
    if (frameId === this.#options.session.targetId) this.#context = context.id;
  }

  #destroyed(id: number): void {
    this.#frames.delete(id);
    if (id !== this.#context) return;
    this.#context = null;
    this.relay.closeAll();
  }

  #called(payload: string, context: number): void {
    const message: FromPage = v.parse(fromPageSchema, unpack(payload));
    if (message.kind === 'port-message' || message.kind === 'port-close') this.relay.handle(message);
    else this.#options.receive(message, { context, frameId: this.#frames.get(context) ?? '' });
  }
}

const bundles = new Map<string, string>();

/** The bundled script of one world, then the call that starts it; nothing of it becomes global. */
function pageScript(file: string, call: string): string {
  const bundle = bundles.get(file) ?? readFileSync(join(__dirname, file), 'utf8');
  bundles.set(file, bundle);
  return `(() => { ${bundle}\n${call}; })()`;
}
