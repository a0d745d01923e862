// Settings: what each line says, and that a choice applies at once.
import type { Preferences } from '../../contract/index.ts';
import { expect, maraAccount, test, workAccount, type OpenOptions, type PartPage } from './calls-support.ts';

async function openSettings(openPart: (options?: OpenOptions) => Promise<PartPage>): Promise<PartPage> {
  const part = await openPart({ height: 1000 });
  await part.set({ accounts: [maraAccount], engine: 'Electron 45.4.1' });
  await part.page.getByRole('button', { name: 'Settings' }).click();
  await expect(part.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  return part;
}

async function choose(part: PartPage, setting: string | RegExp, value: string): Promise<void> {
  await part.page.getByRole('button', { name: setting }).click();
  await part.page.getByRole('option', { name: value }).click();
}

const prefers = (preferences: Partial<Preferences>) => ({ type: 'set-preferences', preferences }) as const;

test('has what is for you, and what is for administrators', async ({ openPart }) => {
  const part = await openSettings(openPart);
  for (const words of ['For you', 'For administrators']) {
    await expect(part.page.getByRole('heading', { name: words })).toBeVisible();
  }
  await expect(part.page.getByText('mara.lindt@example.com, Available')).toBeVisible();
  await expect(part.page.getByText('Jabra Evolve2 65, buttons work')).toBeVisible();
  await expect(part.page.getByText('Version 0.0.0, on Electron 45.4.1.')).toBeVisible();
});

test('each choice is sent at once', async ({ openPart }) => {
  const part = await openSettings(openPart);
  const builtIn = { deviceId: 'built-in-out', label: 'MacBook Pro speakers', groupId: 'built-in' };
  await choose(part, /Microphone/, 'MacBook Pro microphone');
  await choose(part, /Speaker/, 'MacBook Pro speakers');
  await part.page.getByRole('button', { name: /Ring on/ }).click();
  await part.page.getByRole('menuitem', { name: 'MacBook Pro speakers' }).click();
  await part.page.getByRole('switch', { name: 'Start at login' }).click();
  await choose(part, /Appearance/, 'High contrast');
  expect(await part.commands()).toEqual([
    prefers({ microphone: { deviceId: 'built-in-mic', label: 'MacBook Pro microphone', groupId: 'built-in' } }),
    prefers({ speaker: builtIn }),
    prefers({ ringOn: [null, builtIn] }),
    prefers({ startAtLogin: true }),
    prefers({ theme: 'contrast' }),
  ]);
  await expect(part.page.getByRole('switch', { name: 'Start at login' })).toHaveAttribute('aria-checked', 'true');
  await expect(part.page.locator('html')).toHaveAttribute('data-theme', 'contrast');
});

test('the ring volume is set by the keyboard too, and can be heard', async ({ openPart }) => {
  const part = await openSettings(openPart);
  await part.page.getByRole('slider', { name: 'Ring volume' }).press('ArrowLeft');
  await part.sent(prefers({ ringVolume: 0.75 }));
  await part.page.getByRole('button', { name: 'Test ring' }).click();
  await part.sent({ type: 'test-ring', on: true });
  await part.page.getByRole('button', { name: 'Stop ring' }).click();
  await part.sent({ type: 'test-ring', on: false });
});

test('a test ring ends when settings are left', async ({ openPart }) => {
  const part = await openSettings(openPart);
  await part.page.getByRole('button', { name: 'Test ring' }).click();
  await part.page.getByRole('button', { name: 'Contacts' }).click();
  await part.sent({ type: 'test-ring', on: false });
});

test('a muted ringer says so and can be turned on', async ({ openPart }) => {
  const part = await openSettings(openPart);
  const preferences = await part.page.evaluate(() => window.fake.state().preferences);
  await part.set({ preferences: { ...preferences, ringerMuted: true } });
  await expect(part.page.getByText('The ringer is muted.')).toBeVisible();
  await part.page.getByRole('button', { name: 'Turn on' }).click();
  await part.sent(prefers({ ringerMuted: false }));
});

test('Do not disturb says until when', async ({ openPart }) => {
  const part = await openSettings(openPart);
  await choose(part, /^Off Do not disturb|^Do not disturb Off|Do not disturb.*Off/, '1 hour');
  await part.sent({ type: 'do-not-disturb', minutes: 60 });
  await expect(part.page.getByRole('button', { name: /Until \d\d:\d\d/ }).last()).toBeVisible();
});

test('a chosen device that is gone is named as such, and the system decides no more than before', async ({
  openPart,
}) => {
  const part = await openSettings(openPart);
  const preferences = await part.page.evaluate(() => window.fake.state().preferences);
  await part.set({ preferences: { ...preferences, speaker: { deviceId: 'poly', label: 'Poly Voyager Focus 2' } } });
  await part.page.getByRole('button', { name: /Speaker/ }).click();
  const gone = part.page.getByRole('option', { name: /Poly Voyager Focus 2/ });
  await expect(gone).toContainText('not connected');
  await expect(gone).toHaveAttribute('aria-selected', 'true');
});

test('the sentence about the microphone stands at the microphone', async ({ openPart }) => {
  const part = await openSettings(openPart);
  const devices = await part.page.evaluate(() => window.fake.state().devices);
  const message = 'No microphone was found. Plug one in.';
  await part.set({
    devices: { ...devices, microphones: [], microphoneInUse: null, problem: { code: 'none', message } },
  });
  await expect(part.page.locator('[data-section=audio]')).toContainText(message);
});

test('weakly protected passwords are said, and only then', async ({ openPart }) => {
  const part = await openSettings(openPart);
  await expect(part.page.getByText('Passwords are only weakly protected')).toBeHidden();
  await part.set({ secretsProtected: false });
  await expect(part.page.getByText('Passwords are only weakly protected')).toBeVisible();
});

test('the practice exchange is started and stopped', async ({ openPart }) => {
  const part = await openSettings(openPart);
  await part.page.getByRole('button', { name: 'Start', exact: true }).click();
  await part.sent({ type: 'start-practice' });
  await part.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await part.sent({ type: 'stop-practice' });
});

test('the accounts are listed with their states; the practice one has no form', async ({ openPart }) => {
  const part = await openSettings(openPart);
  const practice = { ...workAccount, config: { ...workAccount.config, id: 'practice', label: 'Practice' } };
  const off = { ...maraAccount, registration: { name: 'disabled' } } as const;
  await part.set({ accounts: [off, practice], practice: true });
  await part.page.getByRole('button', { name: 'Accounts' }).click();
  const list = part.page.getByRole('region', { name: 'Accounts' });
  await expect(list.getByRole('button', { name: /Work/ })).toContainText('Turned off');
  await expect(list.getByText('Runs inside the app.', { exact: false })).toBeVisible();
  await expect(list.getByRole('button', { name: /Practice/ })).toHaveCount(0);
  await list.getByRole('button', { name: 'Add account' }).click();
  await expect(part.page.getByRole('heading', { name: 'Add account' })).toBeVisible();
});

test('voicemail and emergency calls: what is typed is kept, and what is no number is refused in words', async ({
  openPart,
}) => {
  const part = await openSettings(openPart);
  const { page } = part;
  await page.getByRole('button', { name: /^Calls/ }).click();
  const voicemail = page.getByRole('textbox', { name: 'Voicemail number' });
  await voicemail.fill('*97');
  await voicemail.press('Enter');
  await part.sent(prefers({ voicemailNumber: '*97' }));

  const numbers = page.getByRole('textbox', { name: 'Emergency numbers' });
  await numbers.fill('112, police');
  await numbers.press('Enter');
  await expect(numbers).toHaveAccessibleDescription(/An emergency number has 2 to 8 digits/);
  expect(await part.commands()).toHaveLength(1);
  await numbers.fill('112, 144');
  await numbers.press('Enter');
  await part.sent(prefers({ emergencyNumbers: ['112', '144'] }));

  await page.getByRole('button', { name: /Call on/ }).click();
  await page.getByRole('option', { name: maraAccount.config.label }).click();
  await part.sent(prefers({ emergencyAccountId: maraAccount.config.id }));
  await page.getByRole('textbox', { name: 'Where you are' }).fill('Bahnhofstrasse 1, 3rd floor');
  await page.getByRole('button', { name: 'Back' }).click();
  await part.sent(prefers({ emergencyLocation: 'Bahnhofstrasse 1, 3rd floor' }));
});
