// The pop-up: who calls, what can be done, how high it wants to be, and when it is on screen.
import type { Command } from '../../contract/index.ts';
import { expect, fakeCall, test, tomCalls, workAccount, type PartPage } from './calls-support.ts';

const incoming = { window: 'incoming', width: 400, height: 190 } as const;

async function painted(part: PartPage): Promise<Extract<Command, { type: 'popup-painted' }>[]> {
  return part.page.evaluate(() => window.fake.commands.filter((command) => command.type === 'popup-painted'));
}

test('one caller: name, number, company, line', async ({ openPart }) => {
  const part = await openPart(incoming);
  await part.calls([tomCalls()], null);
  const card = part.page.getByRole('alertdialog', { name: 'Incoming call from Tom Weber' });
  for (const words of ['Incoming call', 'Tom Weber', '+41 44 500 10 88', 'Support', '4410']) {
    await expect(card.getByText(words, { exact: true })).toBeVisible();
  }
});

test('Answer, Decline and Silence act on the caller', async ({ openPart }) => {
  const part = await openPart(incoming);
  await part.calls([tomCalls()], null);
  await part.page.getByRole('button', { name: 'Silence' }).click();
  await part.page.getByRole('button', { name: 'Answer' }).click();
  await part.calls([tomCalls()], null);
  await part.page.getByRole('button', { name: 'Decline' }).click();
  expect(await part.commands()).toEqual([
    { type: 'silence', callId: 'tom', on: true },
    { type: 'answer', callId: 'tom' },
    { type: 'decline', callId: 'tom' },
  ]);
});

test('it takes no focus by itself, and Answer is its first tab stop', async ({ openPart }) => {
  const part = await openPart(incoming);
  await part.calls([tomCalls()], null);
  await expect(part.page.getByRole('button', { name: 'Answer' })).toBeVisible();
  expect(await part.page.evaluate(() => document.activeElement === document.body)).toBe(true);
  await part.page.keyboard.press('Tab');
  await expect(part.page.getByRole('button', { name: 'Answer' })).toBeFocused();
});

test('Answer stands at the end of the line, Silence at its start', async ({ openPart }) => {
  const part = await openPart(incoming);
  await part.calls([tomCalls()], null);
  const x = async (name: string) => (await part.page.getByRole('button', { name }).boundingBox())?.x ?? 0;
  expect(await x('Silence')).toBeLessThan(await x('Decline'));
  expect(await x('Decline')).toBeLessThan(await x('Answer'));
});

test('it says once that a caller is painted, and how high it wants to be', async ({ openPart }) => {
  const part = await openPart(incoming);
  await part.calls([tomCalls()], null);
  await expect.poll(() => painted(part)).toHaveLength(1);
  const [first] = await painted(part);
  expect(first?.callId).toBe('tom');
  expect(first?.height).toBeGreaterThan(175);
  expect(first?.height).toBeLessThan(195);

  await part.calls([tomCalls({ phase: { name: 'incoming', silenced: true } })], null);
  await expect(part.page.getByText('Incoming call, silenced')).toBeVisible();
  expect(await painted(part), 'a change of words is not a new caller').toHaveLength(1);
});

test('each further caller is 54 px, with Answer and Decline that say whose', async ({ openPart }) => {
  const part = await openPart({ ...incoming, height: 300 });
  const aisha = tomCalls({
    id: 'aisha',
    party: { name: 'Aisha Rahman', personId: 'a', number: '4407', uri: 'sip:4407@a' },
  });
  await part.calls([aisha], null);
  await expect.poll(() => painted(part)).toHaveLength(1);
  await part.calls([aisha, tomCalls()], null);
  await expect(part.page.getByRole('alertdialog', { name: '2 incoming calls' })).toBeVisible();
  await expect(part.page.getByText('Incoming call, 1 more')).toBeVisible();
  await expect.poll(() => painted(part)).toHaveLength(2);
  const [one, two] = await painted(part);
  expect((two?.height ?? 0) - (one?.height ?? 0)).toBe(54);
  expect(two?.callId).toBe('tom');
  await part.page.getByRole('button', { name: 'Answer Tom Weber' }).click();
  await part.calls([aisha, tomCalls()], null);
  await part.page.getByRole('button', { name: 'Decline Tom Weber' }).click();
  expect(await part.commands()).toEqual([
    { type: 'answer', callId: 'tom' },
    { type: 'decline', callId: 'tom' },
  ]);

  await part.calls([aisha], null);
  await expect
    .poll(async () => (await painted(part)).at(-1), 'it shrinks again')
    .toMatchObject({ height: one?.height });
});

test('a number nobody knows says so', async ({ openPart }) => {
  const part = await openPart(incoming);
  const party = { number: '+44 20 7946 0112', uri: 'sip:x@a.test' };
  await part.calls([tomCalls({ party, phase: { name: 'incoming', silenced: true } })], null);
  await expect(part.page.getByRole('alertdialog', { name: 'Incoming call from +44 20 7946 0112' })).toBeVisible();
  await expect(part.page.getByText('Not in your contacts')).toBeVisible();
  await part.page.getByRole('button', { name: 'Ring' }).click();
  await part.sent({ type: 'silence', callId: 'tom', on: false });
});

test('it is empty the moment the call is answered or gone', async ({ openPart }) => {
  const part = await openPart(incoming);
  await part.calls([tomCalls()], null);
  await expect(part.page.getByRole('alertdialog')).toBeVisible();
  await part.calls([fakeCall({ id: 'tom' })]);
  await expect(part.page.getByRole('alertdialog')).toHaveCount(0);
});

test('a very long name and line keep the buttons in place', async ({ openPart }) => {
  const part = await openPart(incoming);
  const label = 'The line of the purchasing department in the second floor';
  await part.set({ accounts: [{ ...workAccount, config: { ...workAccount.config, label } }] });
  const name = 'Katharina Schwarzenberger-Hohenlohe of the purchasing department';
  await part.calls([tomCalls({ party: { name, number: '+49 30 23125 0770 12345 9876', uri: 'sip:k@a' } })], null);
  await expect(part.page.getByRole('button', { name: 'Answer' })).toBeInViewport({ ratio: 1 });
  expect(await part.page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
});
