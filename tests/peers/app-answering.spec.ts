// Calls that come in with more to say: whom they were for, and that they want to be answered by the phone itself. Callers are SIPp.
import { expect, test } from '../support/spec.ts';
import { accountOn, connected, idle, incoming } from './support/app-calls.ts';
import { missingPrograms, startKamailio, startScenario, type Kamailio, type Scenario } from './support/index.ts';

const missing = missingPrograms('kamailio', 'sipp', 'chromium', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let kamailio: Kamailio;
test.beforeAll(async () => {
  kamailio = await startKamailio();
});
test.afterAll(() => kamailio?.stop());

function caller(extra: string): Promise<Scenario> {
  return startScenario('caller-says', { target: kamailio.server('udp'), user: 'alice', keys: { extra } });
}

test('the pop-up says for whom a call was and when they called last; only allowed callers are answered by the phone itself', async ({
  launch,
}) => {
  test.setTimeout(150_000);
  const app = await launch({ provision: accountOn(kamailio, 'alice', 'udp', 'rtp', { label: 'Work' }) });
  await app.registered();
  const popup = await app.page('incoming');
  const main = await app.page('main');

  await test.step('forwarded (RFC 5806): the person who was dialled, and the line that rings', async () => {
    const call = await caller('Diversion: "Carol Stein" <sip:carol@test.local>;reason=user-busy');
    const { id } = await incoming(app);
    await expect(popup.getByText('Forwarded from Carol Stein')).toBeVisible();
    await expect(popup.locator('.called')).toContainText('Work');
    await expect(popup.getByText(/^Last call/)).toHaveCount(0);
    await popup.getByRole('button', { name: 'Answer', exact: true }).click();
    await connected(app, id);
    await app.command({ type: 'hang-up', callId: id });
    await call.done();
    await idle(app);
  });

  await test.step('forwarded (RFC 7044), by somebody who called before', async () => {
    const call = await caller(
      'History-Info: <sip:dave@test.local>;index=1, <sip:alice@test.local?Reason=SIP%3Bcause%3D302>;index=1.1',
    );
    const { id } = await incoming(app);
    await expect(popup.getByText('Forwarded from dave')).toBeVisible();
    await expect(popup.getByText(/^Last call Today, .*\d.*: you talked$/)).toBeVisible();
    await popup.getByRole('button', { name: 'Answer', exact: true }).click();
    await connected(app, id);
    await app.command({ type: 'hang-up', callId: id });
    await call.done();
    await idle(app);
  });

  const wish = 'Call-Info: <sip:elsewhere.invalid>;answer-after=0';
  await test.step('a caller who asks for it, and is not on the list, rings', async () => {
    await app.command({
      type: 'set-preferences',
      preferences: { autoAnswer: true, autoAnswerCallers: ['carol@test.local'] },
    });
    const call = await caller(wish);
    const { id } = await incoming(app);
    await popup.getByRole('button', { name: 'Answer', exact: true }).click();
    expect((await connected(app, id)).autoAnswered).toBe(false);
    await app.command({ type: 'hang-up', callId: id });
    await call.done();
    await idle(app);
  });

  await test.step('one who is on the list is answered after the tone, and the microphone is seen', async () => {
    await app.command({ type: 'set-preferences', preferences: { autoAnswerCallers: ['sipp@elsewhere.invalid'] } });
    const call = await caller(wish);
    const { id } = await incoming(app);
    await app.until((state) =>
      state.calls.some(({ autoAnswered, phase }) => autoAnswered && phase.name === 'incoming'),
    );
    await connected(app, id);
    await expect(main.getByText('Answered by itself: your microphone is on.')).toBeVisible();
    await app.command({ type: 'hang-up', callId: id });
    await call.done();
    await idle(app);
  });
});
