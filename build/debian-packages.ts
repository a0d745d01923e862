// What the app and its tests need from the system: installed on Debian and Ubuntu as root, named everywhere else.
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What is wanted for: opening the app without Electron's binary, everything that `npm test` runs, or the headset room on
 * a real kernel in a virtual machine, which `npm test` runs only where the machine is there already.
 */
export type Purpose = 'app' | 'tests' | 'headset-vm';

/** A package, and a program of it by which a system with other packages is asked. */
interface Package {
  name: string;
  program?: string;
}

const forApp: Package[] = [{ name: 'chromium', program: 'chromium' }];

const forTests: Package[] = [
  ...forApp,
  { name: 'xvfb', program: 'Xvfb' },
  { name: 'kamailio', program: 'kamailio' },
  { name: 'kamailio-tls-modules' },
  { name: 'kamailio-websocket-modules' },
  { name: 'kamailio-outbound-modules' },
  { name: 'kamailio-presence-modules' },
  { name: 'kamailio-extra-modules' },
  { name: 'baresip-core', program: 'baresip' },
  { name: 'linphone-cli', program: 'linphonec' },
  { name: 'sip-tester', program: 'sipp' },
  { name: 'dnsmasq-base', program: 'dnsmasq' },
  { name: 'iproute2', program: 'ip' },
  { name: 'procps', program: 'ps' },
  { name: 'coturn', program: 'turnserver' },
  { name: 'tcpdump', program: 'tcpdump' },
  { name: 'tshark', program: 'tshark' },
  { name: 'openssl', program: 'openssl' },
  { name: 'slapd', program: 'slapd' },
  { name: 'radicale', program: 'radicale' },
  { name: 'libusb-1.0-0' },
  { name: 'python3', program: 'python3' },
];

const forHeadsetVm: Package[] = [
  { name: 'qemu-system-x86', program: 'qemu-system-x86_64' },
  { name: 'busybox-static', program: 'busybox' },
  { name: 'libusb-1.0-0' },
];

/** All that each purpose wants. */
export const packagesFor: Record<Purpose, readonly Package[]> = {
  app: forApp,
  tests: forTests,
  'headset-vm': forHeadsetVm,
};

/** Debian asks this before it starts a service; 101 forbids it. */
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Installs what is missing, if it may, and prints what it does. Never throws: resolves with the names of the packages
 * that are still missing, having said how they can be installed.
 */
export async function installDebianPackages(purpose: Purpose): Promise<string[]> {
  const wanted = packagesFor[purpose];
  const missing = await missingOf(wanted);
  if (missing.length === 0) return [];
  if (!isDebian()) {
    console.log(`Missing here: ${missing.join(', ')} (names of Debian packages).`);
    return missing;
  }
  if (process.getuid?.() !== 0) {
    console.log(`Missing here. To install: sudo apt-get install --no-install-recommends ${missing.join(' ')}`);
    return missing;
  }
  console.log(`Installing what is missing, without starting any service: ${missing.join(' ')}`);
  await withoutServices(async () => {
    const install = ['install', '--yes', '--no-install-recommends', ...missing];
    if (await aptGet(install)) return;
    // An image without package lists knows no package; nor does one whose lists are old.
    if (await aptGet(['update'])) await aptGet(install);
  });
  const still = await missingOf(wanted);
  if (still.length > 0) console.log(`Could not be installed: ${still.join(' ')}. apt-get says why above.`);
  return still;
}

async function missingOf(packages: readonly Package[]): Promise<string[]> {
  const present = isDebian() ? await installedPackages() : null;
  return packages
    .filter(({ name, program }) => {
      if (present?.has(name)) return false;
      // Without its own package a program may still be there: built by hand, or from another system's package.
      return program === undefined ? present !== null : !isProgram(program);
    })
    .map(({ name }) => name);
}

async function installedPackages(): Promise<Set<string>> {
  const { stdout } = await run('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n'], { maxBuffer: 1 << 24 });
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name = '']) => name));
}

function isDebian(): boolean {
  return process.platform === 'linux' && existsSync('/usr/bin/dpkg-query') && existsSync('/usr/bin/apt-get');
}

function isProgram(name: string): boolean {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return places.some((place) => {
    try {
      accessSync(join(place, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs apt-get where the person can read along. */
async function aptGet(args: readonly string[]): Promise<boolean> {
  console.log(`> apt-get ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = spawn('apt-get', ['-q', ...args], { stdio: ['ignore', 'inherit', 'inherit'], env });
  return new Promise((ended) => {
    apt.once('exit', (code) => ended(code === 0));
    apt.once('error', () => ended(false));
  });
}

/** A policy that is already there stays as it is: it is the administrator's. */
async function withoutServices(install: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return install();
  const remove = () => rmSync(POLICY, { force: true });
  const stopped = () => process.exit(1);
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  process.once('exit', remove).once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    await install();
  } finally {
    process.off('exit', remove).off('SIGINT', stopped).off('SIGTERM', stopped);
    remove();
  }
}
