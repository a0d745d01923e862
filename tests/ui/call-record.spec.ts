// A call's record in the window: its chart, its ladder and its list; from a call that goes on and from one that was.
import { expect, fakeCall, test } from './calls-support.ts';

test('from a call that goes on, its sound is read moment by moment', async ({ openPart }) => {
  const part = await openPart();
  const { page } = part;
  await part.calls([fakeCall()]);
  await page.getByRole('button', { name: /^Sound quality/ }).click();
  await page.getByRole('button', { name: 'Sound and messages' }).click();
  await expect(page.getByRole('heading', { name: 'Call with Nora Keller' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Lost on the way to you over the call; at worst 9/ })).toBeVisible();
  const moment = page.getByRole('slider', { name: /^Moment/ });
  await moment.fill('80');
  await expect(moment).toHaveAttribute('aria-valuetext', /^1:20: Score 2\.7, Lost on the way to you 9\.0/);
  await moment.fill('135');
  await expect(moment).toHaveAttribute('aria-valuetext', /^2:15: Score not known/);
});

test('from a call that was, its messages are a diagram that the keyboard walks, and a list', async ({ openPart }) => {
  const part = await openPart();
  const { page } = part;
  await page.getByRole('button', { name: /^Recents/ }).click();
  const row = page.getByRole('row').nth(1);
  await row.hover();
  await row.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: 'Sound and messages' }).click();
  await page.getByRole('button', { name: 'Diagram' }).click();
  const ladder = page.getByRole('listbox', { name: 'SIP messages of this call, in order' });
  const steps = ladder.getByRole('option');
  await expect(steps).toHaveCount(9);
  await expect(steps.nth(4)).toHaveAccessibleName(
    /^INVITE sip:\+41441234567@example\.com, from This phone to Server, \d\d:/,
  );
  await expect(steps.nth(7)).toHaveAccessibleName(/^486 Busy Here INVITE, from Server to This phone/);
  await ladder.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Message' })).toContainText('Authorization: Digest [blanked]');
  await page.getByRole('button', { name: 'Close message' }).click();
  await page.getByRole('group', { name: 'What to show of the call' }).getByRole('button', { name: 'Messages' }).click();
  await expect(page.getByRole('listbox', { name: 'SIP messages' }).getByRole('option')).toHaveCount(9);
  await page.getByRole('button', { name: 'Save for Wireshark' }).click();
  await expect(page.getByText('Saved to /home/mara/trace.pcap.')).toBeVisible();
  expect((await part.commands()).find(({ type }) => type === 'save-trace')).toMatchObject({ format: 'pcap', text: '' });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: /^Call with/ })).toBeHidden();
});
