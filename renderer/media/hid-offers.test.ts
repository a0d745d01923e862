// Offering HID devices: telephones only, again when one comes or goes, and nothing without WebHID.
import { expect, it } from 'vitest';
import { offerHidDevices, type Hid } from './hid-offers.ts';

const collection = (usagePage: number) => ({
  usagePage,
  usage: 5,
  inputReports: [],
  outputReports: [],
  featureReports: [],
});
const headset = { vendorId: 1, productId: 2, productName: 'A', collections: [collection(0x0c), collection(0x0b)] };
const keyboard = { vendorId: 3, productId: 4, productName: 'B', collections: [collection(0x01)] };

function fake(list: () => ReturnType<Hid['getDevices']>) {
  const events = new EventTarget();
  const timers: (() => void)[] = [];
  const sent: unknown[] = [];
  const hid: Hid = { addEventListener: events.addEventListener.bind(events), getDevices: list };
  offerHidDevices(
    hid,
    (message) => sent.push(message),
    (_ms, run) => timers.push(run),
  );
  return { events, timers, sent };
}

const offered = { vendorId: 1, productId: 2, product: 'A', collections: [collection(0x0b)] };

it('offers the telephone of a headset, and no keyboard', async () => {
  const { sent } = fake(() => Promise.resolve([headset, keyboard]));
  await expect.poll(() => sent).toEqual([{ type: 'hid-devices', devices: [offered] }]);
});

it('offers once for all collections that come together', async () => {
  const { events, timers, sent } = fake(() => Promise.resolve([headset]));
  await expect.poll(() => sent.length).toBe(1);
  events.dispatchEvent(new Event('connect'));
  events.dispatchEvent(new Event('connect'));
  expect(timers.length).toBe(1);
  timers[0]?.();
  await expect.poll(() => sent.length).toBe(2);
});

it('offers nothing where listing fails, and does nothing without WebHID', async () => {
  const { sent } = fake(() => Promise.reject(new Error('blocked')));
  await expect.poll(() => sent).toEqual([{ type: 'hid-devices', devices: [] }]);
  offerHidDevices(undefined, () => expect.unreachable());
});
