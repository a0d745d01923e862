// In a guest with a real Linux kernel: its reading of report descriptors beside ours, and calls by headset through hidraw.
import { expect, test } from 'playwright/test';
import { percentile } from '../../bench/report.ts';
import { kernelOrWhy, missingForGuest, runGuest } from './guest-machine.ts';
import type { GuestCall, GuestReport } from './report.ts';

const missing = missingForGuest();
test.skip(missing !== null, missing ?? '');
test.describe.configure({ mode: 'serial', timeout: 600_000 });

let reports: GuestReport[] = [];
test.beforeAll(async () => {
  test.setTimeout(600_000);
  const kernel = await kernelOrWhy();
  test.skip('unavailable' in kernel, 'unavailable' in kernel ? `no kernel to boot: ${kernel.unavailable}` : '');
  if ('unavailable' in kernel) return;
  reports = await runGuest(kernel);
});

test('nothing in the guest broke', () => {
  expect(reports.filter(({ kind }) => kind === 'broken')).toEqual([]);
});

test('every descriptor has the fields, sizes and flags that the kernel reads', () => {
  const compared = reports.filter((report) => report.kind === 'fields');
  const fields = compared.reduce((sum, { count }) => sum + count, 0);
  console.log(`${compared.length} descriptors, ${fields} fields compared with the kernel's`);
  expect(compared.length).toBeGreaterThanOrEqual(205);
  expect(compared.filter((report) => report.differences.length > 0)).toEqual([]);
});

test('each headset answers, mutes, follows the screen, is pulled out and hangs up, with its lamps', () => {
  const calls = reports.filter((report): report is GuestCall => report.kind === 'call');
  for (const { product, steps, failure } of calls) console.log(`${product}: ${failure ?? steps.join(', ')}`);
  const samples = (of: (call: GuestCall) => number[]) => percentile(calls.flatMap(of), 95).toFixed(1);
  console.log(
    `in the guest: press to action ${samples((call) => call.pressToAction)} ms, call to lamp ` +
      `${samples((call) => call.callToLamp)} ms, plug to usable ${samples((call) => [call.plugToUsable])} ms (p95)`,
  );
  expect(calls.length).toBeGreaterThanOrEqual(5);
  expect(calls.filter(({ failure }) => failure !== null)).toEqual([]);
});
