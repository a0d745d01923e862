// Permissions: denied by list. Only the media window may use the microphone and choose a speaker.
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

export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(isPermitted(originFromUrl(details.requestingUrl), permission, mediaTypes));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const mediaTypes = details.mediaType === undefined || details.mediaType === 'unknown' ? [] : [details.mediaType];
    return isPermitted(requestingOrigin.replace(/\/$/, ''), permission, mediaTypes);
  });
  session.setDevicePermissionHandler(() => false);
}

function originFromUrl(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return '';
  }
}
