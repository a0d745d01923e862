// One phone and its headset in a process of their own, for a network namespace: `ip netns exec NAME node driver.ts`.
// Playwright reaches an app on the loopback of its own namespace, so each namespace has its driver; see driver-client.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import type { Call } from '../../../contract/index.ts';
import { startVirtualHeadset, type VirtualHeadsetControl } from '../../headset/virtual-headset.ts';
import { launchPhone, type PhoneApp } from '../../support/app.ts';
import { expectPhoneHears } from '../../support/hearing.ts';
import { until } from './child.ts';
import { numberedCommandSchema, type DriverAnswer, type DriverCommand } from './driver-commands.ts';
import { writeTone } from './tone.ts';

interface Driven {
  app: PhoneApp;
  headset: VirtualHeadsetControl;
}

const folder = mkdtempSync(join(tmpdir(), 'hs-driver-'));
let driven: Driven | null = null;

async function launch(provision: unknown, microphoneHz: number): Promise<void> {
  const microphone = join(folder, 'microphone.wav');
  writeTone(microphone, microphoneHz, 10, 48_000);
  const headset = await startVirtualHeadset('jabra');
  const app = await launchPhone({ provision, microphone, env: headset.env });
  driven = { app, headset };
  await headset.waitForOpen();
  await app.registered();
}

async function close(): Promise<void> {
  const was = driven;
  driven = null;
  await was?.app.close();
  await was?.headset.close();
  if (was && was.app.complaints.length > 0) throw new Error(was.app.complaints.join('\n'));
}

async function untilPhase({ app }: Driven, phase: Call['phase']['name']): Promise<string> {
  const { calls } = await app.until((state, wanted) => state.calls.some((call) => call.phase.name === wanted), phase);
  return calls.find((call) => call.phase.name === phase)?.id ?? '';
}

/** The words on the pop-up, when it is shown with a call. */
async function popupWords({ app }: Driven): Promise<string> {
  const page = await app.page('incoming');
  await page.getByRole('button', { name: 'Answer', exact: true }).waitFor();
  await until('the pop-up on the screen', async () =>
    (await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().startsWith('app://incoming/') && window.isVisible(),
      ),
    ))
      ? true
      : null,
  );
  return page.locator('body').innerText();
}

async function obey(command: DriverCommand): Promise<string | undefined> {
  if (command.do === 'launch') {
    await launch(command.provision, command.microphoneHz);
    return undefined;
  }
  if (command.do === 'close') {
    await close();
    return undefined;
  }
  if (!driven) throw new Error('No phone was launched.');
  const { app, headset } = driven;
  switch (command.do) {
    case 'click-name':
      await (await app.page('main')).getByRole('button', { name: command.name, exact: true }).click();
      return undefined;
    case 'popup':
      return popupWords(driven);
    case 'click-answer':
      await (await app.page('incoming')).getByRole('button', { name: 'Answer', exact: true }).click();
      return undefined;
    case 'click-end':
      await (await app.page('main')).getByRole('button', { name: 'End call', exact: true }).click();
      return undefined;
    case 'press':
      await headset.press(command.button);
      return undefined;
    case 'until':
      return untilPhase(driven, command.phase);
    case 'until-idle':
      await app.until((state) => state.calls.length === 0);
      return undefined;
    case 'hears':
      await expectPhoneHears(app, command.callId, command.hz);
      return undefined;
  }
}

function say(answer: DriverAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function hear(line: string): Promise<void> {
  const { number, command } = v.parse(numberedCommandSchema, JSON.parse(line));
  try {
    say({ answer: number, error: null, value: await obey(command) });
  } catch (error) {
    say({ answer: number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** Also when the spec is gone: its end closes our input. */
async function end(): Promise<void> {
  await close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

// A spec that died hears no more answers; the end of its input ends us.
process.stdout.on('error', () => {});
let queue = Promise.resolve();
createInterface({ input: process.stdin })
  .on('line', (line) => {
    queue = queue.then(() => hear(line));
  })
  .on('close', () => void end());
process.on('SIGTERM', () => void end());
