// The dock: every state of a call in words, and what each control asks of the phone.
import { expect, fakeCall, maraAccount, over, talking, test, tomCalls, workAccount } from './calls-support.ts';

const nora = (name = 'Call with Nora Keller') => ['region', { name, exact: true }] as const;

test.describe('a call says how it stands', () => {
  for (const [word, change] of [
    ['Calling...', { phase: { name: 'calling' } }],
    ['Ringing', { phase: { name: 'ringing', earlyMedia: false } }],
    ['Connecting...', { phase: { name: 'answering' } }],
    ['Connected', {}],
    ['Muted', { muted: true }],
    ['On hold by the other side', { phase: talking(10, { byThem: true }) }],
  ] as const) {
    test(word, async ({ openPart }) => {
      const part = await openPart();
      await part.calls([fakeCall(change)]);
      await expect(part.page.getByRole(...nora()).getByText(word, { exact: true })).toBeVisible();
    });
  }

  test('On hold, on amber paper with Resume', async ({ openPart }) => {
    const part = await openPart({ scene: 'held' });
    const card = part.page.getByRole(...nora('Call with Nora Keller, on hold'));
    await expect(card.getByText('On hold', { exact: true })).toBeVisible();
    await card.getByRole('button', { name: 'Resume' }).click();
    await part.sent({ type: 'hold', callId: 'call-1', on: false });
  });

  for (const [words, phase] of [
    ['Busy', over('busy')],
    ['Declined', over('declined')],
    ['Call ended', over('answered')],
    ['This number does not exist.', over('failed', 'This number does not exist.')],
  ] as const) {
    test(`at its end: ${words}`, async ({ openPart }) => {
      const part = await openPart();
      await part.calls([fakeCall({ phase })], null);
      await expect(part.page.getByRole(...nora()).getByText(words, { exact: true })).toBeVisible();
    });
  }

  test('No answer, after how long, with Redial', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([fakeCall({ phase: over('no-answer'), startedAt: Date.now() - 30_000 })], null);
    const row = part.page.getByRole(...nora());
    await expect(row).toContainText('No answer after 30 s');
    await row.getByRole('button', { name: 'Redial' }).click();
    await part.sent({ type: 'call', target: '+41 44 123 45 67', accountId: 'work', personId: 'person-0' });
    await expect(row).toBeHidden();
  });
});

test('the timer counts from the moment of connection', async ({ openPart }) => {
  const part = await openPart();
  await part.calls([fakeCall({ phase: talking(767) })]);
  const timer = part.page.getByRole('timer');
  await expect(timer).toHaveText(/^12:4[78]$/);
  const first = await timer.textContent();
  await expect(timer).not.toHaveText(first ?? '');
});

test('the lock equals the wire, and is silent before there is media', async ({ openPart }) => {
  const part = await openPart();
  await part.calls([fakeCall({ encrypted: true })]);
  await expect(part.page.getByText('Encrypted', { exact: true })).toBeVisible();
  await part.calls([fakeCall({ encrypted: false })]);
  await expect(part.page.getByText('Not encrypted', { exact: true })).toBeVisible();
  await part.calls([fakeCall({ encrypted: null })]);
  await expect(part.page.getByText(/encrypted/i)).toHaveCount(0);
});

test('what is wrong with a call stands on its card', async ({ openPart }) => {
  const part = await openPart();
  await part.calls([fakeCall({ problem: { code: 'microphone-gone', message: 'Your microphone was unplugged.' } })]);
  await expect(part.page.getByRole(...nora()).getByText('Your microphone was unplugged.')).toBeVisible();
});

