// The headset in a call: lamps follow the call, buttons do what they say, on the screen and to the other side alike.
import { startVirtualHeadset, type VirtualHeadsetControl } from '../headset/virtual-headset.ts';
import { clickTray, keepsDesktop, mutedInTray } from '../support/desktop.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

let office: Office;
let headset: VirtualHeadsetControl;
test.beforeEach(async () => {
  office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '4410': { does: 'answers' } } });
});
test.afterEach(async () => {
  await headset.close();
  office.close();
});

for (const model of ['jabra', 'poly', 'epos'] as const) {
  test(`${model}: rings, answers, mutes both ways and hangs up`, async ({ launch }) => {
    headset = await startVirtualHeadset(model);
    const app = await launch({
      provision: { hookswitch: 1, accounts: [office.accountOf('mara')] },
      env: headset.env,
    });
    await app.registered();
    await headset.waitForOpen();
    await app.until((state) => state.headset.name === 'ready');
    const page = await app.page('main');
    const card = page.getByRole('region', { name: 'Call with Nora Keller' });

    const call = office.call('mara', { number: '4410', name: 'Nora Keller' });
    await headset.waitForLamps({ ring: true, offHook: false });
    await headset.press('hook');
    await call.status(200);
    await headset.waitForLamps({ ring: false, offHook: true, mute: false });
    await expect(card).toContainText('Connected');

    await headset.press('mute');
    await expect(card.getByText('Muted', { exact: true })).toBeVisible();
    await headset.waitForLamps({ mute: true });
    const hasTray = await keepsDesktop(app);
    if (hasTray) await expect.poll(() => mutedInTray(app)).toBe(true);
    await headset.press('mute');
    await expect(card.getByText('Connected', { exact: true })).toBeVisible();
    await headset.waitForLamps({ mute: false });
    await card.getByRole('button', { name: 'Mute', exact: true }).click();
    await headset.waitForLamps({ mute: true });
    if (hasTray) await clickTray(app, 'Mute microphone');
    else await card.getByRole('button', { name: 'Unmute' }).click();
    await headset.waitForLamps({ mute: false });
    await expect(card.getByText('Connected', { exact: true })).toBeVisible();
    if (hasTray) expect(await mutedInTray(app)).toBe(false);

    await headset.press('hook');
    await call.requests.wait((method) => method === 'BYE', 'a BYE');
    await headset.waitForLamps({ ring: false, offHook: false, mute: false, hold: false });
    await expect(card).toContainText('Call ended');
  });
}

test('the caller gives up: the ring lamp goes out', async ({ launch }) => {
  headset = await startVirtualHeadset('jabra');
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] }, env: headset.env });
  await app.registered();
  await headset.waitForOpen();
  const call = office.call('mara', { number: '4410' });
  await headset.waitForLamps({ ring: true });
  call.cancel();
  await headset.waitForLamps({ ring: false, offHook: false });
});

test('unplugged in a call: the call goes on, and plugged in again it shows the call', async ({ launch }) => {
  headset = await startVirtualHeadset('jabra');
  const app = await launch({ provision: { hookswitch: 1, accounts: [office.accountOf('mara')] }, env: headset.env });
  await app.registered();
  await headset.waitForOpen();
  const page = await app.page('main');
  await app.command({ type: 'call', target: '4410' });
  const { call } = await office.called.wait(() => true, 'the call');
  await headset.waitForLamps({ offHook: true });
  await headset.unplug();
  await app.until((state) => state.headset.name === 'none');
  await expect(page.getByRole('region', { name: 'Call with 4410' })).toContainText('Connected');
  await office.packets(10);
  await headset.plug();
  await headset.waitForLamps({ offHook: true });
  expect(call.requests.all).toEqual([]);
});
