// The headset in the running app: a call rings in it, its button answers, mutes and hangs up, and its lamps follow.
import { expect, test } from '../support/spec.ts';
import { startVirtualHeadset } from './virtual-headset.ts';

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
  await headset.close();
});

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
  await headset.close();
});