test.describe('the controls', () => {
  test('mute and unmute', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.getByRole('button', { name: 'Mute', exact: true }).click();
    await part.sent({ type: 'mute', callId: 'call-1', on: true });
    await part.page.getByRole('button', { name: 'Unmute', exact: true }).click();
    await part.sent({ type: 'mute', callId: 'call-1', on: false });
  });

  test('hold', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.getByRole('button', { name: 'Hold', exact: true }).click();
    await part.sent({ type: 'hold', callId: 'call-1', on: true });
  });

  test('that cannot be used yet say why and do nothing', async ({ openPart }) => {
    const part = await openPart({ scene: 'ringing' });
    const hold = part.page.getByRole('button', { name: 'Hold', exact: true });
    await expect(hold).toHaveAttribute('aria-disabled', 'true');
    await expect(hold).toHaveAttribute('title', 'When connected');
    await hold.click({ force: true });
    expect(await part.commands()).toEqual([]);
  });

  test('are one tab stop, with arrows inside', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.getByRole('button', { name: 'Mute', exact: true }).focus();
    await part.page.keyboard.press('ArrowRight');
    await expect(part.page.getByRole('button', { name: 'Hold', exact: true })).toBeFocused();
    await part.page.keyboard.press('Tab');
    await expect(part.page.getByRole('button', { name: /^Microphone and speaker/ })).toBeFocused();
    await part.page.keyboard.press('Tab');
    await expect(part.page.getByRole('button', { name: 'End call' })).toBeFocused();
  });

  test('End call', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.getByRole('button', { name: 'End call' }).click();
    await part.sent({ type: 'hang-up', callId: 'call-1' });
  });
});

test.describe('the keypad', () => {
  test('sends keys pressed and typed, and shows them', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.getByRole('button', { name: 'Keypad', exact: true }).click();
    await part.page.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: '4', exact: true }).click();
    await part.page.keyboard.type('17#');
    await expect(part.page.getByText('417#', { exact: true })).toBeVisible();
    expect((await part.commands()).map((command) => 'digit' in command && command.digit)).toEqual(['4', '1', '7', '#']);
    await expect(
      part.page.getByRole('textbox', { name: 'Name or number' }).or(part.page.getByRole('combobox')),
    ).toHaveValue('');
    await part.page.getByRole('button', { name: 'Hide keypad' }).click();
    await expect(part.page.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
  });

  test('waits for a connection, or for sound from the other side', async ({ openPart }) => {
    const part = await openPart({ scene: 'ringing' });
    const keypad = part.page.getByRole('button', { name: 'Keypad', exact: true });
    await expect(keypad).toHaveAttribute('aria-disabled', 'true');
    await part.calls([fakeCall({ phase: { name: 'ringing', earlyMedia: true } })]);
    await expect(keypad).not.toHaveAttribute('aria-disabled', 'true');
  });
});

test.describe('shortcuts', () => {
  test('mute, hold and end the call from anywhere; Esc never ends it', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.keyboard.press('Escape');
    await part.page.keyboard.press('Control+Shift+M');
    await part.sent({ type: 'mute', callId: 'call-1', on: true });
    await part.page.keyboard.press('Control+Shift+P');
    await part.sent({ type: 'hold', callId: 'call-1', on: true });
    await part.page.keyboard.press('Control+Shift+H');
    await part.sent({ type: 'hang-up', callId: 'call-1' });
    expect(await part.commands()).toHaveLength(3);
  });

  test('answer the caller who waits', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([tomCalls()], null);
    await part.page.keyboard.press('Control+Shift+A');
    await part.sent({ type: 'answer', callId: 'tom' });
  });
});

test.describe('a caller who waits', () => {
  test('has Answer, Decline and Silence, and takes no focus', async ({ openPart }) => {
    const part = await openPart();
    const field = part.page.getByPlaceholder('Name or number');
    await field.focus();
    await part.calls([fakeCall(), tomCalls()]);
    const card = part.page.getByRole('region', { name: 'Incoming call from Tom Weber' });
    await expect(card).toBeVisible();
    await expect(field).toBeFocused();
    await card.getByRole('button', { name: 'Silence' }).click();
    await part.sent({ type: 'silence', callId: 'tom', on: true });
    await expect(card.getByRole('button', { name: 'Answer' })).toHaveAttribute('title', /put Nora Keller on hold/);
    await card.getByRole('button', { name: 'Answer' }).click();
    await part.sent({ type: 'answer', callId: 'tom' });
  });

  test('is announced', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([tomCalls()], null);
    await expect(part.page.locator('[aria-live=assertive]')).toHaveText(
      'Incoming call from Tom Weber, +41 44 500 10 88',
    );
  });

  test('silenced, can be made to ring again; declined, is gone', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([tomCalls({ phase: { name: 'incoming', silenced: true } })], null);
    await part.page.getByRole('button', { name: 'Ring', exact: true }).click();
    await part.sent({ type: 'silence', callId: 'tom', on: false });
    await part.page.getByRole('button', { name: 'Decline' }).click();
    await part.sent({ type: 'decline', callId: 'tom' });
  });

  test('says which line was called where there are several', async ({ openPart }) => {
    const part = await openPart();
    const other = { ...workAccount, config: { ...workAccount.config, id: 'support', label: 'Support' } };
    await part.set({ accounts: [maraAccount, other] });
    await part.calls([tomCalls({ accountId: 'support' })], null);
    await expect(part.page.getByText('Calls Support', { exact: false })).toBeVisible();
  });
});

