// Chromium's command line.
import { afterEach, expect, it, vi } from 'vitest';
import { mergedSwitches } from './switches.ts';

const options = (switches: Record<string, string> = {}) => ({
  userData: '/nowhere',
  headless: true,
  switches: new Map(Object.entries(switches)),
  screen: { width: 800, height: 600 },
});

afterEach(() => vi.unstubAllEnvs());

it('passes on what the app appends', () => {
  const merged = mergedSwitches(options({ 'allow-loopback-in-peer-connection': '', lang: 'de' }));
  expect(merged).toContain('--allow-loopback-in-peer-connection');
  expect(merged).toContain('--lang=de');
});

it('joins lists of features, of which Chromium would take the last', () => {
  const merged = mergedSwitches(options({ 'disable-features': 'A,Translate', 'enable-features': 'B' }));
  const lists = merged.filter((part) => /^--(dis|en)able-features=/.test(part));
  expect(lists).toHaveLength(2);
  expect(lists.join(' ')).toMatch(/disable-features=Translate,.*,A\b/);
  expect(lists.join(' ')).toMatch(/enable-features=MessagePortCloseEvent,B$/);
});

it('adds those of the environment', () => {
  vi.stubEnv('HOOKSWITCH_HOST_CHROMIUM_ARGS', '--use-fake-device-for-media-stream  --x=1');
  expect(mergedSwitches(options())).toEqual(expect.arrayContaining(['--use-fake-device-for-media-stream', '--x=1']));
});

it('never gives the sandbox away, and never silences the phone', () => {
  const merged = mergedSwitches(options({ 'no-sandbox': '' })).join(' ');
  expect(merged).not.toMatch(/--no-sandbox|--mute-audio/);
});
