// The virtual headset as e2e specs use it: its bundled host as a process, the room on top, a test's hand over loopback.
import { afterEach, expect, it } from 'vitest';
import type { HeadsetIntent, HeadsetState } from '../../contract/index.ts';
import { createHeadsets, createHostTransport } from '../../electron/headset/index.ts';
import { phoneIn } from '../../electron/headset/virtual/phone-states.ts';
import { realClock as clock } from '../../electron/headset/virtual/real-clock.ts';
import { MemoryLog } from '../../electron/headset/virtual/room.ts';
import { UtilityProcess } from '../../electron/headset/virtual/utility-process.ts';
import { startVirtualHeadset } from './virtual-headset.ts';
import { hostVariable } from './wire.ts';

const idle = { ringing: false, call: 'none', connected: false, muted: false } as const;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** An app with a headset room and nothing else. */
async function startApp() {
  const headset = await startVirtualHeadset('jabra');
  const host = new UtilityProcess(headset.env[hostVariable] ?? '', headset.env);
  const headsets = createHeadsets({ transport: createHostTransport(host), clock, log: new MemoryLog() });
  closing.push(
    () => headset.close(),
    () => host.stop(),
    () => headsets.close(),
  );
  const heard: (HeadsetIntent['type'] | HeadsetState['name'])[] = [];
  const waiting = new Set<() => void>();
  const hear = (what: (typeof heard)[number]) => {
    heard.push(what);
    for (const look of waiting) look();
  };
  headsets.listen({ intent: ({ type }) => hear(type), state: ({ name }) => hear(name) });
  const waitToHear = (what: (typeof heard)[number]) =>
    new Promise<void>((done) => {
      const look = () => {
        if (heard.at(-1) === what) done();
      };
      waiting.add(look);
      look();
    });
  return { headset, headsets, waitToHear };
}

it('rings, is answered by its button, goes dark, and comes back after it was unplugged and after its host died', async () => {
  const { headset, headsets, waitToHear } = await startApp();
  await headset.waitForOpen();
  headsets.update(phoneIn({ ...idle, ringing: true }));
  await headset.waitForLamps({ ring: true, offHook: false });

  await headset.press('hook');
  await waitToHear('answer');
  headsets.update(phoneIn({ ...idle, call: 'active' }));
  await headset.waitForLamps({ ring: false, offHook: true });
  await headset.press('mute');
  await waitToHear('mute');
  headsets.update(phoneIn({ ...idle, call: 'active', muted: true }));
  await headset.waitForLamps({ mute: true });

  await headset.unplug();
  await waitToHear('none');
  await headset.plug();
  await headset.waitForOpen();
  await headset.waitForLamps({ offHook: true, mute: true });

  await headset.send({ type: 'crash' });
  await waitToHear('none');
  await headset.waitFor(({ open, lamps }) => open && lamps.offHook && lamps.mute, 'the new host to show the call');
  headsets.update(phoneIn(idle));
  const dark = { offHook: false, ring: false, mute: false, hold: false };
  expect(await headset.waitForLamps(dark)).toMatchObject(dark);
});
