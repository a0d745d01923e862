// Quality, recording and conference in the dock: what is shown, and what each control asks of the phone.
import { defaultPreferences } from '../../contract/index.ts';
import { expect, fakeCall, over, talking, test, tomCalls, type PartPage } from './calls-support.ts';

const quality = { lossIn: 0, lossOut: null, jitter: 3.2, roundTrip: 24, mos: 4.4 };
const nora = { name: 'Call with Nora Keller', exact: true } as const;

test.describe('the quality of a call', () => {
  for (const [word, mos] of [
    ['Good', 4.3],
    ['Fair', 3.8],
    ['Poor', 2.5],
  ] as const) {
    test(`is ${word} at a score of ${mos}`, async ({ openPart }) => {
      const part = await openPart();
      await part.calls([fakeCall({ quality: { ...quality, mos } })]);
      await expect(part.page.getByRole('button', { name: `Sound quality: ${word}` })).toBeVisible();
    });
  }

  test('opens to its figures, and says where the other side reports nothing', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([fakeCall({ quality: { ...quality, lossIn: 1.3 } })]);
    await part.page.getByRole('button', { name: 'Sound quality: Good' }).click();
    const details = part.page.getByRole('dialog', { name: 'Sound quality' });
    await expect(details).toContainText('Lost on the way to you1.3 %');
    await expect(details).toContainText('Lost on the way to themThey do not say');
    await expect(details).toContainText('Round trip24 ms');
    await part.page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect(part.page.getByRole('button', { name: 'End call' })).toBeVisible();
  });

  test('is being measured at first, and not shown while somebody holds', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([fakeCall({ quality: null })]);
    await expect(part.page.getByText('Measuring')).toBeVisible();
    await part.calls([fakeCall({ quality, phase: talking(10, { byThem: true }) })]);
    await expect(part.page.getByText(/Measuring|Good/)).toHaveCount(0);
  });
});

test.describe('recording', () => {
  test('asks once what the law asks, then records at once', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    const record = part.page.getByRole('button', { name: 'Record', exact: true });
    await record.click();
    const question = part.page.getByRole('group', { name: 'Record this call?' });
    await expect(question).toContainText('Both sides hear a short tone every 15 seconds');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await part.commands()).toEqual([]);
    await record.click();
    await question.getByRole('button', { name: 'Record' }).click();
    await part.sent({ type: 'record', callId: 'call-1', on: true });
    await part.sent({ type: 'set-preferences', preferences: { recordingExplained: true } });
    await expect(part.page.getByText('Recording', { exact: true })).toBeVisible();
    await part.page.getByRole('button', { name: 'Stop recording' }).click();
    await part.sent({ type: 'record', callId: 'call-1', on: false });
    await expect(part.page.getByText('Recording', { exact: true })).toBeHidden();
    await record.click();
    await expect(question).toBeHidden();
    await expect(part.page.getByText('Recording', { exact: true })).toBeVisible();
  });

  test('without the tone, asks the person to tell the other side', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    const preferences = await part.page.evaluate(() => window.fake.state().preferences);
    await part.set({ preferences: { ...preferences, recordingTone: false } });
    await part.page.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(part.page.getByRole('group', { name: 'Record this call?' })).toContainText('tell them yourself');
  });

  test('waits for the connection, and is never beside Mute', async ({ openPart }) => {
    const part = await openPart({ scene: 'ringing' });
    const record = part.page.getByRole('button', { name: 'Record', exact: true });
    await expect(record).toHaveAttribute('aria-disabled', 'true');
    await expect(record).toHaveAttribute('title', 'When connected');
    const [mute, there] = [
      await part.page.getByRole('button', { name: 'Mute', exact: true }).boundingBox(),
      await record.boundingBox(),
    ];
    expect(there?.y).toBeGreaterThan((mute?.y ?? 0) + (mute?.height ?? 0));
  });
});

test.describe('a conference', () => {
  const two = [fakeCall({ phase: talking(128, { byUs: true }) }), tomCalls({ phase: talking(80), encrypted: true })];

  test('is made by Join on the held call', async ({ openPart }) => {
    const part = await openPart();
    await part.calls(two, 'tom');
    await part.page.getByRole('button', { name: 'Join' }).click();
    await part.sent({ type: 'join', callIds: ['tom', 'call-1'] });
    await expect(part.page.getByText('Conference', { exact: true })).toBeVisible();
    await expect(part.page.getByRole('region', nora)).toContainText('Conference · ');
  });

  test('lets a call be taken out, or ended alone', async ({ openPart }) => {
    const part = await openPart();
    await part.calls(
      two.map((call) => ({ ...call, joined: true, phase: talking(60) })),
      'tom',
    );
    const row = part.page.getByRole('region', nora);
    await row.getByRole('button', { name: 'Take out of the conference' }).click();
    await part.sent({ type: 'split', callId: 'call-1' });
    await row.getByRole('button', { name: 'End call' }).click();
    await part.sent({ type: 'hang-up', callId: 'call-1' });
  });

  test('cannot be made with a call that only rings', async ({ openPart }) => {
    const part = await openPart();
    const rings = tomCalls({ direction: 'outgoing', phase: { name: 'ringing', earlyMedia: false } });
    await part.calls([...two.slice(0, 1), rings], 'tom');
    await expect(part.page.getByRole('button', { name: 'Swap' })).toBeVisible();
    await expect(part.page.getByRole('button', { name: 'Join' })).toHaveCount(0);
  });
});

test('Add call leads to the field', async ({ openPart }) => {
  const part = await openPart({ scene: 'connected' });
  await part.page.getByRole('button', { name: 'Add call' }).click();
  await expect(part.page.getByRole('combobox', { name: 'Name or number' })).toBeFocused();
});

