// The headset's page in settings: how it stands, what goes with it, and its test, step by step.
import type { HeadsetTestStep } from '../../contract/index.ts';
import { expect, test, type OpenOptions, type PartPage } from './calls-support.ts';

async function openHeadset(openPart: (options?: OpenOptions) => Promise<PartPage>): Promise<PartPage> {
  const part = await openPart({ height: 760 });
  await part.page.getByRole('button', { name: /^Headset: Jabra/ }).click();
  await expect(part.page.getByRole('heading', { name: 'Headset', level: 1 })).toBeVisible();
  return part;
}

test('the sign in the title opens it; it says how the headset stands, and a choice applies at once', async ({
  openPart,
}) => {
  const part = await openHeadset(openPart);
  const { page } = part;
  await expect(page.getByText('Jabra Evolve2 65, buttons work')).toBeVisible();
  await page.getByRole('button', { name: /Headset buttons/ }).click();
  await page.getByRole('option', { name: 'Only during my calls' }).click();
  await page.getByRole('switch', { name: 'Speak through it' }).click();
  await page.getByRole('switch', { name: 'Play/Pause key' }).click();
  await page.getByRole('switch', { name: 'Busylight' }).click();
  await page.getByRole('button', { name: /Save headset report/ }).click();
  await expect(page.getByText('Saved as /home/mara/headset.txt')).toBeVisible();
  expect(await part.commands()).toEqual([
    { type: 'set-preferences', preferences: { headsetButtons: 'in-calls' } },
    { type: 'set-preferences', preferences: { headsetAudio: false } },
    { type: 'set-preferences', preferences: { mediaKeys: true } },
    { type: 'set-preferences', preferences: { busylight: true } },
    { type: 'save-headset-trace' },
  ]);

  await part.set({ headset: { name: 'in-use-elsewhere', product: 'Jabra Evolve2 65' } });
  await expect(
    page.getByText('Jabra Evolve2 65, used by another app. Answer on the screen to take it over.'),
  ).toBeVisible();
  const problem = { code: 'headset-not-permitted', message: 'This computer does not let you use its buttons.' };
  await part.set({ headset: { name: 'refused', product: 'Poly BT700', problem } });
  await expect(page.getByText('Poly BT700: This computer does not let you use its buttons.')).toBeVisible();
});

test('the test asks for each light and button, says what came, and its result is copied', async ({ openPart }) => {
  const part = await openHeadset(openPart);
  const { page } = part;
  await page.getByRole('button', { name: /Test the headset/ }).click();
  await expect(page.getByRole('heading', { name: 'Headset test' })).toBeVisible();
  const stage = page.getByRole('region', { name: 'Headset test' }).getByRole('status');
  await expect(stage).toContainText('Does the ring light show?');
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(stage).toContainText('Press the answer button');

  const wrong = await page.evaluate(() => window.fake.state().headsetTest);
  if (!wrong) throw new Error('no test');
  const arrived = (step: HeadsetTestStep) => (step.result === 'now' ? { ...step, arrived: ['mute 1'] } : step);
  await part.set({ headsetTest: { ...wrong, steps: wrong.steps.map(arrived) } });
  await expect(page.getByRole('listitem').nth(1)).toHaveText(/Answer button.*press it now: mute/);

  await page.getByRole('button', { name: 'My headset has none' }).click();
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await expect(page.getByRole('listitem').nth(1)).toContainText('has none');
  await expect(page.getByRole('listitem').nth(2)).toContainText('does not light');
  await page.getByRole('button', { name: 'Copy result' }).click();
  await part.sent({ type: 'headset-test', action: 'copy' });
  await expect(page.getByText('The result is copied.', { exact: false })).toBeVisible();

  await part.set({ headsetTest: { ...wrong, state: 'call' } });
  await expect(stage).toContainText('A call came.');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Headset', level: 1 })).toBeVisible();
});

test('a test that nobody looks at ends', async ({ openPart }) => {
  const part = await openHeadset(openPart);
  await part.page.getByRole('button', { name: /Test the headset/ }).click();
  await expect(part.page.getByRole('heading', { name: 'Headset test' })).toBeVisible();
  await part.page.getByRole('button', { name: 'Contacts' }).click();
  await part.sent({ type: 'headset-test', action: 'stop' });
});
