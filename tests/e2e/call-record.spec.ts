// A call's record on the running app: its chart while it goes on and after a restart, its messages as a ladder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QualitySeries } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

async function seriesOf(app: PhoneApp, callId: string): Promise<QualitySeries | null> {
  const page = await app.page('main');
  return page.evaluate(async (id) => {
    const answer = await window.hookswitch.phone.query({ type: 'call-quality', callId: id });
    return answer.ok ? answer.value : null;
  }, callId);
}

test('how a call is heard is charted while it goes on, and kept; its messages are a ladder', async ({ launch }) => {
  test.setTimeout(120_000);
  const office = await Office.open({
    domain: 'example.com',
    passwords: { '4410': 'secret' },
    numbers: { '4418': { does: 'answers' } },
  });
  const profile = mkdtempSync(join(tmpdir(), 'hookswitch-'));
  try {
    const account = { address: '4410@example.com', password: 'secret', server: office.server };
    const app = await launch({ profile, provision: { hookswitch: 1, accounts: [account] } });
    await app.registered();
    const { id = '' } = await app.command({ type: 'call', target: '4418' });
    await app.until((state, callId) => state.calls.some((call) => call.id === callId && call.quality !== null), id);
    const page = await app.page('main');
    await test.step('while it goes on', async () => {
      await page.getByRole('button', { name: /^Sound quality/ }).click();
      await page.getByRole('button', { name: 'Sound and messages' }).click();
      await expect(page.getByRole('img', { name: /^Score over the call; at worst \d/ })).toBeVisible();
      await expect.poll(async () => (await seriesOf(app, id))?.mos.length ?? 0).toBeGreaterThan(3);
    });
    await test.step('its messages', async () => {
      await page.getByRole('button', { name: 'Diagram' }).click();
      const ladder = page.getByRole('listbox', { name: 'SIP messages of this call, in order' });
      const step = (name: RegExp) => ladder.getByRole('option', { name });
      await expect(step(/^INVITE sip:4418@example\.com, from This phone to Server/).first()).toBeVisible();
      await expect(step(/^200 OK INVITE, from Server to This phone/)).toBeVisible();
      await expect(step(/^ACK .*, from This phone to Server/).last()).toBeVisible();
      await expect(ladder.getByRole('option', { name: /REGISTER/ })).toHaveCount(0);
      await app.command({ type: 'hang-up', callId: id });
      await expect(step(/^BYE .*, from This phone to Server/)).toBeVisible();
      await step(/^BYE/).click();
      await expect(page.getByRole('region', { name: 'Message' })).toContainText('CSeq:');
    });
    await app.until((state) => state.calls.length === 0);
    const before = await seriesOf(app, id);
    await app.close();

    const again = await launch({ profile });
    const kept = await seriesOf(again, id);
    expect(kept?.mos).toHaveLength(before?.mos.length ?? 0);
    expect(kept?.mos[2]).toBeCloseTo(before?.mos[2] ?? 0, 1);
    const window = await again.page('main');
    await window.getByRole('button', { name: /^Recents/ }).click();
    const row = window.getByRole('row').first();
    await row.hover();
    await row.getByRole('button', { name: /^More/ }).click();
    await window.getByRole('menuitem', { name: 'Sound and messages' }).click();
    await expect(window.getByRole('slider', { name: /^Moment/ })).toBeVisible();
    await window.getByRole('button', { name: 'Diagram' }).click();
    await expect(window.getByText('No message of this call is kept')).toBeVisible();
  } finally {
    office.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
