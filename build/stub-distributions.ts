// Stand-ins for Electron's own distributions, so that packing can be checked without its binary. Their "executables"
// carry a real fuse wire (and on Windows a real PE header), so fuses, integrity and resources are written for real.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';

/** Electron's fuse sentinel, version 1, eight fuses in their default state ('0' off, '1' on). */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('10110001'),
]);

const executable = Buffer.concat([Buffer.from('#!/bin/sh\n# a stand-in, for packing only\nexit 0\n'), fuseWire]);

function put(file: string, content: Buffer | string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o755 });
}

/** Writes the three stubs below `directory`; returns the folder of each. */
export function writeStubDistributions(directory: string, version: string): Record<'linux' | 'win' | 'mac', string> {
  const folders = {
    linux: join(directory, 'linux'),
    win: join(directory, 'win'),
    mac: join(directory, 'mac'),
  };
  for (const folder of [folders.linux, folders.win]) {
    put(join(folder, 'version'), version);
    put(join(folder, 'resources.pak'), 'stub');
    put(join(folder, 'locales/en-US.pak'), 'stub');
    put(join(folder, 'LICENSE'), 'stub');
    put(join(folder, 'LICENSES.chromium.html'), 'stub');
    mkdirSync(join(folder, 'resources'), { recursive: true });
  }
  put(join(folders.linux, 'electron'), executable);
  put(join(folders.win, 'electron.exe'), Buffer.concat([windowsExecutable(), fuseWire]));

  const contents = join(folders.mac, 'Electron.app/Contents');
  put(join(contents, 'MacOS/Electron'), executable);
  put(join(contents, 'Frameworks/Electron Framework.framework/Electron Framework'), executable);
  put(join(contents, 'Info.plist'), propertyList('com.github.Electron', 'Electron'));
  mkdirSync(join(contents, 'Resources'), { recursive: true });
  for (const suffix of ['', ' (Renderer)', ' (GPU)', ' (Plugin)']) {
    const name = `Electron Helper${suffix}`;
    put(join(contents, `Frameworks/${name}.app/Contents/MacOS/${name}`), executable);
    put(join(contents, `Frameworks/${name}.app/Contents/Info.plist`), propertyList('com.github.Electron.helper', name));
  }
  put(join(folders.mac, 'version'), version);
  put(join(folders.mac, 'LICENSE'), 'stub');
  put(join(folders.mac, 'LICENSES.chromium.html'), 'stub');
  return folders;
}

function windowsExecutable(): Buffer {
  const image = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(image);
  const info = Resource.VersionInfo.createEmpty();
  info.lang = 1033;
  info.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'Electron', ProductName: 'Electron' });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(image);
  return Buffer.from(image.generate());
}

function propertyList(identifier: string, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleIdentifier</key><string>${identifier}</string><key>CFBundleName</key><string>${name}</string><key>CFBundleExecutable</key><string>${name}</string></dict></plist>
`;
}