test('of two calls the held one waits below with Swap', async ({ openPart }) => {
  const part = await openPart();
  await part.calls(
    [fakeCall({ phase: talking(128, { byUs: true }) }), tomCalls({ phase: talking(80), encrypted: true })],
    'tom',
  );
  const held = part.page.getByRole(...nora('Call with Nora Keller, on hold'));
  const active = part.page.getByRole('region', { name: 'Call with Tom Weber' });
  const [top, below] = [await active.boundingBox(), await held.boundingBox()];
  expect(top?.y).toBeLessThan(below?.y ?? 0);
  await held.getByRole('button', { name: 'Swap' }).click();
  await part.sent({ type: 'make-active', callId: 'call-1' });
});

test.describe('while browsing', () => {
  test('the call is a bar with Mute and End call, and can be made large', async ({ openPart }) => {
    const part = await openPart({ scene: 'connected' });
    await part.page.getByRole('button', { name: 'Settings' }).click();
    const bar = part.page.getByRole(...nora());
    await expect(bar.getByRole('button', { name: 'Keypad' })).toBeHidden();
    await bar.getByRole('button', { name: 'Mute' }).click();
    await part.sent({ type: 'mute', callId: 'call-1', on: true });
    await expect(bar).toContainText('Muted · 12:4');
    await bar.getByRole('button', { name: 'Make large' }).click();
    await expect(bar.getByRole('button', { name: 'Keypad' })).toBeVisible();
    await bar.getByRole('button', { name: 'Make small' }).click();
    await expect(bar.getByRole('button', { name: 'End call' })).toBeVisible();
  });
});

test('a device is chosen in the call', async ({ openPart }) => {
  const part = await openPart({ scene: 'connected' });
  const button = part.page.getByRole('button', { name: 'Microphone and speaker: Jabra Evolve2 65' });
  await button.click();
  const menu = part.page.getByRole('menu');
  const [over, under] = [await menu.boundingBox(), await button.boundingBox()];
  expect((over?.y ?? 0) + (over?.height ?? 0), 'it opens upward').toBeLessThanOrEqual(under?.y ?? 0);
  await menu.getByText('MacBook Pro microphone').click();
  await part.sent({
    type: 'set-preferences',
    preferences: {
      microphone: { deviceId: 'built-in-mic', label: 'MacBook Pro microphone', groupId: 'built-in' },
    },
  });
});

test.describe('a transfer', () => {
  test('is chosen by search, and done at once or after asking', async ({ openPart }) => {
    const part = await openPart();
    await part.calls([fakeCall()]);
    await part.page.getByRole('button', { name: 'Transfer', exact: true }).click();
    const panel = part.page.getByRole('region', { name: 'Transfer Nora Keller to' });
    await expect(panel.getByRole('textbox')).toBeFocused();
    await panel.getByRole('button', { name: 'Ask first' }).click();
    await expect(panel).toBeHidden();
    await expect
      .poll(async () => (await part.commands()).at(-1))
      .toMatchObject({ type: 'ask-first', callId: 'call-1' });
  });

  test('that failed says why, and Esc leaves the panel without ending the call', async ({ openPart }) => {
    const part = await openPart();
    const to = { name: 'Kelvin Osei', number: '4403', uri: 'sip:4403@example.com' };
    const reason = { code: 'busy', message: 'They are busy.' };
    await part.calls([fakeCall({ transfer: { name: 'failed', to, reason } })]);
    await expect(part.page.getByText('Not transferred to Kelvin Osei. They are busy.')).toBeVisible();
    await part.page.getByRole('button', { name: 'Transfer', exact: true }).click();
    await part.page.keyboard.press('Escape');
    await expect(part.page.getByRole('region', { name: 'Transfer Nora Keller to' })).toBeHidden();
    expect((await part.commands()).filter(({ type }) => type === 'hang-up')).toEqual([]);
  });
});
