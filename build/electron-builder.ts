// Installers. Checked on every `npm test` against stub distributions (pack-check.ts); built for real by the release workflow.
import type { Configuration } from 'electron-builder';

const prebuilds = 'node_modules/node-hid/prebuilds';

/**
 * What an installer holds: what Vite built, the tray's glyphs, and node-hid with the prebuilds whose folder names match
 * `kept`. Everything else is bundled into dist. A platform's `files` stand alone, so each gets the whole list.
 */
function files(kept: string): string[] {
  return [
    'dist/**',
    'assets/tray/*.png',
    'package.json',
    '!node_modules/node-hid/{hidapi,src,binding.gyp,README.md,nodehid.d.ts}{,/**}',
    '!node_modules/node-addon-api{,/**}',
    '!node_modules/pkg-prebuilds/bin{,/**}',
    `!${prebuilds}/!(${kept}){,/**}`,
  ];
}

/** electron-builder's configuration. A function, so that nobody changes another's copy. */
export function installers(): Configuration {
  return {
    appId: 'com.hookswitch.phone',
    productName: 'Hookswitch',
    copyright: 'Copyright © Hookswitch',
    directories: { output: 'release', buildResources: 'assets' },
    afterPack: 'build/after-pack.cjs',
    npmRebuild: false, // node-hid ships Node-API prebuilds; one binary serves Node and Electron
    asarUnpack: [`${prebuilds}/**`],
    protocols: [{ name: 'Telephone call', role: 'Viewer', schemes: ['tel', 'sip', 'sips', 'callto'] }],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },
    win: {
      files: files('HID-win32-${arch}'),
      icon: 'assets/icon.ico',
      target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      // Windows offers an app for tel: only when its capabilities are registered (electron issue 14108).
      include: 'build/installer.nsh',
    },
    mac: {
      files: files('HID-darwin-${arch}'),
      icon: 'assets/icon.icns',
      category: 'public.app-category.business',
      target: [
        { target: 'dmg', arch: ['x64', 'arm64'] },
        { target: 'zip', arch: ['x64', 'arm64'] },
      ],
      hardenedRuntime: true,
      gatekeeperAssess: false,
      notarize: false, // the release workflow turns it on where it has the credentials
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.plist',
      extendInfo: {
        NSMicrophoneUsageDescription: 'Hookswitch uses the microphone so that the people you call can hear you.',
        NSCameraUsageDescription: 'Hookswitch uses the camera when you press Camera in a call.',
        LSMinimumSystemVersion: '13.0',
      },
    },
    linux: {
      files: files('HID_hidraw-linux-${arch}'),
      icon: 'assets/icons',
      category: 'Network;Telephony',
      synopsis: 'A softphone for any SIP server',
      target: [
        { target: 'AppImage', arch: ['x64', 'arm64'] },
        { target: 'deb', arch: ['x64', 'arm64'] },
      ],
      extraResources: [{ from: 'build/udev', to: 'udev' }],
    },
    deb: {
      // Electron's own needs, then those of the headset's library.
      depends: [
        'libgtk-3-0',
        'libnotify4',
        'libnss3',
        'libxss1',
        'libxtst6',
        'xdg-utils',
        'libatspi2.0-0',
        'libuuid1',
        'libsecret-1-0',
        'libudev1',
        'libusb-1.0-0',
      ],
      packageCategory: 'net',
      fpm: ['build/udev/70-hookswitch-headset.rules=/usr/lib/udev/rules.d/70-hookswitch-headset.rules'],
    },
  };
}
