// Quirks are data: what is known of a device, and nothing for those that are not.
import { expect, it } from 'vitest';
import { noQuirk, quirkOf, quirkRules } from './quirks.ts';

const quirk = (vendorId: number, product: string, productId = 1) => quirkOf({ vendorId, productId, product });

it('a device that nobody complained about has none', () => {
  expect(quirk(0x1234, 'Some headset')).toEqual(noQuirk);
  expect(quirk(0x0b0e, 'EVOLVE LINK MS')).toEqual(noQuirk);
});

it('devices by radio may take 5 s to confirm', () => {
  const radio = [quirk(0x047f, 'Poly BT700 dongle'), quirk(0x1395, 'EPOS IMPACT D1'), quirk(0x6993, 'WH66')];
  expect(radio.map(({ acknowledgeMs }) => acknowledgeMs)).toEqual([5_000, 5_000, 5_000]);
});

it('rules add up for one device', () => {
  expect(quirk(0x046d, 'Logitech H820e')).toMatchObject({ acknowledgeMs: 5_000, pairedMuteMs: 400 });
});

it("the CX300's off-hook lamp is left to its voicemail", () => {
  expect(quirk(0x095d, 'CX300', 0x9201).withoutLamps).toEqual(['offHook']);
});

it('a Speak 510 is not rung while it is in a call, and a Game Voice is no telephone', () => {
  expect(quirk(0x0b0e, 'Jabra SPEAK 510 USB').noRingWhileActive).toBe(true);
  expect(quirk(0x045e, 'Microsoft SideWinder Game Voice').skip).toBe(true);
});

it('each says who says so', () => {
  expect(quirkRules.filter(({ source }) => source.length < 10)).toEqual([]);
});
