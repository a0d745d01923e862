// "Why can't I be called?" in the window: what its lines show as they are found, and what their buttons ask for.
import { fakeDiagnosis } from '../../renderer/common/fake-diagnosis.ts';
import { expect, test, type PartPage } from './calls-support.ts';

async function openDiagnosis(openPart: () => Promise<PartPage>): Promise<PartPage> {
  const part = await openPart();
  await part.page.getByRole('button', { name: 'Settings' }).click();
  await part.page.getByRole('button', { name: /^Why can’t I be called/ }).click();
  return part;
}

test('one button begins it; lines fill in step by step, and the sum is said aloud', async ({ openPart }) => {
  const part = await openDiagnosis(openPart);
  const { page } = part;
  await page.getByRole('button', { name: 'Check now' }).click();
  await part.sent({ type: 'diagnose' });
  await part.set({ diagnosis: fakeDiagnosis(Date.now(), 2) });
  const lines = page.getByRole('listitem');
  await expect(lines).toHaveCount(10);
  await expect(page.getByRole('img', { name: 'Good' })).toHaveCount(2);
  await expect(lines.nth(2).getByRole('img', { name: 'Checking' })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Checking...' })).toHaveAttribute('value', '2');
  await expect(page.getByRole('status').filter({ hasText: 'Checking...' })).toBeVisible();

  await part.set({ diagnosis: fakeDiagnosis(Date.now()) });
  await expect(page.getByRole('status').filter({ hasText: 'You cannot be called' })).toBeVisible();
  await expect(page.getByText('2 lines below say what is wrong.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'This computer' })).toBeVisible();
});

test('a line opens its details, and its button mends and checks again', async ({ openPart }) => {
  const part = await openDiagnosis(openPart);
  const { page } = part;
  await part.set({ diagnosis: fakeDiagnosis(Date.now()), doNotDisturbUntil: -1 });
  await page.getByRole('button', { name: 'Details: Signing in' }).click();
  await expect(page.getByText('sip:4410@192.0.2.31:5060, 1740 s')).toBeVisible();
  await page.getByRole('button', { name: 'Turn off' }).click();
  await part.sent({ type: 'do-not-disturb', minutes: 0 });
  await part.sent({ type: 'diagnose' });
  await page.getByRole('button', { name: 'Open sound settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('what is wrong is said in the window’s language', async ({ openPart }) => {
  const part = await openDiagnosis(openPart);
  const problem = { code: 'no-microphone', message: 'No microphone was found.' };
  const finding = { state: 'fault', code: 'problem', problem } as const;
  const check = { name: 'microphone', accountId: null, state: 'fault', finding } as const;
  await part.set({ language: 'de', diagnosis: { startedAt: 0, endedAt: 1, checks: [check] } });
  await part.page.getByRole('button', { name: /^Warum kann mich niemand anrufen/ }).click();
  await expect(part.page.getByText('Kein Mikrofon gefunden')).toBeVisible();
  await expect(part.page.getByText(problem.message)).toHaveCount(0);
});
