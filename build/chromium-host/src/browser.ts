// What Chromium tells about all pages at once: their requests, their pop-ups, their crashes and titles.
import type { CdpSession, Protocol } from './cdp.ts';
import type { Chromium } from './chromium.ts';
import { answer, toAppUrl } from './protocol.ts';
import { tellChromiumStarted } from './started.ts';
import { WebContents, webContents } from './web-contents.ts';

export function useChromium(chromium: Chromium): void {
  const { cdp } = chromium;
  cdp.on('Fetch.requestPaused', (paused) => {
    request(chromium, paused).catch((error: unknown) => {
      // A request whose page has gone cannot be answered any more.
      if (!/Invalid InterceptionId|Chromium has ended/.test(String(error))) console.error('[host]', error);
    });
  });
  // On the browser and not on each page: workers and worklets are then served too.
  cdp
    .send('Fetch.enable', {
      patterns: [{ urlPattern: 'https://*.invalid/*' }, { urlPattern: '*', resourceType: 'Document' }],
    })
    .catch(() => {});
  cdp.on('Target.targetCrashed', ({ targetId, status, errorCode }) =>
    webContents.fromDevToolsTargetId(targetId)?.crashed(status, errorCode),
  );
  cdp.on('Target.targetInfoChanged', ({ targetInfo: { targetId, title, url } }) =>
    webContents.fromDevToolsTargetId(targetId)?.titleChanged(title, url),
  );
  chromium.onPopup((popup, info) => void decidePopup(chromium, popup, info));
  tellChromiumStarted(chromium);
}

async function request({ cdp }: Chromium, paused: Protocol.Fetch.requestPausedPayload): Promise<void> {
  const { requestId, resourceType, frameId } = paused;
  const contents = resourceType === 'Document' ? [...WebContents.all].find((one) => one.has(frameId)) : undefined;
  if (contents && !contents.allowsNavigation(paused)) {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    return;
  }
  if (!(await answer(cdp, paused))) await cdp.send('Fetch.continueRequest', { requestId });
}

/** window.open, or a link to a new window: the opener's handler decides, Electron's default is to allow. */
async function decidePopup({ cdp }: Chromium, popup: CdpSession, info: Protocol.Target.TargetInfo): Promise<void> {
  const opener = info.openerId === undefined ? undefined : webContents.fromDevToolsTargetId(info.openerId);
  const asked = opener?.opening.shift();
  const answered = opener?.windowOpenHandler({
    url: toAppUrl(asked?.url ?? info.url),
    frameName: asked?.windowName ?? '',
    features: asked?.windowFeatures.join(',') ?? '',
    disposition: 'new-window',
    referrer: { url: '', policy: 'default' },
  });
  // A page that is closed while still paused can take Chromium down with it, so it is let go first.
  await popup.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  if (answered?.action === 'deny') await cdp.send('Target.closeTarget', { targetId: popup.targetId }).catch(() => {});
}
