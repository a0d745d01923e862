// Where a page is and where it goes: its loads, and what the app has to say to navigations that the page wants.
import type { EventEmitter } from 'node:events';
import type { CdpSession, Protocol } from './cdp.ts';
import { Preventable } from './preventable.ts';
import { toAppUrl } from './protocol.ts';

/** How a load ends that does not finish. */
const failures = ['did-fail-load', 'destroyed', 'render-process-gone'];

export class Navigation {
  url = '';
  loading = false;
  readonly #contents: EventEmitter;
  readonly #newDocument: () => void;
  readonly #frames = new Set<string>();
  /** Where the page of a frame wants to go: by link, form or script. */
  readonly #wanted = new Map<string, string>();
  #mainFrame = '';
  #failed = false;

  /** @param contents is told of everything, in Electron's words. */
  constructor(contents: EventEmitter, newDocument: () => void) {
    this.#contents = contents;
    this.#newDocument = newDocument;
  }

  attach(page: CdpSession): void {
    this.#mainFrame = page.targetId;
    this.#frames.add(page.targetId);
    page.on('Page.frameAttached', ({ frameId }) => this.#frames.add(frameId));
    page.on('Page.frameDetached', ({ frameId }) => this.#frames.delete(frameId));
    page.on('Page.frameRequestedNavigation', ({ frameId, url }) => this.#wanted.set(frameId, url));
    page.on('Page.frameNavigated', ({ frame }) => this.#navigated(frame));
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== page.targetId) return;
      this.url = toAppUrl(url);
      this.#contents.emit('did-navigate-in-page', {}, this.url, true);
    });
    page.on('Page.domContentEventFired', () => this.#contents.emit('dom-ready', {}));
    page.on('Page.loadEventFired', () => {
      if (!this.#failed) this.finished(); // Otherwise it was Chromium's own page about the failure.
    });
  }

  /** Settles as Electron's loadURL does, with the next load. */
  nextLoad(url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const contents = this.#contents;
      const fail = (_event: unknown, _code: unknown, text: unknown = 'ERR_FAILED') =>
        done(() => reject(new Error(`${String(text)} (-2) loading '${url}'`)));
      const loaded = () => done(resolve);
      const done = (settle: () => void) => {
        contents.off('did-finish-load', loaded);
        for (const event of failures) contents.off(event, fail);
        settle();
      };
      contents.on('did-finish-load', loaded);
      for (const event of failures) contents.on(event, fail);
    });
  }

  finished(): void {
    this.loading = false;
    this.#contents.emit('did-finish-load', {});
  }

  failed(errorText: string, url: string): void {
    this.loading = false;
    this.#contents.emit('did-fail-load', {}, -2, errorText, url, true);
  }

  /** True for the page's own frames. */
  has(frameId: string): boolean {
    return this.#frames.has(frameId);
  }

  /**
   * Whether the app lets a document be requested. As in Electron it is asked about what the page wants, not about what
   * the app itself or a test driver (reload, goto) starts.
   */
  allows({ frameId, request, redirectedRequestId }: Protocol.Fetch.requestPausedPayload): boolean {
    const url = toAppUrl(request.url + (request.urlFragment ?? ''));
    const isMainFrame = frameId === this.#mainFrame;
    const event = Object.assign(new Preventable(), { url, isMainFrame, isSameDocument: false });
    if (redirectedRequestId !== undefined) this.#contents.emit('will-redirect', event, url);
    else if (this.#isWanted(frameId, request.url)) {
      if (isMainFrame) this.#contents.emit('will-navigate', event, url);
      this.#contents.emit('will-frame-navigate', event);
    }
    return !event.defaultPrevented;
  }

  /** Blink tells of its wish on the way that the request takes too, so it has come before. */
  #isWanted(frameId: string, pageUrl: string): boolean {
    const [wanted] = this.#wanted.get(frameId)?.split('#', 1) ?? [];
    this.#wanted.delete(frameId);
    return wanted === pageUrl;
  }

  #navigated(frame: Protocol.Page.Frame): void {
    if (frame.parentId !== undefined) return;
    this.loading = true;
    this.url = toAppUrl(frame.unreachableUrl ?? frame.url + (frame.urlFragment ?? ''));
    this.#failed = frame.unreachableUrl !== undefined;
    this.#newDocument();
    if (this.#failed) this.failed('ERR_FAILED', this.url);
    else this.#contents.emit('did-navigate', {}, this.url, 200, 'OK');
  }
}
