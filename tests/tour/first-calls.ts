// The first calls, made for you where there is no display: register, call 600, be called by 602 and answer.
import { join } from 'node:path';
import type { Page } from 'playwright';
import { engineOf, launchPhone, type PhoneApp } from '../support/app.ts';
import { expectPhoneHears } from '../support/hearing.ts';
import { pictures, prepare } from './prepare.ts';

const started = performance.now();
let step = 0;

function say(what: string): void {
  step += 1;
  console.log(`${String(step).padStart(2)}. ${what}`);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

async function firstCalls(app: PhoneApp): Promise<void> {
  const page = await app.page('main');
  say(`Hookswitch runs on the ${await engineOf(app)}, in a profile that is thrown away.`);
  const { accounts } = await app.registered();
  say(`Registered ${accounts[0]?.config.address ?? ''} at the practice exchange, by real SIP on loopback.`);
  await page.getByRole('grid', { name: 'People' }).getByRole('button', { name: 'Echo', exact: true }).waitFor();
  await picture(page, 'first-contacts');

  const { id: echo = '' } = await app.command({ type: 'call', target: '600' });
  const { calls } = await app.until((state) =>
    state.calls.some(({ phase, codec }) => phase.name === 'connected' && codec !== null),
  );
  say(`Called 600, the echo: connected, with audio in ${calls[0]?.codec ?? ''}.`);
  await page.getByRole('timer').waitFor();
  await picture(page, 'first-call-600');
  await app.command({ type: 'hang-up', callId: echo });
  say('Hung up.');

  await app.command({ type: 'call', target: '602' });
  say('Called 602: it beeps twice, hangs up, and calls back in three seconds.');
  await app.until((state) => state.calls.some(({ phase }) => phase.name === 'incoming'), null, 15_000);
  const popup = await app.page('incoming');
  const title = await popup.getByRole('alertdialog').getAttribute('aria-label');
  say(`The pop-up shows: "${title ?? ''}".`);
  await picture(popup, 'first-incoming');
  await popup.getByRole('button', { name: 'Answer' }).click();
  const answered = await app.until((state) =>
    state.calls.some(({ direction, phase }) => direction === 'incoming' && phase.name === 'connected'),
  );
  const call = answered.calls.find(({ direction }) => direction === 'incoming');
  say('Answered on the pop-up.');
  await expectPhoneHears(app, call?.id ?? '', 440);
  say('The tone of the exchange is heard: 440 Hz.');
  await page.getByRole('region', { name: 'Call with Call me back' }).getByRole('timer').waitFor();
  await picture(page, 'first-call-602');
  await app.command({ type: 'hang-up', callId: call?.id ?? '' });
  await page.getByRole('button', { name: /^Recents/ }).click();
  await page.getByRole('grid', { name: 'Recent calls' }).getByRole('row').nth(2).waitFor();
  await picture(page, 'first-recents');
  say('Hung up; all three calls are among the recent ones.');
}

let app: PhoneApp | null = null;
try {
  await prepare();
  app = await launchPhone({ args: ['--practice'] });
  await firstCalls(app);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`The phone works: all of it in ${seconds} s. Pictures are in out/tour/.`);
} catch (error) {
  const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
  console.error(`The first calls did not succeed after step ${step}: ${reason}`);
  process.exitCode = 1;
} finally {
  await app?.close();
}
