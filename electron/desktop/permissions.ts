// Permissions: denied by list. Only the media window may use the microphone, choose a speaker and see HID devices; camera and
// screen, too, while the person allows pictures.
import type { Session } from 'electron';
import { windowOfOrigin, type WindowName } from './app-protocol.ts';

/** What each origin may use; everything that is not named here is refused. */
export const permissionsOf: Record<WindowName, readonly string[]> = {
  main: [],
  incoming: [],
  // The last three: Chromium's Local Network Access check applies to the peer connection to the engine on 127.0.0.1.
  media: ['media', 'speaker-selection', 'local-network-access', 'loopback-network', 'local-network'],
};

/** `media` means a microphone, or a camera, by `mediaTypes`. `pictures`: whether the person allows them now. */
export function isPermitted(
  origin: string,
  permission: string,
  mediaTypes: readonly string[] = [],
  pictures = false,
): boolean {
  const name = windowOfOrigin(origin);
  if (name === null) return false;
  if (permission === 'display-capture' || (permission === 'media' && mediaTypes.includes('video'))) {
    return name === 'media' && pictures;
  }
  return permissionsOf[name].includes(permission);
}

/**
 * Devices that an origin may see without a chooser: HID for the media window, on Windows alone, where no other way tells
 * how a headset is laid out.
 */
export function isDevicePermitted(origin: string, deviceType: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' && deviceType === 'hid' && windowOfOrigin(origin.replace(/\/$/, '')) === 'media';
}

export interface PermissionsOptions {
  platform: NodeJS.Platform;
  /** Whether the person allows pictures; asked each time. */
  pictures: () => boolean;
  /** What a person wants to be shown now, a screen or a window; null: nothing. */
  screen: () => Promise<Electron.DesktopCapturerSource | null>;
}

export function restrictPermissions(session: Session, { platform, pictures, screen }: PermissionsOptions): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const origin = originFromUrl(details.requestingUrl);
    decide(isPermitted(origin, permission, mediaTypes, pictures()));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const mediaTypes = details.mediaType === undefined || details.mediaType === 'unknown' ? [] : [details.mediaType];
    if (permission === 'hid') return isDevicePermitted(requestingOrigin, permission, platform);
    return isPermitted(requestingOrigin.replace(/\/$/, ''), permission, mediaTypes, pictures());
  });
  session.setDisplayMediaRequestHandler(({ securityOrigin }, give) => {
    const granted = isPermitted(securityOrigin.replace(/\/$/, ''), 'display-capture', [], pictures());
    (granted ? screen() : Promise.resolve(null)).then(
      (source) => give(source ? { video: source } : {}),
      () => give({}),
    );
  });
  session.setDevicePermissionHandler(({ origin, deviceType }) => isDevicePermitted(origin, deviceType, platform));
}

function originFromUrl(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return '';
  }
}
