// npm run pack:check: packs Windows, macOS and Linux on stub distributions and asserts what is inside.
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform, type Configuration } from 'electron-builder';
import plist from 'plist';
import * as v from 'valibot';
import { installers } from './electron-builder.ts';
import { closing, type Tally } from './suites/suite.ts';
import { writeStubDistributions } from './stub-distributions.ts';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'out/pack');
const manifest = v.parse(
  v.object({ devDependencies: v.object({ electron: v.string() }) }),
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
);

const tally: Tally = { passed: 0, failed: [], skipped: [] };
function check(what: string, holds: boolean, found?: unknown): void {
  if (holds) tally.passed += 1;
  else tally.failed.push({ name: what, message: found === undefined ? 'it does not hold' : JSON.stringify(found) });
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}${holds || found === undefined ? '' : `: ${JSON.stringify(found)}`}`);
}

rmSync(out, { recursive: true, force: true });
const stubs = writeStubDistributions(join(out, 'stubs'), manifest.devDependencies.electron);

async function pack(platform: Platform, stub: string, output: string): Promise<void> {
  const config: Configuration = {
    ...installers(),
    electronDist: stub,
    directories: { output, buildResources: 'assets' },
  };
  await build({ projectDir: root, targets: platform.createTarget('dir', Arch.x64), config, publish: 'never' });
}

/** Files that the archive must hold and must not hold, and the native module beside it. */
function checkArchive(platform: string, resources: string, prebuild: string): void {
  const archive = join(resources, 'app.asar');
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  for (const wanted of [
    'main.cjs',
    'preload.cjs',
    'engine.cjs',
    'library.cjs',
    'server.cjs',
    'headset-host.cjs',
    'renderer/main/index.html',
  ]) {
    check(`${platform}: the archive holds dist/${wanted}`, files.includes(`/dist/${wanted}`));
  }
  check(
    `${platform}: the archive holds the tray's glyphs`,
    files.some((file) => /^\/assets\/tray\/.*\.png$/.test(file)),
  );
  check(`${platform}: the archive holds node-hid's loader`, files.includes('/node_modules/node-hid/nodehid.js'));
  const foreign = files.filter((file) =>
    /\.(ts|tsx|map)$|^\/(tests|bench|build|contract|electron|renderer)\/|chromium-host|node_modules\/sip\.js\//.test(
      file,
    ),
  );
  check(`${platform}: the archive holds no source, test or host`, foreign.length === 0, foreign.slice(0, 5));
  const natives = globSync('**/*.node', { cwd: join(resources, 'app.asar.unpacked') }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  check(
    `${platform}: only the ${prebuild} prebuilds of node-hid are packed`,
    natives.length > 0 && natives.every((file) => file.includes(prebuild) && !file.includes('musl')),
    natives,
  );
  check(`${platform}: the archive's header is readable`, getRawHeader(archive).headerString.length > 0);
}

async function checkFuses(platform: string, executable: string): Promise<void> {
  const wire = await getCurrentFuseWire(executable);
  const wanted: [keyof typeof FuseV1Options, boolean][] = [
    ['RunAsNode', false],
    ['EnableCookieEncryption', true],
    ['EnableNodeOptionsEnvironmentVariable', false],
    ['EnableNodeCliInspectArguments', false],
    ['EnableEmbeddedAsarIntegrityValidation', true],
    ['OnlyLoadAppFromAsar', true],
    ['GrantFileProtocolExtraPrivileges', false],
  ];
  for (const [fuse, on] of wanted) {
    const state = Number(wire[FuseV1Options[fuse]]);
    check(`${platform}: fuse ${fuse} is ${on ? 'on' : 'off'}`, state === (on ? 49 : 48), state);
  }
}

await pack(Platform.LINUX, stubs.linux, join(out, 'linux'));
checkArchive('linux', join(out, 'linux/linux-unpacked/resources'), 'HID_hidraw-linux-');
await checkFuses('linux', join(out, 'linux/linux-unpacked/hookswitch'));
// The AppImage carries it in its resources, for the person to install; the deb installs it.
const rule = 'build/udev/70-hookswitch-headset.rules';
const packedRule = join(out, 'linux/linux-unpacked/resources/udev/70-hookswitch-headset.rules');
check(
  'linux: the udev rule is beside the app, as it is here',
  existsSync(packedRule) && readFileSync(packedRule, 'utf8') === readFileSync(join(root, rule), 'utf8'),
);
const { deb } = installers();
const installed = deb?.fpm ?? [];
check(
  'linux: the deb installs the udev rule, and needs the libraries of the headset',
  installed.includes(`${rule}=/usr/lib/udev/rules.d/70-hookswitch-headset.rules`) &&
    ['libudev1', 'libusb-1.0-0'].every((name) => deb?.depends?.includes(name)),
  installed,
);

await pack(Platform.WINDOWS, stubs.win, join(out, 'win'));
checkArchive('win', join(out, 'win/win-unpacked/resources'), 'HID-win32-');
await checkFuses('win', join(out, 'win/win-unpacked/Hookswitch.exe'));

await pack(Platform.MAC, stubs.mac, join(out, 'mac'));
const contents = join(out, 'mac/mac/Hookswitch.app/Contents');
checkArchive('mac', join(contents, 'Resources'), 'HID-darwin-');
await checkFuses('mac', join(out, 'mac/mac/Hookswitch.app'));
const info = v.parse(
  v.object({
    NSMicrophoneUsageDescription: v.string(),
    NSCameraUsageDescription: v.string(),
    NSAppTransportSecurity: v.object({ NSAllowsArbitraryLoads: v.boolean() }),
    CFBundleURLTypes: v.array(v.object({ CFBundleURLSchemes: v.array(v.string()) })),
    ElectronAsarIntegrity: v.record(v.string(), v.object({ algorithm: v.string(), hash: v.string() })),
  }),
  plist.parse(readFileSync(join(contents, 'Info.plist'), 'utf8')),
);
const schemes = info.CFBundleURLTypes.flatMap((type) => type.CFBundleURLSchemes);
check('mac: the microphone is explained', info.NSMicrophoneUsageDescription.includes('hear you'));
check('mac: the camera is explained', info.NSCameraUsageDescription.includes('press Camera'));
check('mac: arbitrary loads are not allowed', !info.NSAppTransportSecurity.NSAllowsArbitraryLoads);
check(
  'mac: tel, sip, sips and callto are ours',
  ['tel', 'sip', 'sips', 'callto'].every((scheme) => schemes.includes(scheme)),
  schemes,
);
check(
  'mac: the archive has its integrity hash',
  info.ElectronAsarIntegrity['Resources/app.asar']?.algorithm === 'SHA256',
);

process.exitCode = closing(tally);
