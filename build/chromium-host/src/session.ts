// The session: permissions by the app's handlers, set per origin in Chromium; and Electron's one default session.
import { EventEmitter } from 'node:events';
import type { Cdp } from './cdp.ts';
import { originOf, protocol, toPageUrl } from './protocol.ts';
import { unseen } from './records.ts';

interface Details {
  requestingUrl: string;
  isMainFrame: boolean;
  mediaTypes?: string[];
  mediaType?: string;
}
type RequestHandler = (contents: unknown, permission: string, decide: (ok: boolean) => void, details: Details) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: Details) => boolean;

/** Electron's permission and the DevTools protocol's. `media` is asked for microphone and camera apart. */
interface Permission {
  name: string;
  media?: 'audio' | 'video';
  chromium: string;
}

const permissions: Permission[] = [
  { name: 'media', media: 'audio', chromium: 'microphone' },
  { name: 'media', media: 'video', chromium: 'camera' },
  { name: 'clipboard-sanitized-write', chromium: 'clipboard-write' },
  { name: 'idle-detection', chromium: 'idle-detection' },
  { name: 'pointerLock', chromium: 'pointer-lock' },
  { name: 'keyboardLock', chromium: 'keyboard-lock' },
  { name: 'midi', chromium: 'midi' },
  ...[
    'notifications',
    'geolocation',
    'clipboard-read',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'window-management',
    'display-capture',
    'local-fonts',
    'screen-wake-lock',
    'persistent-storage',
    'local-network-access',
    'loopback-network',
    'local-network',
  ].map((name) => ({ name, chromium: name })),
];

/** An origin whose permissions were asked, and what is set. */
interface Asked {
  contents: unknown;
  cdp: Cdp;
  url: string;
  origin: string;
  settings: Map<string, 'granted' | 'denied'>;
}

/** ms */
const ASKED_AGAIN = 1000;

export class Session extends EventEmitter {
  readonly protocol = protocol;
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  readonly #settled = new Map<string, Promise<void>>();
  readonly #asked = new Map<string, Asked>();

  constructor() {
    super();
    setInterval(() => this.#asked.forEach((asked) => void this.#askAll(asked)), ASKED_AGAIN).unref();
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
    this.#settled.clear();
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
    this.#settled.clear();
  }

  /** WebHID, WebUSB and serial offer no device here, so there is nothing to permit. */
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setSpellCheckerEnabled(_on: boolean): void {}

  /**
   * Electron asks the app at the moment of use. DevTools can only set permissions beforehand, so they are asked and set
   * for each origin before its first page loads, and once a second from then on: what a person allows may change. What is
   * not granted is denied: nobody is ever prompted.
   */
  settle(contents: unknown, cdp: Cdp, url: string): Promise<void> {
    const origin = originOf(url);
    if (origin === 'null') return Promise.resolve();
    const settled = this.#settled.get(origin) ?? this.#ask(contents, cdp, url, origin);
    this.#settled.set(origin, settled);
    return settled;
  }

  async #ask(contents: unknown, cdp: Cdp, url: string, origin: string): Promise<void> {
    const asked: Asked = { contents, cdp, url, origin, settings: new Map() };
    this.#asked.set(origin, asked);
    await this.#askAll(asked);
  }

  async #askAll({ contents, cdp, url, origin, settings }: Asked): Promise<void> {
    const { origin: pageOrigin } = new URL(toPageUrl(url));
    const all = permissions.map(async ({ name, media, chromium }) => {
      const details: Details = {
        requestingUrl: url,
        isMainFrame: true,
        ...(media ? { mediaTypes: [media], mediaType: media } : {}),
      };
      const checked = this.#check?.(contents, name, origin, details) ?? true;
      const granted = checked && (await this.#grants(contents, name, details));
      const setting = granted ? ('granted' as const) : ('denied' as const);
      if (settings.get(chromium) === setting) return;
      settings.set(chromium, setting);
      // Not awaited: Chromium carries commands out in order, and the page is opened after these.
      cdp
        .send('Browser.setPermission', { permission: { name: chromium }, setting, origin: pageOrigin })
        .catch((error: unknown) => unseen(`The permission ${chromium} could not be set: ${String(error)}`));
    });
    await Promise.all(all);
  }

  #grants(contents: unknown, name: string, details: Details): Promise<boolean> {
    const handler = this.#request;
    if (!handler) return Promise.resolve(true);
    return new Promise((decide) => handler(contents, name, decide, details));
  }
}

const defaultSession = new Session();

export const session = {
  defaultSession,
  /** One Chromium profile means one session: a partition would silently share cookies and permissions. */
  fromPartition(name: string): Session {
    throw new Error(`session.fromPartition('${name}') is not part of the Chromium host.`);
  },
};
