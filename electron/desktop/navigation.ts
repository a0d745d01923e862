// Navigation: a window shows its own page and nothing else; nothing opens another window; no webview.
import type { App } from 'electron';
import type { Logger } from '../../contract/index.ts';
import { windowOfOrigin } from './app-protocol.ts';

/** Applies to every web contents from the moment it is made. */
export function lockNavigation(app: App, log: Logger): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log.warn('A window tried to open another one.', { url });
      return { action: 'deny' };
    });
    const refuse = (event: { preventDefault(): void }, url: string) => {
      if (isOwnPage(contents.getURL(), url)) return;
      log.warn('A window tried to leave its page.', { url });
      event.preventDefault();
    };
    contents.on('will-navigate', (event) => refuse(event, event.url));
    contents.on('will-redirect', (event) => refuse(event, event.url));
    contents.on('will-frame-navigate', (event) => refuse(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** A reload of the same page of the same origin. */
function isOwnPage(from: string, to: string): boolean {
  try {
    const [a, b] = [new URL(from), new URL(to)];
    const origin = `${b.protocol}//${b.host}`;
    return (
      windowOfOrigin(origin) !== null && a.protocol === b.protocol && a.host === b.host && a.pathname === b.pathname
    );
  } catch {
    return false;
  }
}
