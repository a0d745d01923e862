// The log and the support bundle in the window: what is shown, chosen, copied and left out.
import { expect, test, type PartPage } from './calls-support.ts';

async function openLine(openPart: () => Promise<PartPage>, name: RegExp): Promise<PartPage> {
  const part = await openPart();
  await part.page.getByRole('button', { name: 'Settings' }).click();
  await part.page.getByRole('button', { name }).click();
  return part;
}

test('the log shows a level and what is graver, finds a word, and copies what it shows', async ({ openPart }) => {
  const part = await openLine(openPart, /^Log/);
  const { page } = part;
  const log = page.getByRole('log', { name: 'Log' });
  await expect(log.getByText('SQLITE_FULL').last()).toBeVisible();
  await expect(log.getByText('no transaction')).toHaveCount(0);
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(log.getByText('no transaction').last()).toBeVisible();
  await page.getByRole('button', { name: 'Errors' }).click();
  await page.getByRole('textbox', { name: 'Filter lines' }).fill('history');
  await expect(log.getByText('Step', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('6 lines copied.')).toBeVisible();
  const copied = (await part.commands()).find((command) => command.type === 'copy-text');
  expect(copied?.text.split('\n')).toHaveLength(6);
  expect(copied?.text).toMatch(/^\d{4}-\d\d-\d\dT.*Z ERROR phone: A call could not be written/);
  await page.getByRole('textbox', { name: 'Filter lines' }).fill('nothing says this');
  await expect(page.getByText('No line matches')).toBeVisible();
});

test('the bundle is seen file by file before it is written, and what is left out stays out', async ({ openPart }) => {
  const part = await openLine(openPart, /^Support bundle/);
  const { page } = part;
  await part.sent({ type: 'prepare-bundle' });
  await expect(page.getByRole('listitem')).toHaveCount(9);
  await expect(page.getByText('9 files, 1.6 MB. Nothing is sent.')).toBeVisible();
  await page.getByRole('button', { name: /sip-trace\.txt/ }).click();
  await expect(page.getByRole('region', { name: 'sip-trace.txt' })).toContainText('Text of sip-trace.txt');
  await page.getByRole('checkbox', { name: 'Include sip-trace.txt' }).uncheck();
  await page.getByRole('button', { name: 'Save bundle' }).click();
  await part.sent({ type: 'save-bundle', leaveOut: ['sip-trace.txt'] });
  await expect(page.getByText('Saved to /home/mara/support.zip.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'sip-trace.txt' })).toBeHidden();
});
