// Permissions: denied by list. Only the media window may use the microphone, choose a speaker and see HID devices.
import type { Session } from 'electron';
import { windowOfOrigin, type WindowName } from './app-protocol.ts';

/** What each origin may use; everything that is not named here is refused. */
export const permissionsOf: Record<WindowName, readonly string[]> = {
  main: [],
  incoming: [],
  // The last three: Chromium's Local Network Access check applies to the peer connection to the engine on 127.0.0.1.
  media: ['media', 'speaker-selection', 'local-network-access', 'loopback-network', 'local-network'],
};

/** `media` means microphone; a camera is never asked for and never given. */
export function isPermitted(origin: string, permission: string, mediaTypes: readonly string[] = []): boolean {
  const name = windowOfOrigin(origin);
  if (name === null || !permissionsOf[name].includes(permission)) return false;
  return permission !== 'media' || !mediaTypes.includes('video');
}

/**
 * Devices that an origin may see without a chooser: HID for the media window, on Windows alone, where no other way tells
 * how a headset is laid out.
 */
export function isDevicePermitted(origin: string, deviceType: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' && deviceType === 'hid' && windowOfOrigin(origin.replace(/\/$/, '')) === 'media';
}

export function restrictPermissions(session: Session, platform: NodeJS.Platform = process.platform): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(isPermitted(originFromUrl(details.requestingUrl), permission, mediaTypes));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const mediaTypes = details.mediaType === undefined || details.mediaType === 'unknown' ? [] : [details.mediaType];
    if (permission === 'hid') return isDevicePermitted(requestingOrigin, permission, platform);
    return isPermitted(requestingOrigin.replace(/\/$/, ''), permission, mediaTypes);
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
