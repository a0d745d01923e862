// Files of people on the running app, and what is kept of a person besides their numbers: picture, ring tone, block.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright/test';
import * as v from 'valibot';
import type { PhoneApp } from '../support/app.ts';
import { keepsDesktop, windowState } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { watchProgress } from '../support/progress.ts';
import { saveSlowly } from '../support/slow-disk.ts';
import { expect, test } from '../support/spec.ts';

const people = (page: Page) => page.getByRole('grid', { name: 'People' });
const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'people-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** The answer to the next dialog, where dialogs are not drawn; a person takes `after` ms for it. */
async function answerDialog(
  app: PhoneApp,
  answer: { filePath?: string; filePaths?: string[]; after?: number },
): Promise<void> {
  await app.electron.evaluate((electron, given) => {
    const { chromiumHost } = electron as unknown as { chromiumHost: { dialogAnswers: unknown[] } };
    chromiumHost.dialogAnswers.push({ canceled: false, ...given });
  }, answer);
}

async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'Import, export and duplicates' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content ?? ''], file ?? ''));
      return data;
    },
    [name, text],
  );
  await page.locator('.drop-target').dispatchEvent('drop', { dataTransfer: transfer });
}

test('a file is dropped, looked at, imported, undone, chosen by the dialog, and everybody is exported', async ({
  launch,
}) => {
  const app = await launch({ args: ['--practice'] });
  await app.registered();
  const page = await app.page('main');
  const csv = 'Name,Company,Work\nNora Keller,Keller & Co,+41 44 123 45 67\n=cmd|calc,,4411\n,Nobody,\n,,4412\n';

  await drop(page, 'people.csv', csv);
  await expect(page.getByRole('button', { name: 'New 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Skipped 1' }).click();
  await expect(page.getByRole('list', { name: 'Import people' })).toContainText('There is no name here.Line 5');
  await page.getByRole('button', { name: 'Import 3 people' }).click();
  await expect(page.getByText('3 people added, 0 changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Everybody is as before the import')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(people(page).getByText('Nora Keller')).toHaveCount(0);

  await drop(page, 'face.png', '\u0089PNG\0\0');
  await expect(page.getByText('This is no text. Export your contacts as vCard, CSV or LDIF.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).last().click();

  await test.step('a large file says how far it is while it is read, written and taken back, and can be cancelled', async () => {
    const numbers = Array.from({ length: 20_000 }, (_none, index) => 50_000 + index);
    const large = `Name,Work\n${numbers.map((number) => `Person ${number},${number}`).join('\n')}\n`;
    const progress = await watchProgress(page);
    await drop(page, 'company.csv', large);
    await page.getByRole('button', { name: 'Import 20,000 people' }).click({ timeout: 30_000 });
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cancel' }).last()).toBeVisible();
    await expect(page.getByText('20,000 people added, 0 changed.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Everybody is as before the import')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Done' }).click();

    const shown = await progress();
    for (const label of [/^Reading company.csv$/, / of 20,000 people$/, /^Putting everybody back as they were$/]) {
      const of = shown.filter((one) => label.test(one.label));
      const shares = of.map(({ share }) => share ?? -1);
      expect(shares, String(label)).toEqual(shares.toSorted((one, other) => one - other));
      expect(new Set(shares).size, String(label)).toBeGreaterThan(2);
      expect(of[0]?.at, String(label)).toBeLessThan(500);
    }
  });

  await test.step('a server that keeps one waiting: the button says so, and after half a second the window', async () => {
    const accepted: Socket[] = [];
    const silent = createServer((socket) => accepted.push(socket.on('error', () => {})));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = v.parse(v.object({ port: v.number() }), silent.address());
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: /^Where people come from/ }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Company directory (LDAP)' }).click();
    for (const [field, text] of [
      ['Name', 'Slow'],
      ['Server', '127.0.0.1'],
      ['Port', String(port)],
      ['Base', 'dc=test'],
    ] as const) {
      await page.getByRole('textbox', { name: field, exact: true }).fill(text);
    }
    const working = page.locator('[role="status"] .working-line', { hasText: 'Working...' });
    await expect(working).toHaveCount(0);
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.getByRole('button', { name: 'Trying...' })).toBeVisible();
    await expect(working).toBeVisible({ timeout: 1_000 });
    for (const socket of accepted) socket.destroy();
    silent.close();
    await expect(working).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: /^Contacts/ }).click();
  });

  if (!(await keepsDesktop(app))) return;
  const file = join(folder, 'people.csv');
  writeFileSync(file, csv);
  await answerDialog(app, { filePaths: [file] });
  await choose(page, 'Import people...');
  await page.getByRole('button', { name: 'Import 3 people' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(people(page).getByText('Nora Keller')).toBeVisible();

  const exported = join(folder, 'exported.csv');
  await answerDialog(app, { filePath: exported, after: 1_500 });
  const written = await saveSlowly(page, exported, async () => {
    await choose(page, 'Export as CSV...');
    // While the dialog is open it is the person who is waited for.
    await app.until((state) => state.fileDialogOpen);
    await delay(1_000);
    await expect(page.locator('.working-line')).toHaveCount(0);
  });
  const text = String(written);
  await expect(page.getByText(`Saved as ${exported}.`)).toBeVisible();
  expect(text).toContain('Nora Keller,Keller & Co,');
  expect(text).toContain("'=cmd|calc");

  await app.command({
    type: 'save-person',
    person: { name: 'Nora Keller', numbers: [{ value: '0041441234567', kind: 'home' }] },
  });
  await choose(page, 'Find duplicates');
  await page.getByRole('button', { name: 'Merge Nora Keller' }).click();
  await expect(page.getByText('No duplicates')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Merge Nora Keller' })).toBeVisible();
  await page.getByRole('button', { name: 'Nora Keller: different people' }).click();
  await expect(page.getByText('No duplicates')).toBeVisible();
});

test('a caller is seen by their picture and heard by their own tone; who is blocked does not ring', async ({
  launch,
}) => {
  const office = await Office.open({ passwords: { mara: 'secret' } });
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] } });
  await app.registered();
  const saved = await app.command({
    type: 'save-person',
    person: { name: 'Nora Keller', numbers: [{ value: '4410', kind: 'work' }], picture, ringTone: 'pulse' },
  });

  await test.step('picture and ring tone', async () => {
    const call = office.call('mara', { number: '4410' });
    await call.status(180);
    const popup = await app.page('incoming');
    await expect(popup.getByRole('alertdialog').locator('img')).toHaveAttribute('src', picture);
    // Her tone and no other: "pulse" has its notes at these frequencies.
    const media = await app.page('media');
    const isHers = async () => {
      const hz = await media.evaluate(loudestOfRing);
      return [440, 554].some((note) => Math.abs(hz - note) < 10);
    };
    await expect.poll(isHers, { timeout: 15_000 }).toBe(true);
    call.cancel();
    await call.final();
  });

  await test.step('block', async () => {
    await app.command({
      type: 'save-person',
      person: { id: saved.id, name: 'Nora Keller', numbers: [{ value: '4410', kind: 'work' }], blocked: true },
    });
    const page = await app.page('main');
    await page.getByRole('button', { name: /^Recents/ }).click();
    await app.until((state) => state.missedCalls === 0);
    const call = office.call('mara', { number: '4410', name: 'Your Bank' });
    expect(await call.final()).toBe(603);
    await expect(page.getByRole('grid', { name: 'Recent calls' }).getByText(/Blocked, did not ring/)).toBeVisible();
    const state = await app.state();
    expect([state.missedCalls, state.calls.filter(({ phase }) => phase.name === 'incoming')]).toEqual([0, []]);
    expect((await windowState(app, 'incoming')).visible).toBe(false);
    // Everybody else rings.
    const other = office.call('mara', { number: '4411' });
    await other.status(180);
    other.cancel();
    await other.final();
  });
  office.close();
});

/** Runs in the media page: the loudest frequency of what rings, over one period of it; Hz, 0 for silence. */
async function loudestOfRing(): Promise<number> {
  const ring = [...document.querySelectorAll('audio')].find((one) => one.dataset['name'] === 'ring');
  if (!(ring?.srcObject instanceof MediaStream)) return 0;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(ring.srcObject).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  let best = { level: -70, hz: 0 };
  const start = context.currentTime;
  while (context.currentTime - start < 3) {
    await new Promise((next) => setTimeout(next, 30));
    analyser.getFloatFrequencyData(bins);
    const level = Math.max(...bins);
    if (level > best.level) best = { level, hz: (bins.indexOf(level) * context.sampleRate) / analyser.fftSize };
  }
  await context.close();
  return best.hz;
}
