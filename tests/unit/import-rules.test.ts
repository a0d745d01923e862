// Who may import whom (the design's section 1): resolves every import of the product and checks it against the table.
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Room -> rooms it may import besides itself and the contract. The longest matching path decides. */
const allowed: Record<string, readonly string[]> = {
  contract: [],
  renderer: [],
  'electron/sip/wire': [],
  'electron/sip/net': ['electron/sip/wire'],
  'electron/sip/transaction': ['electron/sip/wire', 'electron/sip/net'],
  'electron/sip': [],
  'electron/media/engine': [],
  'electron/media': [],
  'electron/headset/host': [],
  'electron/headset': [],
  'electron/store': ['electron/directory', 'electron/history'],
  'electron/directory': ['electron/store'],
  'electron/history': ['electron/store'],
  'electron/settings': ['electron/store'],
  'electron/diagnostics': [],
  'electron/practice': ['electron/sip/wire', 'electron/sip/net', 'electron/sip/transaction', 'electron/sip/digest'],
  'electron/calls': ['electron/sip', 'electron/media'],
  'electron/phone': [
    'electron/calls',
    'electron/sip',
    'electron/media',
    'electron/headset',
    'electron/directory',
    'electron/history',
    'electron/settings',
    'electron/store',
    'electron/practice',
    'electron/diagnostics',
  ],
  'electron/desktop': [],
  'electron/preload.ts': [],
  'electron/main.ts': ['electron'],
};

/** Rooms that others enter by their door only. */
const doors = [
  'electron/sip',
  'electron/media',
  'electron/headset',
  'electron/calls',
  'electron/phone',
  'electron/store',
  'electron/diagnostics',
];

/** A test, or what tests are built of: `testing.ts`, `testing-net.ts`, `testing/stranger.ts`. */
const isTest = (file: string) => /\.(test|spec)\.tsx?$|\/testing(-\w+)?(\.ts$|\/)/.test(file);
const rooms = Object.keys(allowed).sort((a, b) => b.length - a.length);
const roomOf = (file: string) => rooms.find((room) => file === room || file.startsWith(`${room}/`));
const within = (file: string, room: string) => file === room || file.startsWith(`${room}/`);

interface Import {
  from: string;
  to: string;
}

const files = globSync(['contract/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx}'], { cwd: root }).filter(
  (file) => !isTest(file) && !file.startsWith('renderer/dev'),
);

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(resolve(root, from), 'utf8');
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g),
  ]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((specifier) => specifier !== '')
    .map((specifier) => ({
      from,
      to: specifier.startsWith('.') ? relative(root, resolve(root, dirname(from), specifier)) : specifier,
    }));
});

describe('import rules', () => {
  it('looks at every room', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(200);
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets a room import the contract, itself, and what the table allows', () => {
    const broken = imports.filter(({ from, to }) => {
      if (!/^(contract|electron|renderer)\//.test(to)) return false;
      const room = roomOf(from);
      if (room === undefined || within(to, room)) return room === undefined;
      if (within(to, 'contract')) return false;
      return !(allowed[room] ?? []).some((other) => within(to, other));
    });
    expect(broken).toEqual([]);
  });

  it('lets other rooms in by the door only', () => {
    const broken = imports.filter(({ from, to }) => {
      const door = doors.find((room) => within(to, room) && !within(from, room));
      const floor = /^electron\/sip\/(wire|net|transaction|digest)\//.test(to) && from.startsWith('electron/practice/');
      return door !== undefined && to !== `${door}/index.ts` && !floor;
    });
    expect(broken).toEqual([]);
  });

  it("keeps 'electron' in main.ts, preload.ts and desktop/", () => {
    const broken = imports.filter(
      ({ from, to }) => to === 'electron' && !/^electron\/(main\.ts|preload\.ts|desktop\/)/.test(from),
    );
    expect(broken).toEqual([]);
  });

  it('keeps what tests are built of out of the product', () => {
    expect(imports.filter(({ to }) => isTest(to))).toEqual([]);
  });

  it('keeps Node out of the renderer and the contract', () => {
    const broken = imports.filter(({ from, to }) => /^(contract|renderer)\//.test(from) && to.startsWith('node:'));
    expect(broken).toEqual([]);
  });
});
