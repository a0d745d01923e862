// npm run dist: builds installers for this platform. `-- --dir` packs without installers and works anywhere.
import { join, resolve } from 'node:path';
import { build, Platform, type Configuration } from 'electron-builder';
import { installers } from './electron-builder.ts';
import { manifestElectronVersion, findElectronBinary } from './electron-binary.ts';
import { writeStubDistributions } from './stub-distributions.ts';

const root = resolve(import.meta.dirname, '..');
const directoryOnly = process.argv.includes('--dir');
const platform = Platform.current();
let electronDist: string | null = null;

if (directoryOnly && findElectronBinary() === null) {
  console.log(
    "Electron's binary is not here: packing on a stub. The result shows what would be inside; it does not run.",
  );
  const stubs = writeStubDistributions(join(root, 'out/stubs'), manifestElectronVersion());
  electronDist = stubs[platform === Platform.MAC ? 'mac' : platform === Platform.WINDOWS ? 'win' : 'linux'];
}
const config: Configuration = {
  ...installers(),
  ...(electronDist === null ? {} : { electronDist }),
};
try {
  const made = await build({
    projectDir: root,
    targets: directoryOnly ? platform.createTarget('dir') : platform.createTarget(),
    config,
    publish: 'never',
  });
  for (const file of made) console.log(file);
} catch (error) {
  console.error(String(error));
  console.error(
    directoryOnly
      ? 'Packing failed; the message above says why.'
      : 'Installers need tools that electron-builder downloads. Where that is not possible, `npm run dist -- --dir` packs without them.',
  );
  process.exitCode = 1;
}
