// Forwarding through Kamailio: a real caller (SIPp) is sent on by 302, and a real server's code (baresip) is dialled.
import { clickTray, keepsDesktop, tray } from '../support/desktop.ts';
import { expect, test } from '../support/spec.ts';
import { accountOn, connected, idle, incoming } from './support/app-calls.ts';
import { missingPrograms, startBaresip, startKamailio, startScenario, type Kamailio } from './support/index.ts';

const missing = missingPrograms('kamailio', 'baresip', 'sipp', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
test.beforeAll(async () => {
  kamailio = await startKamailio();
});
test.afterAll(() => kamailio?.stop());

/** A caller who must be sent on to this number, for this reason. */
function callerSentOn(contact: string, reason: string) {
  return startScenario('caller-forwarded', {
    target: kamailio.server('udp'),
    user: 'alice',
    keys: { contact, reason },
  });
}

test('calls go on to another number: always, when busy, unanswered, and by the code of the server', async ({
  launch,
}) => {
  test.setTimeout(150_000);
  const app = await launch({ provision: accountOn(kamailio, 'alice', 'udp') });
  await app.registered();
  const main = await app.page('main');

  await test.step('always: the caller is sent on, the list says so, and the title line and the tray say so', async () => {
    await app.command({ type: 'forward', kind: 'always', target: 'bob@test.local' });
    await expect(main.locator('.who')).toContainText('Forwarded to bob@test.local');
    if (await keepsDesktop(app))
      await expect.poll(async () => (await tray(app)).toolTip).toContain('Forwarded to bob@test.local');
    const caller = await callerSentOn('sip:bob@test.local', 'unconditional');
    await caller.done();
    await main
      .getByRole('tab', { name: 'Recents' })
      .or(main.getByRole('button', { name: 'Recents' }))
      .first()
      .click();
    await expect(main.getByText('Forwarded to bob@test.local').last()).toBeVisible();
    expect((await app.state()).calls).toEqual([]);
    expect((await app.state()).missedCalls).toBe(0);
  });

  await test.step('and no more once it is turned off', async () => {
    if (await keepsDesktop(app)) await clickTray(app, 'Turn off forwarding');
    else await app.command({ type: 'forward', kind: 'always', target: null });
    await app.until(({ preferences }) => preferences.forwardAlways === undefined);
    await expect(main.locator('.who')).toContainText('Available');
  });

  await test.step('when busy: also while nobody is to be disturbed', async () => {
    await app.command({ type: 'forward', kind: 'busy', target: 'carol@test.local' });
    await app.command({ type: 'do-not-disturb', minutes: -1 });
    const caller = await callerSentOn('sip:carol@test.local', 'do-not-disturb');
    await caller.done();
    await app.command({ type: 'do-not-disturb', minutes: 0 });
    await app.command({ type: 'forward', kind: 'busy', target: null });
  });

  await test.step('unanswered: it rings here first', async () => {
    await app.command({ type: 'set-preferences', preferences: { forwardNoAnswerSeconds: 5 } });
    await app.command({ type: 'forward', kind: 'no-answer', target: 'dave@test.local' });
    const caller = await callerSentOn('sip:dave@test.local', 'no-answer');
    const { id } = await incoming(app);
    await caller.done();
    const { calls } = await app.until(
      (state, callId) => state.calls.some((call) => call.id === callId && call.phase.name === 'ended'),
      id,
    );
    expect(calls[0]?.phase).toMatchObject({ result: 'forwarded' });
    await app.command({ type: 'forward', kind: 'no-answer', target: null });
    await idle(app);
  });

  await test.step('by the server: its code is dialled, and counts once the server took it', async () => {
    const server = await startBaresip({ user: '724411', domain: 'test.local', proxy: kamailio.server('udp') });
    const code = { on: '72{number}', off: '73' };
    await app.command({
      type: 'set-preferences',
      preferences: { forwardBy: 'server', forwardCodes: { always: code, busy: code, 'no-answer': code } },
    });
    const { id = '' } = await app.command({ type: 'forward', kind: 'always', target: '4411' });
    await connected(app, id);
    expect((await app.state()).preferences.forwardAlways).toBeUndefined();
    await app.command({ type: 'hang-up', callId: id });
    await expect(main.locator('.who')).toContainText('Forwarded to 4411');
    await server.stop();
    await idle(app);
  });

  await test.step('and a code that the server refuses changes nothing, and says so', async () => {
    await app.command({ type: 'forward', kind: 'always', target: null });
    await expect(main.getByText('Forwarding was not changed')).toBeVisible();
    expect((await app.state()).preferences.forwardAlways).toBe('4411');
  });
});
