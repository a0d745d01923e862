// Sound in settings: where it rings, the test, ring tone, tones of a country, the voice, recordings.
import type { Preferences } from '../../contract/index.ts';
import { expect, test, type OpenOptions, type PartPage } from './calls-support.ts';

const prefers = (preferences: Partial<Preferences>) => ({ type: 'set-preferences', preferences }) as const;
const speakers = { deviceId: 'built-in-out', label: 'MacBook Pro speakers', groupId: 'built-in' };

async function openSettings(openPart: (options?: OpenOptions) => Promise<PartPage>): Promise<PartPage> {
  const part = await openPart({ height: 1000 });
  await part.page.getByRole('button', { name: 'Settings' }).click();
  return part;
}

async function openSound(openPart: (options?: OpenOptions) => Promise<PartPage>): Promise<PartPage> {
  const part = await openSettings(openPart);
  await part.page.getByRole('button', { name: /More about sound/ }).click();
  await expect(part.page.getByRole('heading', { name: 'Sound' })).toBeVisible();
  return part;
}

test('it rings on as many outputs as are chosen, and on none if the person wants none', async ({ openPart }) => {
  const part = await openSettings(openPart);
  const line = part.page.getByRole('button', { name: /^Ring on/ });
  const choose = async (name: string) => {
    await line.click();
    await part.page.getByRole('menuitem', { name }).click();
  };
  await choose('MacBook Pro speakers');
  await part.sent(prefers({ ringOn: [null, speakers] }));
  await expect(line).toContainText('System default and 1 more');
  await choose('System default');
  await part.sent(prefers({ ringOn: [speakers] }));
  await choose('MacBook Pro speakers');
  await part.sent(prefers({ ringOn: [] }));
  await expect(line).toContainText('Nowhere');
});

test('an output that is away stays chosen, and says so', async ({ openPart }) => {
  const part = await openSettings(openPart);
  const preferences = await part.page.evaluate(() => window.fake.state().preferences);
  await part.set({ preferences: { ...preferences, ringOn: [{ deviceId: 'poly', label: 'Poly Voyager' }] } });
  await part.page.getByRole('button', { name: /^Ring on/ }).click();
  await expect(part.page.getByRole('menuitem', { name: /Poly Voyager/ })).toContainText('not connected');
});

test('the test shows the level, records, and ends with the page', async ({ openPart }) => {
  const part = await openSound(openPart);
  await part.page.getByRole('button', { name: 'Test', exact: true }).click();
  await part.sent({ type: 'test-sound', test: 'level' });
  await expect(part.page.getByRole('meter', { name: 'Microphone level' })).toHaveAttribute('value', '40');
  await part.page.getByRole('button', { name: 'Record 5 s' }).click();
  await part.sent({ type: 'test-sound', test: 'hear-yourself' });
  await part.set({ soundTest: { name: 'recording', level: 0.6 } });
  await expect(part.page.getByText('Speak now...')).toBeVisible();
  await part.set({ soundTest: { name: 'playing' } });
  await expect(part.page.getByText('This is you.')).toBeVisible();
  await part.page.getByRole('button', { name: 'Back' }).click();
  await part.sent({ type: 'test-sound', test: 'off' });
});

test('echo, noise and volume are switched each by itself', async ({ openPart }) => {
  const part = await openSound(openPart);
  for (const [name, change] of [
    ['Cancel echo', { echoCancellation: false }],
    ['Suppress noise', { noiseSuppression: false }],
    ['Adjust my volume', { automaticGain: false }],
  ] as const) {
    await part.page.getByRole('switch', { name }).click();
    await part.sent(prefers(change));
    await expect(part.page.getByRole('switch', { name })).toHaveAttribute('aria-checked', 'false');
  }
});

test('ring tone and tones are chosen; a file of one’s own is sent as it is', async ({ openPart }) => {
  const part = await openSound(openPart);
  await part.page.getByRole('button', { name: /Ring tone/ }).click();
  await part.page.getByRole('option', { name: 'Marimba' }).click();
  await part.sent(prefers({ ringTone: 'marimba' }));
  await part.page.getByRole('button', { name: /Tones of/ }).click();
  await part.page.getByRole('option', { name: 'Switzerland' }).click();
  await part.sent(prefers({ toneCountry: 'ch' }));

  const [chooser] = await Promise.all([
    part.page.waitForEvent('filechooser'),
    part.page.getByRole('button', { name: 'Choose file' }).click(),
  ]);
  await chooser.setFiles({ name: 'birds.wav', mimeType: 'audio/wav', buffer: Buffer.from('RIFF....WAVE') });
  await expect
    .poll(() =>
      part.page.evaluate(() =>
        window.fake.commands.some(
          (command) => command.type === 'set-ring-file' && command.name === 'birds.wav' && command.data.length === 12,
        ),
      ),
    )
    .toBe(true);
});

test('recordings go to a folder that was typed; empty is the usual one', async ({ openPart }) => {
  const part = await openSound(openPart);
  const folder = part.page.getByRole('textbox', { name: 'Folder' });
  await folder.fill('/srv/calls');
  await folder.press('Enter');
  await part.sent(prefers({ recordingFolder: '/srv/calls' }));
  await part.page.getByRole('switch', { name: 'Let both sides hear it' }).click();
  await part.sent(prefers({ recordingTone: false }));
});
