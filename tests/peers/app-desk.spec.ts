// A day at the desk, with real phones (baresip), callers (SIPp) and a server with presence (Kamailio): what a desk phone does.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountConfig } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import { keepsDesktop, tray } from '../support/desktop.ts';
import { expect, test } from '../support/spec.ts';
import { connected, ended, held, idle, incoming, place } from './support/app-calls.ts';
import {
  missingPrograms,
  startBaresip,
  startKamailio,
  startScenario,
  type Baresip,
  type BaresipOptions,
  type Kamailio,
} from './support/index.ts';
import { publish, publishDialog } from './support/publish.ts';

const missing = missingPrograms('kamailio', 'baresip', 'sipp', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
let peers: Baresip[] = [];
test.beforeAll(async () => {
  kamailio = await startKamailio();
});
test.afterEach(async () => {
  for (const peer of peers) await peer.stop();
  peers = [];
});
test.afterAll(() => kamailio?.stop());

async function peer(user: string, options: Partial<BaresipOptions> = {}): Promise<Baresip> {
  const started = await startBaresip({ user, domain: 'test.local', proxy: kamailio.server('udp'), ...options });
  peers.push(started);
  return started;
}

/** Two accounts: alice, which calls go out on, and dave. */
function twoAccounts() {
  const account = (user: string): Partial<AccountConfig> & { password: string } => ({
    id: user,
    label: user,
    address: `${user}@test.local`,
    password: 'secret',
    server: kamailio.server('udp'),
    transport: 'udp',
    media: 'rtp',
  });
  return { hookswitch: 1, accounts: [account('alice'), account('dave')] };
}

async function click(app: PhoneApp, name: string | RegExp): Promise<void> {
  await (await app.page('main')).getByRole('button', { name, exact: true }).first().click();
}

/** Which tones sound in the media window. */
async function sounds(app: PhoneApp): Promise<string[]> {
  return (await app.page('media')).evaluate(() =>
    [...document.querySelectorAll('audio')].flatMap(({ srcObject, dataset }) =>
      srcObject ? [dataset['name'] ?? ''] : [],
    ),
  );
}

/** Who calls, as this baresip sees it; it answers by itself, and tells of the call then. */
async function caller(peer: Baresip, from: number): Promise<unknown> {
  return (await peer.event('CALL_ESTABLISHED', { from }))['peeruri'];
}

async function hangUp(app: PhoneApp, callId: string): Promise<void> {
  await app.command({ type: 'hang-up', callId });
  await idle(app);
}

test('calls out on the account that was chosen, or on none that is seen; several at once; noted, recorded, parked', async ({
  launch,
}) => {
  test.setTimeout(200_000);
  const app = await launch({ provision: twoAccounts() });
  await app.registered(2);
  const main = await app.page('main');
  const field = main.getByRole('combobox', { name: 'Name or number' });
  const bob = await peer('bob');

  await test.step('the account is chosen when dialling', async () => {
    await field.fill('bob@test.local');
    await click(app, /^Call from/);
    await main.locator('[role^=menuitem]').filter({ hasText: 'dave' }).click();
    await field.press('Enter');
    expect(await caller(bob, 0)).toBe('sip:dave@test.local');
    const { calls } = await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
    await hangUp(app, calls[0]?.id ?? '');
  });

  await test.step('an anonymous call shows nobody', async () => {
    const from = bob.events.length;
    await field.fill('bob@test.local');
    await click(app, /^Call from/);
    await main.getByText('Hide my number').click();
    await field.press('Enter');
    expect(await caller(bob, from)).toBe('sip:anonymous@anonymous.invalid');
    const { calls } = await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
    await hangUp(app, calls[0]?.id ?? '');
  });

  const carol = await peer('carol');
  let [first, second] = ['', ''];
  await test.step('who calls during a call is heard softly, is answered, and the first one waits on hold', async () => {
    first = await place(app, 'bob@test.local');
    await connected(app, first);
    await carol.dial('sip:alice@test.local');
    second = (await incoming(app)).id;
    await expect.poll(() => sounds(app)).toContain('network-tone');
    expect(await sounds(app)).not.toContain('ring');
    await (await app.page('incoming')).getByRole('button', { name: 'Answer', exact: true }).click();
    await connected(app, second);
    await held(app, first, { byUs: true, byThem: false });
    await expect.poll(() => sounds(app)).not.toContain('network-tone');
  });

  await test.step('swap: the other one is heard, and this one waits', async () => {
    await click(app, 'Swap');
    await held(app, second, { byUs: true, byThem: false });
    await held(app, first, { byUs: false, byThem: false });
  });

  await test.step('held by them is another thing than held by us', async () => {
    await bob.hold();
    await held(app, first, { byUs: false, byThem: true });
    await expect(main.getByText('On hold by the other side', { exact: true }).first()).toBeVisible();
    await expect(main.locator(`[data-call="${second}"]`).getByText('On hold', { exact: true })).toBeVisible();
    await bob.resume();
    await held(app, first, { byUs: false, byThem: false });
  });

  await test.step('joined into a conference, split again, and one sent away', async () => {
    await click(app, 'Join');
    await app.until((state) => state.calls.every(({ joined }) => joined));
    await held(app, second, { byUs: false, byThem: false });
    await click(app, 'Take out of the conference');
    await app.until((state) => state.calls.every(({ joined }) => !joined));
    await app.command({ type: 'join', callIds: [first, second] });
    await app.until((state) => state.calls.every(({ joined }) => joined));
    await app.command({ type: 'hang-up', callId: second });
    expect(await ended(app, second)).toMatchObject({ result: 'answered' });
    await held(app, first, { byUs: false, byThem: false });
    await app.until((state) => state.calls.length === 1);
  });

  await test.step('recorded from the call view, and noted', async () => {
    await app.command({ type: 'set-preferences', preferences: { recordingFolder: join(app.profile, 'recordings') } });
    await click(app, 'Record');
    await main.getByRole('group', { name: 'Record this call?' }).getByRole('button', { name: 'Record' }).click();
    await app.until((state) => state.calls.some(({ recordingSince }) => recordingSince !== null));
    await expect(main.getByText('Recording', { exact: true })).toBeVisible();
    await click(app, 'Stop recording');
    const note = main.getByRole('textbox', { name: 'Note on this call' });
    await note.fill('Sends the contract on Monday.');
    await note.press('Enter');
    await app.until((state) => state.calls.some((call) => call.note !== ''));
  });

  await test.step('parked by the code of the server, and retrieved', async () => {
    const from = carol.events.length;
    await app.command({
      type: 'set-preferences',
      preferences: { parkCode: 'carol@test.local', retrieveCode: 'carol@test.local' },
    });
    await click(app, 'Transfer');
    await click(app, 'Park');
    await carol.event('CALL_ESTABLISHED', { from });
    await expect(main.getByText(/^bob@test.local is parked/)).toBeVisible();
    await idle(app);
    const again = carol.events.length;
    await click(app, 'Retrieve');
    expect(await caller(carol, again)).toBe('sip:alice@test.local');
    const { calls } = await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
    expect((await app.state()).parked).toEqual([]);
    await hangUp(app, calls[0]?.id ?? '');
  });

  await test.step('the list keeps note and recording', async () => {
    await click(app, /^Recents/);
    await expect(main.getByText('Note: Sends the contract on Monday.')).toBeVisible();
    const page = await main.evaluate(() =>
      window.hookswitch.phone.query({ type: 'history', filter: 'all', offset: 0, limit: 20 }),
    );
    const file = page.ok ? page.value.rows.find(({ recordings }) => recordings)?.recordings?.[0] : undefined;
    expect(file !== undefined && existsSync(file)).toBe(true);
  });
});

test('lamps, voicemail, call back when free, do not disturb, answered elsewhere, and emergency calls', async ({
  launch,
}) => {
  test.setTimeout(200_000);
  // As a company sets it up: nobody here can change whom an emergency call reaches, and how.
  const emergency = {
    emergencyNumbers: ['112'],
    emergencyAccountId: 'dave',
    emergencyLocation: 'Gartenweg 3, second floor',
  };
  const app = await launch({
    provision: {
      ...twoAccounts(),
      preferences: { ...emergency, defaultAccountId: 'alice' },
      locked: [...Object.keys(emergency), 'defaultAccountId', 'callWaiting'],
    },
  });
  await app.registered(2);
  const main = await app.page('main');

  await test.step('voicemail lights its lamp, and one click calls it', async () => {
    const body = 'Messages-Waiting: yes\r\nMessage-Account: sip:carol@test.local\r\nVoice-Message: 2/5\r\n';
    const carol = await peer('carol');
    expect(await publish(kamailio, 'alice', 'message-summary', 'application/simple-message-summary', body)).toBe(200);
    await expect(main.getByRole('img', { name: '2 new in voicemail' })).toBeVisible();
    await main.getByTitle('Call your voicemail').click();
    await carol.event('CALL_ESTABLISHED');
    const { calls } = await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
    await hangUp(app, calls[0]?.id ?? '');
  });

  await test.step("a colleague's lamp says what goes on, and a click picks up what rings there", async () => {
    await app.command({
      type: 'save-person',
      person: { name: 'Bob Meier', numbers: [{ value: 'bob@test.local', kind: 'sip' }], favourite: true },
    });
    await publishDialog(kamailio, 'bob', { state: 'confirmed' });
    await expect(main.getByRole('button', { name: 'Bob Meier, on a call' })).toBeVisible();
    const theirs = await startScenario('callee-picked-up');
    await publishDialog(kamailio, 'bob', {
      state: 'early',
      attributes: 'call-id="ringing-call" local-tag="bobs" remote-tag="theirs" direction="recipient"',
      remote: `sip:sipp@${theirs.address}`,
    });
    await main.getByRole('button', { name: 'Bob Meier, ringing: pick up' }).click();
    const { calls } = await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
    await app.command({ type: 'hang-up', callId: calls[0]?.id ?? '' });
    await theirs.done();
    await idle(app);
  });

  await test.step('somebody busy is called again, and rung for when they are free', async () => {
    await publishDialog(kamailio, 'busy', { state: 'confirmed' });
    const failed = await place(app, 'busy@test.local');
    expect(await ended(app, failed)).toMatchObject({ result: 'busy' });
    await click(app, 'Redial');
    await app.until((state, id) => state.calls.some((call) => call.id !== id && call.phase.name === 'ended'), failed);
    await click(app, 'Call when free');
    await expect(main.getByText('busy@test.local is busy. You are rung when they are free.')).toBeVisible();
    await idle(app);
    await publishDialog(kamailio, 'busy', { state: 'terminated' });
    await expect(main.getByText('busy@test.local is free now')).toBeVisible();
    await expect.poll(() => sounds(app)).toContain('ring');
    await main.locator('.waiting-lines').getByRole('button', { name: 'Call', exact: true }).click();
    await app.until((state) => state.calls.length === 1 && state.callBacks.length === 0);
    await expect.poll(() => sounds(app)).not.toContain('ring');
    await idle(app);
  });

  await test.step('do not disturb ends by itself, and shows in the tray', async () => {
    const tip = async () => ((await keepsDesktop(app)) ? (await tray(app)).toolTip : 'Do not disturb');
    // Two seconds; the menus offer 30 minutes, an hour, until tomorrow, and until it is turned off.
    await app.command({ type: 'do-not-disturb', minutes: 2 / 60 });
    await expect.poll(tip).toContain('Do not disturb');
    await app.until((state) => state.doNotDisturbUntil === null);
    await expect(main.locator('.who')).toContainText('Available');
    await app.command({ type: 'do-not-disturb', minutes: 'until-tomorrow' });
    const { doNotDisturbUntil } = await app.until((state) => state.doNotDisturbUntil !== null);
    expect(new Date(doNotDisturbUntil ?? 0).getHours()).toBe(7);
    await app.command({ type: 'do-not-disturb', minutes: 0 });
  });

  await test.step('answered elsewhere is not missed', async () => {
    const elsewhere = await startScenario('caller-elsewhere', { target: kamailio.server('udp'), user: 'alice' });
    const { id } = await incoming(app);
    expect(await ended(app, id)).toMatchObject({ result: 'answered-elsewhere' });
    await elsewhere.done();
    expect((await app.state()).missedCalls).toBe(0);
    await idle(app);
  });

  await test.step('an emergency call goes out at once, on its locked account: not disturbed, forwarded, in a call, another waiting', async () => {
    const rescue = await peer('112');
    await peer('bob');
    const carol = await peer('carol');
    const other = await place(app, 'bob@test.local');
    await connected(app, other);
    await carol.dial('sip:alice@test.local');
    const waiting = await incoming(app);
    await app.command({ type: 'do-not-disturb', minutes: -1 });
    await app.command({ type: 'set-preferences', preferences: { forwardAlways: 'x@test.local' } });
    await expect(app.command({ type: 'set-preferences', preferences: { emergencyNumbers: [] } })).rejects.toThrow(
      'Your administrator set this',
    );

    const urgent = await app.command({ type: 'call', target: '112', accountId: 'alice', anonymous: true });
    expect(await caller(rescue, 0)).toBe('sip:dave@test.local');
    await connected(app, urgent.id ?? '');
    await expect(main.getByText('Gartenweg 3, second floor')).toBeVisible();
    await held(app, other, { byUs: true, byThem: false });
    const { calls, activeCallId } = await app.state();
    expect(activeCallId).toBe(urgent.id);
    expect(calls.find(({ id }) => id === waiting.id)?.phase.name).toBe('incoming');

    await app.command({ type: 'decline', callId: waiting.id });
    for (const callId of [urgent.id ?? '', other]) await app.command({ type: 'hang-up', callId });
    await idle(app);
  });
});
