// The SIP trace on the running app: what goes over the wire is listed as it comes, found, read, saved and cleared.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { PhoneApp } from '../support/app.ts';
import { keepsDesktop } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';
import { findProgram } from '../peers/support/child.ts';

const password = 'canary-password';

/** A phone that is registered, and looks at its trace. */
async function openTrace(
  launch: (options: { provision: unknown }) => Promise<PhoneApp>,
): Promise<{ app: PhoneApp; page: Page; office: Office; list: ReturnType<Page['getByRole']> }> {
  const office = await Office.open({
    domain: 'example.com',
    passwords: { '4410': password },
    numbers: { '4418': { does: 'refuses', status: '486 Busy Here' } },
  });
  const app = await launch({
    provision: { hookswitch: 1, accounts: [{ address: '4410@example.com', password, server: office.server }] },
  });
  await app.registered();
  const page = await app.page('main');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'SIP trace' }).click();
  return { app, page, office, list: page.getByRole('listbox', { name: 'SIP messages' }) };
}

/** The answer to the next save dialog, where dialogs are not drawn. */
async function answerSaveDialog(app: PhoneApp, filePath: string): Promise<void> {
  await app.electron.evaluate((electron, path) => {
    const { chromiumHost } = electron as unknown as { chromiumHost: { dialogAnswers: unknown[] } };
    chromiumHost.dialogAnswers.push({ canceled: false, filePath: path });
  }, filePath);
}

test('messages are listed as they come, without the password, and one is read in full', async ({ launch }) => {
  const { app, page, office, list } = await openTrace(launch);
  try {
    const options = list.getByRole('option');
    await expect(options.first()).toContainText('REGISTER');
    await expect(options.first().getByRole('img', { name: 'Sent' })).toBeVisible();
    await app.command({ type: 'call', target: '4418' });
    await expect(list.getByRole('option', { name: /486 Busy Here\s+INVITE/ })).toBeVisible();

    await page.getByRole('textbox', { name: 'Filter messages' }).fill('authorization');
    await expect(options.first()).toContainText('REGISTER');
    await options.first().click();
    const message = page.getByRole('region', { name: 'Message' });
    await expect(message).toContainText('Authorization: Digest [blanked]');
    await page.getByRole('textbox', { name: 'Filter messages' }).fill(password);
    await expect(page.getByText('No message matches')).toBeVisible();
  } finally {
    office.close();
  }
});

test('it is worked by the keyboard, and stays where it is read', async ({ launch }) => {
  const { app, page, office, list } = await openTrace(launch);
  try {
    const follow = page.getByRole('switch', { name: 'Follow' });
    await expect(follow).toBeChecked();
    await list.focus();
    await page.keyboard.press('Home');
    await expect(follow).not.toBeChecked();
    const message = page.getByRole('region', { name: 'Message' });
    await expect(message).toContainText('REGISTER sip:example.com SIP/2.0');
    await page.keyboard.press('ArrowDown');
    await expect(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2');
    await app.command({ type: 'call', target: '4418' });
    await expect(list.getByRole('option', { name: /486 Busy Here/ })).toBeAttached();
    await expect(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2');
    await page.keyboard.press('Escape');
    await expect(message).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  } finally {
    office.close();
  }
});

test('it is saved as a text and for Wireshark, and cleared', async ({ launch }) => {
  const { app, page, office, list } = await openTrace(launch);
  const folder = mkdtempSync(join(tmpdir(), 'trace-'));
  try {
    test.skip(!(await keepsDesktop(app)), 'The system draws the save dialog, and nobody answers it.');
    await expect(list.getByRole('option').first()).toBeVisible();

    await page.getByRole('button', { name: 'Save as text' }).click();
    const asked = await app.electron.evaluate(
      (electron) => (electron as unknown as { chromiumHost: { dialogs: unknown[] } }).chromiumHost.dialogs,
    );
    expect(asked).toMatchObject([
      { kind: 'save', options: { defaultPath: expect.stringMatching(/hookswitch-sip-[\dT-]+\.txt$/) } },
    ]);

    const [text, pcap] = [join(folder, 'trace.txt'), join(folder, 'trace.pcap')];
    await answerSaveDialog(app, text);
    await page.getByRole('button', { name: 'Save as text' }).click();
    await expect(page.getByText(`Saved to ${text}.`)).toBeVisible();
    expect(readFileSync(text, 'utf8')).toMatch(/^\d{4}-.*Z UDP \S+ --> \S+\nREGISTER sip:example\.com SIP\/2\.0\n/);
    expect(readFileSync(text, 'utf8')).not.toContain(password);

    await answerSaveDialog(app, pcap);
    // What is said of the last file lies over no button.
    await page.getByRole('button', { name: 'Save for Wireshark' }).click({ timeout: 3_000 });
    await expect(page.getByText(`Saved to ${pcap}.`)).toBeVisible();
    const tshark = findProgram('tshark');
    if (tshark !== null) {
      const methods = execFileSync(tshark, ['-r', pcap, '-T', 'fields', '-e', 'sip.CSeq.method'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(methods.trim().split('\n')).toContain('REGISTER');
    }

    await answerSaveDialog(app, join(folder, 'no', 'such', 'folder.txt'));
    await page.getByRole('button', { name: 'Save as text' }).click();
    await expect(page.getByText('The file could not be written there. Choose another folder.')).toBeVisible();

    await page.getByRole('button', { name: 'Clear', exact: true }).click({ timeout: 3_000 });
    await expect(page.getByText('No message yet')).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true });
    office.close();
  }
});
