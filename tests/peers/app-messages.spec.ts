// Text messages of two phones through Kamailio: written, delivered, not delivered and sent again, and as an answer to a call.
import type { PhoneApp } from '../support/app.ts';
import { expect, test } from '../support/spec.ts';
import { accountOn, ended, idle, incoming, place } from './support/app-calls.ts';
import { missingPrograms, startKamailio, type Kamailio } from './support/index.ts';

const missing = missingPrograms('kamailio', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
test.beforeAll(async () => {
  kamailio = await startKamailio();
});
test.afterAll(() => kamailio?.stop());

async function open(app: PhoneApp, name: RegExp | null): Promise<void> {
  const main = await app.page('main');
  await main
    .getByRole('navigation')
    .getByRole('button', { name: /^Messages/ })
    .click();
  if (name) await main.getByRole('button', { name }).click();
}

test('messages go both ways, what became of each is shown, and a caller is declined with one', async ({ launch }) => {
  test.setTimeout(180_000);
  const alice = await launch({ provision: accountOn(kamailio, 'alice', 'udp') });
  await alice.registered();
  const hers = await alice.page('main');

  await test.step('bob is not there: the message is kept as not delivered', async () => {
    await open(alice, /^New message$/);
    await hers.getByLabel('Number or address').fill('bob@test.local');
    const text = hers.getByRole('textbox', { name: 'Message', exact: true });
    await text.fill('<b>Lunch</b>\nat one?');
    await text.press('Enter');
    await hers.getByRole('button', { name: /bob@test.local/ }).click();
    await expect(hers.getByText(/^Not delivered\. /)).toBeVisible();
  });

  const bob = await launch({ provision: accountOn(kamailio, 'bob', 'tcp') });
  await bob.registered();
  const his = await bob.page('main');

  await test.step('and delivered when it is sent again; markup is text', async () => {
    await hers.getByRole('button', { name: 'Send again' }).click();
    await expect(hers.getByText(/\d.* · Delivered$/)).toBeVisible();
    await bob.until((state) => state.unreadMessages === 1);
    await open(bob, /alice@test.local/);
    await expect(his.locator('.message p')).toHaveText('<b>Lunch</b>\nat one?');
    await bob.until((state) => state.unreadMessages === 0);
  });

  await test.step('bob answers', async () => {
    const text = his.getByRole('textbox', { name: 'Message', exact: true });
    await text.fill('Yes \u202Eexe.piz');
    await text.press('Enter');
    await expect(hers.locator('.message p').last()).toHaveText('Yes exe.piz');
  });

  await test.step('bob calls, and is declined with a message', async () => {
    const id = await place(bob, 'alice@test.local');
    await incoming(alice);
    const popup = await alice.page('incoming');
    await popup.getByRole('button', { name: 'Send a message instead' }).click();
    await popup.getByRole('button', { name: 'I am in a meeting. Is it urgent?' }).click();
    expect(await ended(bob, id)).toMatchObject({ result: 'declined' });
    await expect(his.locator('.message p').last()).toHaveText('I am in a meeting. Is it urgent?');
    await Promise.all([idle(alice), idle(bob)]);
  });
});
