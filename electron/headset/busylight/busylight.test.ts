// Busylights: the exact bytes of each vendor, the colour of each state, and a light that follows the phone.
import { describe, expect, it } from 'vitest';
import { ManualClock, settled } from '../virtual/manual-clock.ts';
import { MemoryLog } from '../virtual/room.ts';
import { hex } from '../virtual/models.ts';
import { phoneIn } from '../virtual/phone-states.ts';
import { Busylight } from './busylight.ts';
import { busylightOf, type BusylightModel } from './models.ts';
import { Busylights } from './busylights.ts';
import { colours, statusOf, type StatusSource } from './status.ts';

function model(vendorId: number, productId: number): BusylightModel {
  const found = busylightOf({ vendorId, productId });
  if (!found) throw new Error('no such busylight');
  return found;
}
const kuando = model(0x27bb, 0x3bcd);
const luxafor = model(0x04d8, 0xf372);
const embrava = model(0x2c0d, 0x0010);

describe('bytes', () => {
  it('of a red Luxafor', () => {
    expect(luxafor.report(colours.busy)).toEqual(hex('00 01 FF FF 00 00 00 00 00'));
  });

  it('of an Embrava: red, blue, green; off is a bit of its own', () => {
    expect(embrava.report({ red: 1, green: 2, blue: 3 })).toEqual(hex('00 01 03 02 00 00 00 FF 22'));
    expect(embrava.report(colours.off)).toEqual(hex('00 00 00 00 01 00 00 FF 22'));
  });

  it('of a red Kuando: percent, and the sum of the 62 bytes before at the end', () => {
    const expected = `00 10 01 64 00 00 01 00 80 ${'00 '.repeat(51)} FF FF FF 03 F3`;
    expect(kuando.report(colours.busy)).toEqual(hex(expected));
    expect(kuando.report(colours.busy).length).toBe(65);
  });

  it('of nothing that shares a vendor with a busylight', () => {
    expect(busylightOf({ vendorId: 0x04d8, productId: 0x0001 })).toBeNull();
  });
});

function light(of: BusylightModel) {
  const clock = new ManualClock();
  const written: Uint8Array[] = [];
  const goneListeners: ((reason: string) => void)[] = [];
  let closed = 0;
  let gone = 0;
  const busylight = new Busylight({
    model: of,
    clock,
    log: new MemoryLog(),
    gone: () => (gone += 1),
    connection: {
      write: (report) => {
        written.push(report);
        return Promise.resolve();
      },
      onReport: () => () => {},
      onGone: (listener) => {
        goneListeners.push(listener);
        return () => {};
      },
      close: () => {
        closed += 1;
        return Promise.resolve();
      },
    },
  });
  const unplug = () => goneListeners.forEach((listener) => listener('unplugged'));
  return { clock, written, busylight, unplug, counts: () => ({ closed, gone }) };
}

describe('a busylight', () => {
  it('is written once a status', async () => {
    const { busylight, written } = light(luxafor);
    busylight.show('free');
    await settled();
    busylight.show('free');
    busylight.show('busy');
    await settled();
    expect(written).toEqual([luxafor.report(colours.free), luxafor.report(colours.busy)]);
  });

  it('that forgets is told again every 10 s', async () => {
    const { busylight, written, clock } = light(kuando);
    busylight.show('busy');
    await settled();
    await clock.advance(30_000);
    await settled();
    expect(written.length).toBe(4);
  });

  it('is dark when it is let go, and left alone afterwards', async () => {
    const { busylight, written, clock, counts } = light(kuando);
    busylight.show('busy');
    await settled();
    await busylight.close();
    await clock.advance(60_000);
    expect(written.at(-1)).toEqual(kuando.report(colours.off));
    expect([written.length, counts()]).toEqual([2, { closed: 1, gone: 0 }]);
  });

  it('that is unplugged says so once and is written no more', async () => {
    const { busylight, written, unplug, counts } = light(luxafor);
    unplug();
    busylight.show('busy');
    await settled();
    expect([written, counts().gone]).toEqual([[], 1]);
  });
});

describe('the status', () => {
  const phone = (change: Parameters<typeof phoneIn>[0]): StatusSource => phoneIn(change, {});
  const idle = { ringing: false, call: 'none', connected: false, muted: false } as const;

  it('is busy in a call, also while another rings, and ringing before', () => {
    expect(statusOf(phone({ ...idle, call: 'active', ringing: true }))).toBe('busy');
    expect(statusOf(phone({ ...idle, ringing: true }))).toBe('ringing');
  });

  it('is dark where no account is available, and says do not disturb where that is on', () => {
    expect(statusOf({ ...phone(idle), accounts: [] })).toBe('off');
    expect(statusOf({ ...phone(idle), doNotDisturbUntil: 1 })).toBe('do-not-disturb');
  });
});

describe('busylights', () => {
  const idle = { ringing: false, call: 'none', connected: false, muted: false } as const;
  const devices = [{ path: 'x', vendorId: 0x04d8, productId: 0xf372, product: 'LUXAFOR FLAG' }];

  it('are opened only where the person wants them, and let go when not', async () => {
    const written: Uint8Array[] = [];
    let [opened, closed] = [0, 0];
    const lights = new Busylights({
      clock: new ManualClock(),
      log: new MemoryLog(),
      transport: {
        open: () => {
          opened += 1;
          return Promise.resolve({
            write: (report: Uint8Array) => {
              written.push(report);
              return Promise.resolve();
            },
            onReport: () => () => {},
            onGone: () => () => {},
            close: () => {
              closed += 1;
              return Promise.resolve();
            },
          });
        },
      },
    });
    lights.update(phoneIn(idle, {}));
    await lights.look(devices);
    expect(opened).toBe(0);
    expect(lights.update(phoneIn({ ...idle, call: 'active' }, { busylight: true }))).toBe(true);
    await lights.look(devices);
    await settled();
    expect([opened, written]).toEqual([1, [luxafor.report(colours.busy)]]);
    expect(lights.update(phoneIn(idle, {}))).toBe(true);
    await lights.look(devices);
    expect(closed).toBe(1);
    expect(written.at(-1)).toEqual(luxafor.report(colours.off));
  });
});
