// Transfers: the phone gives its caller to another phone through Kamailio, at once or after asking, and has the caller back when it fails.
import { join } from 'node:path';
import type { TransferState } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { expect, test } from '../support/spec.ts';
import { accountOn, answer, connected, ended, held, idle, incoming, place } from './support/app-calls.ts';
import {
  missingPrograms,
  startBaresip,
  startKamailio,
  until,
  writeTone,
  type Baresip,
  type BaresipOptions,
  type Kamailio,
} from './support/index.ts';

const missing = missingPrograms('kamailio', 'baresip', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
let microphone = '';
let peers: Baresip[] = [];
test.beforeEach(async () => {
  kamailio = await startKamailio();
  microphone = join(kamailio.folder, 'microphone.wav');
  writeTone(microphone, 700, 10, 48_000);
});
test.afterEach(async () => {
  for (const peer of peers) await peer.stop();
  peers = [];
  await kamailio?.stop();
});

async function peer(user: string, options: Partial<BaresipOptions> = {}): Promise<Baresip> {
  const started = await startBaresip({ user, domain: 'test.local', proxy: kamailio.server('udp'), ...options });
  peers.push(started);
  return started;
}

async function click(app: PhoneApp, name: string): Promise<void> {
  await (await app.page('main')).getByRole('button', { name, exact: true }).click();
}

/** Opens the panel from the call and types whom to transfer to. */
async function choose(app: PhoneApp, target: string): Promise<void> {
  await click(app, 'Transfer');
  const panel = (await app.page('main')).locator('.transfer-panel');
  await panel.getByRole('textbox').fill(target);
  await expect(panel.getByText(new RegExp(`^Number ${target}`))).toBeVisible();
}

async function transferState(app: PhoneApp, callId: string, name: TransferState['name']): Promise<void> {
  await app.until(
    (state, wanted) => state.calls.some(({ id, transfer }) => id === wanted.callId && transfer?.name === wanted.name),
    { callId, name },
  );
}

/** From the news that the transfer failed to the caller's 200 to our "go on", ms, as traced. */
async function callerBackAfter(app: PhoneApp): Promise<number> {
  const page = await app.page('main');
  const rows = await page.evaluate(async () => {
    const answer = await window.hookswitch.phone.query({ type: 'trace', text: '', after: 0, limit: 200 });
    return answer.ok ? answer.value.rows : [];
  });
  const resumed = rows.findLast(({ direction, line }) => direction === 'out' && line.startsWith('INVITE '));
  const news = rows.findLast(({ id, line }) => line.startsWith('NOTIFY ') && id < (resumed?.id ?? 0));
  const back = rows.find(
    ({ id, line, method }) => id > (resumed?.id ?? 0) && method === 'INVITE' && / 200 /.test(line),
  );
  if (!news || !back) throw new Error('The trace holds no NOTIFY before a re-INVITE that was answered.');
  return back.at - news.at;
}

test('"Transfer now" gives bob to carol, who was found by her name; what became of it is shown', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({
    microphone,
    provision: {
      ...accountOn(kamailio, 'alice', 'udp'),
      contacts: [
        { name: 'Anna Steiner', numbers: [{ value: '4477', kind: 'work' }] },
        { name: 'Carol Stein', numbers: [{ value: 'carol@test.local', kind: 'sip' }] },
      ],
    },
  });
  await app.registered();
  const bob = await peer('bob');
  const carol = await peer('carol');
  const id = await place(app, 'bob@test.local');
  await connected(app, id);
  // By name and keys: the field has the caret, what is found is chosen, and the arrows choose another.
  const main = await app.page('main');
  await click(app, 'Transfer');
  const panel = main.locator('.transfer-panel');
  await expect(panel.getByRole('textbox')).toBeFocused();
  await main.keyboard.type('stein');
  const found = panel.locator('.person-row', { has: main.locator('.name') });
  await expect(found).toHaveText([/Anna Steiner/, /Carol Stein/]);
  await main.keyboard.press('ArrowDown');
  await expect(panel.getByRole('button', { name: /Carol Stein/, pressed: true })).toBeVisible();
  await main.keyboard.press('Enter');
  await carol.event('CALL_ESTABLISHED');
  await transferState(app, id, 'done');
  await expect(main.getByText('Transferred to Carol Stein')).toBeVisible();
  expect(await ended(app, id)).toMatchObject({ result: 'answered' });
  await idle(app);
  await until('bob talks to carol', async () =>
    /carol@test.local/.test(await bob.command('listcalls')) ? true : null,
  );
});

test('a transfer to somebody busy brings the caller back, with the reason', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  await peer('bob');
  const id = await place(app, 'bob@test.local');
  await connected(app, id);
  await choose(app, 'busy@test.local');
  await click(app, 'Transfer now');
  await transferState(app, id, 'failed');
  await held(app, id, { byUs: false, byThem: false });
  await expect((await app.page('main')).getByText(/^Not transferred to busy@test.local/)).toBeVisible();
  const back = await callerBackAfter(app);
  test.info().annotations.push({ type: 'caller back after', description: `${back} ms` });
  expect(back).toBeLessThan(1_000);
  await click(app, 'End call');
  await idle(app);
});

test('"Ask first", "Back to caller", and "Complete transfer"', async ({ launch }) => {
  test.setTimeout(150_000);
  const app = await launch({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  const bob = await peer('bob');
  const carol = await peer('carol');
  const id = await place(app, 'bob@test.local');
  await connected(app, id);

  await test.step('carol is asked, and alice goes back to bob', async () => {
    await choose(app, 'carol@test.local');
    await click(app, 'Ask first');
    await carol.event('CALL_ESTABLISHED');
    await held(app, id, { byUs: true, byThem: false });
    await click(app, 'Back to caller');
    await held(app, id, { byUs: false, byThem: false });
    await app.until((state) => state.calls.length === 1);
  });

  await test.step('carol is asked again, and bob takes the place of that call', async () => {
    const from = carol.events.length;
    await choose(app, 'carol@test.local');
    await click(app, 'Ask first');
    await carol.event('CALL_ESTABLISHED', { from });
    await click(app, 'Complete transfer');
    await transferState(app, id, 'done');
    await idle(app);
    await until('bob talks to carol', async () =>
      /carol@test.local/.test(await bob.command('listcalls')) ? true : null,
    );
  });
});

test('bob wants to pass us on: nothing happens before we say so', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  const bob = await peer('bob');
  const carol = await peer('carol');
  await bob.dial('sip:alice@test.local');
  await incoming(app);
  const id = await answer(app);
  await bob.command('transfer', 'sip:carol@test.local');
  const main = await app.page('main');
  await expect(main.getByRole('alert').getByText(/wants to pass you on to carol@test.local/)).toBeVisible();
  expect(carol.events.some(({ type }) => type === 'CALL_INCOMING')).toBe(false);
  await main.getByRole('alert').getByRole('button', { name: 'Call', exact: true }).click();
  await carol.event('CALL_ESTABLISHED');
  expect(await ended(app, id)).toMatchObject({ result: 'answered' });
  await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
  await click(app, 'End call');
  await idle(app);
});

test('a redirection is followed only when we say so', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  const bob = await peer('bob');
  await place(app, 'redirect@test.local');
  const main = await app.page('main');
  await expect(main.getByText(/sends you on to bob@test.local. Call there\?/)).toBeVisible();
  expect(bob.events.some(({ type }) => type === 'CALL_INCOMING')).toBe(false);
  await main.getByRole('alert').getByRole('button', { name: 'Call', exact: true }).click();
  await bob.event('CALL_ESTABLISHED');
  await click(app, 'End call');
  await idle(app);
});
