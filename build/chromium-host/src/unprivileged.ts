// Who Chromium runs as. Its sandbox needs an ordinary user, so a host started by root starts Chromium as `nobody`.
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** 65534 is `nobody` and `nogroup` on Linux; it owns no files and needs no entry in /etc/passwd. */
const NOBODY = 65534;

/** Only root may write here, so nobody can be waiting with a link; and it outlives a restart. */
const PROFILES = '/var/cache/chromium-host';

export interface Account {
  /** Where only we may write: nobody can have put a link in the way of what root writes here. */
  home: string;
  /** Chromium's own profile directory. */
  profile: string;
  /** For `spawn`: the user, and an environment whose directories that user may write. */
  spawn: { uid?: number; gid?: number; env: NodeJS.ProcessEnv };
}

/**
 * Prepares the user that Chromium runs as and its profile. For root that is `nobody` with a profile in /var/cache: a
 * profile below the app's own data could not be reached (`/root`, or a private temporary directory).
 */
export function prepareAccount(userData: string): Account {
  // As Electron does; and a profile whose user data is not there counts as left over.
  mkdirSync(userData, { recursive: true });
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    const profile = join(userData, 'Chromium');
    mkdirSync(profile, { recursive: true });
    return { home: userData, profile, spawn: { env: process.env } };
  }
  mkdirSync(PROFILES, { recursive: true, mode: 0o711 });
  const home = join(PROFILES, createHash('sha256').update(userData).digest('hex').slice(0, 16));
  mkdirSync(home, { recursive: true, mode: 0o711 });
  for (const name of ['profile', 'home', 'config', 'cache', 'run', 'tmp']) {
    mkdirSync(join(home, name), { recursive: true, mode: 0o700 });
    chownSync(join(home, name), NOBODY, NOBODY);
  }
  writeFileSync(join(home, 'user-data'), userData, { mode: 0o600 });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: join(home, 'home'),
    USER: 'nobody',
    LOGNAME: 'nobody',
    TMPDIR: join(home, 'tmp'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    // Root's session bus would refuse it.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
  const authority = process.env['XAUTHORITY'];
  if (authority && existsSync(authority)) {
    env['XAUTHORITY'] = copyFor(NOBODY, authority, join(home, 'Xauthority'));
  }
  return { home, profile: join(home, 'profile'), spawn: { uid: NOBODY, gid: NOBODY, env } };
}

/** A copy that the user of Chromium may read; the file itself where it is the same user. */
export function readableBy(account: Account, file: string): string {
  const { uid } = account.spawn;
  if (uid === undefined || !existsSync(file)) return file;
  return copyFor(uid, file, join(account.home, basename(file)));
}

function copyFor(user: number, file: string, copy: string): string {
  copyFileSync(file, copy);
  chownSync(copy, user, user);
  chmodSync(copy, 0o600);
  return copy;
}

/** Tests make many profiles and delete them; what Chromium kept for those goes too. Not while an app waits to start. */
export async function forgetDeletedProfiles(): Promise<void> {
  for (const name of await readdir(PROFILES).catch(() => [])) {
    const home = join(PROFILES, name);
    // Without the file another host is just making this one, or taking it away.
    const userData = await readFile(join(home, 'user-data'), 'utf8').catch(() => null);
    if (userData !== null && !existsSync(userData)) await rm(home, { recursive: true, force: true });
  }
}
