// After packing for macOS: takes back "arbitrary loads", which electron-builder writes into Info.plist whatever we say.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const plist = require('plist');

/** Runs before signing; the archive's integrity hash in the same file stays as it is. */
module.exports = async function afterPack({ electronPlatformName, appOutDir, packager }) {
  if (electronPlatformName !== 'darwin') return;
  const file = join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Info.plist');
  const info = plist.parse(readFileSync(file, 'utf8'));
  info.NSAppTransportSecurity = { NSAllowsArbitraryLoads: false, NSAllowsLocalNetworking: true };
  writeFileSync(file, plist.build(info));
};
