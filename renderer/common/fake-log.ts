// A log and a support bundle, for the dev page and tests of the windows. Not in the product.
import type { BundleEntry, LogRow } from '../../contract/index.ts';

const said: readonly (readonly [LogRow['level'], string, string])[] = [
  ['info', '', 'Started. {"version":"0.1.0"}'],
  ['info', 'sip', 'registration {"account":"work","state":"connecting"}'],
  ['debug', 'sip/net', 'response dropped: no transaction {"flow":"udp 192.0.2.7:51344","status":200}'],
  ['info', 'sip', 'registration {"account":"work","state":"available"}'],
  ['warn', 'headset', 'The device was not opened at once. {"product":"Jabra Evolve2 65","error":"busy"}'],
  ['info', 'calls', 'Call placed. {"number":"+41 44 123 45 67"}'],
  ['error', 'phone', 'A call could not be written to the history. {"error":"SQLITE_FULL: database or disk is full"}'],
];

/** Lines of the minute before `now`. */
export function fakeLog(now: number): LogRow[] {
  return Array.from({ length: 42 }, (_, index): LogRow => {
    const [level, room, text] = said[index % said.length] ?? ['info', '', ''];
    return { id: index + 1, at: now - 60_000 + index * 1370, level, room, text };
  });
}

export const fakeBundle: BundleEntry[] = [
  { name: 'README.txt', topic: 'about', size: 612 },
  { name: 'versions.json', topic: 'versions', size: 1840 },
  { name: 'settings.json', topic: 'settings', size: 2210 },
  { name: 'state.json', topic: 'state', size: 5400 },
  { name: 'devices.json', topic: 'devices', size: 900 },
  { name: 'database.json', topic: 'database', size: 310 },
  { name: 'sip-trace.txt', topic: 'sip', size: 184_000 },
  { name: 'headset-1.txt', topic: 'headset', size: 8100 },
  { name: 'log/hookswitch.log', topic: 'log', size: 1_420_000 },
];
