// A headset host without hardware: the app's own host protocol on a virtual headset that a test controls over loopback.
import { connect } from 'node:net';
import * as v from 'valibot';
import { realClock as clock } from '../../electron/headset/virtual/real-clock.ts';
import { parentPort } from '../../electron/headset/host/parent-port.ts';
import { serve } from '../../electron/headset/host/serve.ts';
import { models } from '../../electron/headset/virtual/models.ts';
import { VirtualBus } from '../../electron/headset/virtual/virtual-bus.ts';
import { VirtualHeadset } from '../../electron/headset/virtual/virtual-headset.ts';
import { addressVariable, commandSchema, lines, modelSchema, type VirtualCommand, type VirtualState } from './wire.ts';

/**
 * No person presses this soon after plugging in, or after the call began; the room takes a report this soon for the
 * device's own word, and a button that comes twice in a tenth of a second for one press (ms).
 */
const handMs = { afterOpening: 300, afterOffHook: 600, afterPress: 150 };

const [model = '', port = ''] = (process.env[addressVariable] ?? '').split('@127.0.0.1:');
const headset = new VirtualHeadset(models[v.parse(modelSchema, model)], clock);
const bus = new VirtualBus();
let path = bus.plug(headset);
serve(parentPort(), bus);

const socket = connect({ host: '127.0.0.1', port: Number(port) });
socket.setEncoding('utf8').setNoDelay(true);
socket.on('error', () => {}); // The test is over; the app will end this process.
socket.on('connect', tell);
socket.on(
  'data',
  lines((text) => {
    const parsed = v.safeParse(commandSchema, JSON.parse(text));
    if (!parsed.success) throw new Error(`The test sent something unknown: ${text}`);
    obey(parsed.output, () => {
      obeyed += 1;
      tell();
    });
  }),
);
let obeyed = 0;
let readyAt = 0;
let before = { open: false, offHook: false };
headset.onChange(() => {
  const after = { open: headset.openers > 0, offHook: headset.lamps().offHook };
  const now = clock.monotonic();
  if (after.open && !before.open) readyAt = Math.max(readyAt, now + handMs.afterOpening);
  if (after.offHook && !before.offHook) readyAt = Math.max(readyAt, now + handMs.afterOffHook);
  before = after;
  tell();
});

function obey(command: VirtualCommand, done: () => void): void {
  switch (command.type) {
    case 'press':
      clock.after(Math.max(0, readyAt - clock.monotonic()), () => {
        headset.press(command.button);
        readyAt = Math.max(readyAt, clock.monotonic() + handMs.afterPress);
        done();
      });
      return;
    case 'plug':
      path = bus.plug(headset);
      break;
    case 'unplug':
      bus.unplug(path);
      break;
    case 'boom':
      headset.boomUp = command.up;
      break;
    case 'fault':
      headset.fault = command.fault;
      break;
    case 'raw':
      headset.raw(Buffer.from(command.report, 'hex'));
      break;
    case 'foreign-write':
      headset.write(Buffer.from(command.report, 'hex')).catch(() => {});
      break;
    case 'crash':
      process.exit(11);
  }
  done();
}

function tell(): void {
  const state: VirtualState = {
    obeyed,
    lamps: headset.lamps(),
    hook: headset.hook,
    open: headset.openers > 0,
    written: headset.written.map((report) => Buffer.from(report).toString('hex')),
  };
  socket.write(`${JSON.stringify(state)}\n`);
}