test('a recorded call says so in the recent calls, and its file is shown from there', async ({ openPart }) => {
  const part = await openPart();
  await part.page.evaluate(() => {
    const [first] = window.fake.history;
    if (first) window.fake.history[0] = { ...first, recordings: ['/calls/one.wav'] };
  });
  await part.page.getByRole('button', { name: /Recents/ }).click();
  const row = part.page.getByRole('row').filter({ hasText: 'Recorded' });
  await row.hover();
  await row.getByRole('button', { name: /^More for/ }).click();
  await part.page.getByRole('menuitem', { name: 'Show recording' }).click();
  await part.sent({ type: 'show-recording', file: '/calls/one.wav' });
});

test('an ended call keeps no sign of quality or recording', async ({ openPart }) => {
  const part = await openPart();
  await part.calls([fakeCall({ phase: over('answered'), quality })], null);
  await expect(part.page.getByText(/Good|Recording/)).toHaveCount(0);
});

test.describe('pictures', () => {
  const pictures = { ours: 'off', offered: false } as const;
  const allow = (part: PartPage) => part.set({ preferences: { ...defaultPreferences, video: true } });

  test('have no place before they are allowed, nor in a call that cannot carry them', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([fakeCall({ pictures: { ours: 'off', offered: true } })]);
    await expect(part.page.getByRole('group', { name: 'Pictures' })).toHaveCount(0);
    await expect(part.page.getByText(/shows a picture/)).toHaveCount(0);
    await allow(part);
    await expect(part.page.getByRole('group', { name: 'Pictures' })).toBeVisible();
    await part.calls([fakeCall({ pictures: null })]);
    await expect(part.page.getByRole('group', { name: 'Pictures' })).toHaveCount(0);
  });

  test('are shown and ended by what was chosen', async ({ openPart }) => {
    const part = await openPart();
    await allow(part);
    await part.calls([fakeCall({ pictures })]);
    await expect(part.page.getByRole('button', { name: 'Watch' })).toHaveAttribute('aria-disabled', 'true');
    await part.page.getByRole('button', { name: 'Camera' }).click();
    await part.sent({ type: 'set-video', callId: 'call-1', source: 'camera' });
    await part.calls([fakeCall({ pictures: { ...pictures, ours: 'camera' } })]);
    await part.page.getByRole('button', { name: 'Share screen' }).click();
    await part.sent({ type: 'set-video', callId: 'call-1', source: 'screen' });
    await part.page.getByRole('button', { name: 'Stop camera' }).click();
    await part.sent({ type: 'set-video', callId: 'call-1', source: 'off' });
  });

  test('are of the screen or window that was chosen, by its picture or by keys', async ({ openPart }) => {
    const part = await openPart();
    await allow(part);
    await part.calls([fakeCall({ pictures })]);
    await part.page.evaluate(() => {
      const picture =
        'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
      window.fake.screens = [
        { id: 'screen:1:0', name: 'Screen 1', kind: 'screen', picture },
        { id: 'window:7:0', name: 'Editor', kind: 'window', picture: null },
      ];
    });
    const share = part.page.getByRole('button', { name: 'Share screen' });
    await share.click();
    const question = part.page.getByRole('group', { name: 'What do you want to show?' });
    await expect(question.getByRole('button', { name: 'Screen 1' })).toBeFocused();
    await expect(question.locator('img')).toHaveCount(1);
    expect(await part.page.evaluate(() => window.fake.commands.filter(({ type }) => type === 'set-video'))).toEqual([]);
    await part.page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(share).toBeFocused();
    const keypad = part.page.getByRole('button', { name: 'Keypad', exact: true });
    await keypad.click();
    await part.page.keyboard.press('Escape');
    await expect(keypad).toBeFocused();
    await share.focus();
    await part.page.keyboard.press('Enter');
    await part.page.keyboard.press('ArrowRight');
    await part.page.keyboard.press('Enter');
    await part.sent({ type: 'set-video', callId: 'call-1', source: 'screen', screen: 'window:7:0' });
    await expect(question).toHaveCount(0);
  });

  test('are not asked about any more when the call is held meanwhile', async ({ openPart }) => {
    const part = await openPart();
    await allow(part);
    await part.calls([fakeCall({ pictures })]);
    await part.page.evaluate(() => {
      window.fake.screens = ['1', '2'].map((id) => ({ id, name: `Screen ${id}`, kind: 'screen', picture: null }));
    });
    await part.page.getByRole('button', { name: 'Share screen' }).click();
    const question = part.page.getByRole('group', { name: 'What do you want to show?' });
    await expect(question).toBeVisible();
    await part.calls([fakeCall({ pictures, phase: talking(10, { byUs: true }) })]);
    await expect(question).toHaveCount(0);
    await part.calls([fakeCall({ pictures, phase: talking(12) })]);
    await expect(part.page.getByRole('button', { name: 'Share screen' })).toBeVisible();
    await expect(question).toHaveCount(0);
  });

  test('of the other side are said, and seen by a press', async ({ openPart }) => {
    const part = await openPart();
    await allow(part);
    await part.calls([fakeCall({ pictures: { ...pictures, offered: true } })]);
    await expect(part.page.getByText('Nora Keller shows a picture. Press Watch to see it.')).toBeVisible();
    await part.page.getByRole('button', { name: 'Watch' }).click();
    await part.sent({ type: 'set-video', callId: 'call-1', source: 'watch' });
    await part.calls([fakeCall({ pictures: { ours: 'camera', offered: true } })]);
    await part.page.getByRole('button', { name: 'Stop camera' }).click();
    await part.sent({ type: 'set-video', callId: 'call-1', source: 'watch' });
  });
});
