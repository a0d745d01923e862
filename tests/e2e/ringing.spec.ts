// Ringing at awkward moments: while the app still starts, and many times in a row; and what is left of it afterwards.
import { Office } from '../support/office.ts';
import { expect, test } from '../support/spec.ts';

const caller = { number: '4410', name: 'Nora Keller' };
let office: Office;
test.beforeEach(async () => {
  office = await Office.open({ passwords: { mara: 'secret' } });
});
test.afterEach(() => office.close());
const provision = () => ({ hookswitch: 1, accounts: [office.accountOf('mara')] });

test('a call that comes as soon as the phone has registered finds its pop-up', async ({ launch }) => {
  const launching = launch({ provision: provision() });
  await office.registered.wait((user) => user === 'mara', 'the registration', 30_000);
  const call = office.call('mara', caller);
  await call.status(180);
  const app = await launching;
  const popup = await app.page('incoming');
  await popup.getByRole('button', { name: 'Answer' }).click();
  await call.status(200);
  await office.packets(10);
});

test('calls that have just ended do not make the phone busy', async ({ launch }) => {
  const app = await launch({ provision: provision() });
  await app.registered();
  // More than may be there at once, within the three seconds that an ended call stays on screen.
  for (let count = 0; count < 12; count += 1) {
    const call = office.call('mara', caller);
    await Promise.race([call.status(180), call.final()]);
    call.cancel();
    expect(await call.final()).toBe(487);
  }
});

test('when ringing is over no sound device is kept', async ({ launch }) => {
  const app = await launch({ provision: provision() });
  await app.registered();
  const media = await app.page('media');
  const playing = () =>
    media.evaluate(() => [...document.querySelectorAll('audio')].filter(({ srcObject }) => srcObject !== null).length);
  const call = office.call('mara', caller);
  await expect.poll(playing).toBe(1);
  call.cancel();
  await call.final();
  // Paused alone, an element keeps its output device running, at 2 % of a core.
  await expect.poll(playing).toBe(0);
});
