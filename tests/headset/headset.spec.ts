// The headset in the running app: a call rings in it, its button answers, mutes and hangs up, and its lamps follow.
import { keepsDesktop, pressShortcut, shortcuts } from '../support/desktop.ts';
import { expect, test } from '../support/spec.ts';
import type { VirtualButton } from '../../electron/headset/virtual/virtual-headset.ts';
import { startVirtualHeadset, type VirtualHeadsetControl } from './virtual-headset.ts';

test('a call of the practice exchange is answered, muted and ended by the buttons of the headset', async ({
  launch,
}) => {
  const headset = await startVirtualHeadset('jabra');
  const app = await launch({ args: ['--practice'], env: headset.env });
  await app.registered();
  await headset.waitForOpen();
  await app.until(({ headset: state }) => state.name === 'ready');

  // 602 answers, and calls back three seconds after we hung up.
  await app.command({ type: 'call', target: '602' });
  await headset.waitForLamps({ ring: true }, 20_000);
  await headset.press('hook');
  await app.until(({ calls }) =>
    calls.some(({ direction, phase }) => direction === 'incoming' && phase.name === 'connected'),
  );
  await headset.waitForLamps({ ring: false, offHook: true, mute: false });

  await headset.press('mute');
  await app.until(({ calls }) => calls.some(({ muted }) => muted));
  await headset.waitForLamps({ mute: true });
  await headset.press('mute');
  await headset.waitForLamps({ mute: false });

  await headset.press('hook');
  await app.until(({ calls }) => calls.every(({ phase }) => phase.name === 'ended'));
  await headset.waitForLamps({ ring: false, offHook: false, mute: false, hold: false });
  expect((await app.state()).headset).toEqual({ name: 'ready', product: 'Virtual Jabra-like', usbId: '0b0e:fff1' });

  // The test of the same headset: its lamps light and its presses arrive, and nobody is called.
  const page = await app.page('main');
  await page.getByRole('button', { name: /^Headset: Virtual Jabra-like/ }).click();
  await page.getByRole('button', { name: /Test the headset/ }).click();
  const stage = page.getByRole('region', { name: 'Headset test' }).getByRole('status');
  for (const [asked, lit, button] of asks) {
    await expect(stage).toContainText(asked);
    await headset.waitForLamps({ ring: false, offHook: false, mute: false, hold: false, ...lit });
    if (button) await headset.press(button);
    else await page.getByRole('button', { name: 'Yes' }).click();
  }
  await expect(stage).toContainText('10 of 10 work');
  await page.getByRole('button', { name: 'Copy result' }).click();
  await expect(page.getByText('The result is copied.', { exact: false })).toBeVisible();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('Headset test: complete\nHeadset: Virtual Jabra-like (0b0e:fff1)\nPhone: Hookswitch ');
  expect(copied).toContain('  button hang-up: works; arrived: hook 0');
  await page.getByRole('button', { name: 'Done' }).click();
  expect((await app.state()).calls.filter(({ phase }) => phase.name !== 'ended')).toEqual([]);

  // A call that comes in the middle of a test has the headset.
  await page.getByRole('button', { name: /Test the headset/ }).click();
  await headset.waitForLamps({ ring: true });
  await app.command({ type: 'call', target: '600' });
  await headset.waitForLamps({ ring: false, offHook: true });
  await expect(stage).toContainText('A call came.');
  await app.until(({ calls }) => calls.some(({ phase }) => phase.name === 'connected'));
  await headset.press('hook');
  await app.until(({ calls }) => calls.every(({ phase }) => phase.name === 'ended'));
  await headset.close();
});

/** What is asked for in turn, what is lit then, and which button does it. */
const asks: readonly [string, Partial<ReturnType<VirtualHeadsetControl['lamps']>>, VirtualButton?][] = [
  ['Does the ring light show?', { ring: true }],
  ['Press the answer button', { ring: true }, 'hook'],
  ['Does the call light show?', { offHook: true }],
  ['Press the mute button', { offHook: true }, 'mute'],
  ['Does the mute light show?', { offHook: true, mute: true }],
  ['Hold the call', { offHook: true }, 'flash'],
  ['Does the hold light show?', { offHook: true, hold: true }],
  ['End the call', { offHook: true }, 'hook'],
  ['Reject a call', { ring: true }, 'reject'],
  ['Call again', {}, 'redial'],
];

test('the headset is unplugged and its host dies in a call, and the call goes on with its lamps', async ({
  launch,
}) => {
  const headset = await startVirtualHeadset('poly');
  const app = await launch({ args: ['--practice'], env: headset.env });
  await app.registered();
  await headset.waitForOpen();
  await app.command({ type: 'call', target: '600' });
  await headset.waitForLamps({ offHook: true });

  await headset.unplug();
  await app.until(({ headset: state }) => state.name === 'none');
  await headset.plug();
  await headset.waitForLamps({ offHook: true });

  await headset.send({ type: 'crash' });
  await headset.waitFor(({ open, lamps }) => open && lamps.offHook, 'the next host to show the call', 20_000);
  expect((await app.state()).calls.map(({ phase }) => phase.name)).toEqual(['connected']);

  // Wanted in the middle of a call, the keyboard's key ends it, and is music's again afterwards.
  if (await keepsDesktop(app)) {
    expect(await shortcuts(app)).not.toContain('MediaPlayPause');
    await app.command({ type: 'set-preferences', preferences: { mediaKeys: true } });
    await expect.poll(() => shortcuts(app)).toContain('MediaPlayPause');
    await pressShortcut(app, 'MediaPlayPause');
    await app.until(({ calls }) => calls.every(({ phase }) => phase.name === 'ended'));
    await headset.waitForLamps({ offHook: false });
    await expect.poll(() => shortcuts(app)).not.toContain('MediaPlayPause');
  }
  await headset.close();
});
