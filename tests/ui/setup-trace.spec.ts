// The SIP trace page: what it shows of long and hostile traces, and what its buttons ask for.
import { expect, test, type PartPage } from './calls-support.ts';

async function openTrace(openPart: () => Promise<PartPage>): Promise<PartPage> {
  const part = await openPart();
  await part.page.getByRole('button', { name: 'Settings' }).click();
  await part.page.getByRole('button', { name: 'SIP trace' }).click();
  return part;
}

test('two thousand messages are drawn a screen at a time, the newest in sight, and new ones follow', async ({
  openPart,
}) => {
  const part = await openTrace(openPart);
  await part.page.evaluate(() => {
    const [first] = window.fake.trace;
    if (first) {
      const last = window.fake.trace.length;
      for (let id = last + 1; id <= 2000; id += 1) window.fake.trace.push({ ...first, id });
    }
  });
  const options = part.page.getByRole('option');
  await expect(options.last()).toHaveAttribute('aria-posinset', '2000');
  expect(await options.count()).toBeLessThan(40);
  await part.page.evaluate(() => {
    const last = window.fake.trace.at(-1);
    if (last) window.fake.trace.push({ ...last, id: 2001, text: 'BYE sip:new@example.com SIP/2.0\r\n\r\n' });
  });
  await expect(part.page.getByRole('option', { name: /BYE sip:new@example.com/ })).toBeInViewport();
});

test('the chosen message stays in sight when it opens, and a message of a stranger is text', async ({ openPart }) => {
  const part = await openTrace(openPart);
  await part.page.evaluate(() => {
    const last = window.fake.trace.at(-1);
    const text = 'MESSAGE sip:<img src=x onerror=alert(1)> SIP/2.0\r\nSubject: <b>bold</b>\r\n\r\n';
    if (last) window.fake.trace.push({ ...last, id: last.id + 1, text });
  });
  const hostile = part.page.getByRole('option', { name: /MESSAGE/ });
  await hostile.click();
  await expect(part.page.getByRole('region', { name: 'Message' })).toContainText('<b>bold</b>');
  await expect(hostile).toBeInViewport({ ratio: 0.9 });
  expect(await part.page.locator('.trace img, .trace b').count()).toBe(0);
});

test('what is saved is what the filter shows; an empty list says why nothing can be saved', async ({ openPart }) => {
  const part = await openTrace(openPart);
  const { page } = part;
  await page.getByRole('textbox', { name: 'Filter messages' }).fill('486');
  await expect(page.getByRole('option')).toHaveCount(5);
  await page.getByRole('button', { name: 'Save for Wireshark' }).click();
  await part.sent({ type: 'save-trace', format: 'pcap', text: '486' });
  await expect(page.getByText('Saved to /home/mara/trace.pcap.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter messages' }).press('Escape');
  await expect(page.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText('No message yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save as text' })).toHaveAttribute(
    'title',
    'There is nothing to save.',
  );
});
