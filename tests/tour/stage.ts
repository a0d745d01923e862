// What the acts of the tour play on, and moves that several of them make.
import type { Locator, Page } from 'playwright';
import type { PhoneState } from '../../contract/index.ts';
import type { PhoneApp } from '../support/app.ts';
import type { Office, OfficeCall } from '../support/office.ts';
import type { Camera } from './camera.ts';

export interface Stage {
  app: PhoneApp;
  main: Page;
  camera: Camera;
  office: Office;
}

/** The card or row of a call. */
export function callWith(page: Page, name: string): Locator {
  return page.getByRole('region', { name: `Call with ${name}` });
}

/** Calls a number and waits for the phase. Returns the call's id. */
export async function place(app: PhoneApp, target: string, phase: 'ringing' | 'connected' | 'ended'): Promise<string> {
  const { id = '' } = await app.command({ type: 'call', target });
  await app.until(
    (state, wanted) => state.calls.some((call) => call.id === wanted.id && call.phase.name === wanted.phase),
    { id, phase },
  );
  return id;
}

/** Somebody calls; returns both ends. */
export async function ring(
  { app, office }: Stage,
  from: { number: string; name?: string },
): Promise<{ call: OfficeCall; id: string }> {
  const before = (await app.state()).calls.map(({ id }) => id);
  const call = office.call('4410', from);
  const fresh = (state: PhoneState, known: string[]) =>
    state.calls.some(({ id, phase }) => phase.name === 'incoming' && !known.includes(id));
  const { calls } = await app.until(fresh, before);
  const found = calls.find(({ id }) => !before.includes(id));
  return { call, id: found?.id ?? '' };
}

/** Ends every call and waits until the ended ones are off the screen. */
export async function quiet(app: PhoneApp): Promise<void> {
  for (const { id, phase } of (await app.state()).calls) {
    if (phase.name !== 'ended') await app.command({ type: 'hang-up', callId: id });
  }
  await app.until((state) => state.calls.length === 0);
}

/** Goes to a view by the navigation. */
export async function view(page: Page, name: 'Recents' | 'Contacts' | 'Settings'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  // The pointer leaves, so that nothing is hovered on the picture.
  await page.mouse.move(0, 0);
}

/** Chromium's pretended devices by names as people have them. */
export async function nameDevices(media: Page): Promise<void> {
  await media.evaluate(() => {
    const { mediaDevices } = navigator;
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    const names: Record<string, string> = {
      'Fake Audio Input 1': 'Jabra Evolve2 65',
      'Fake Audio Output 1': 'Jabra Evolve2 65',
      'Fake Audio Input 2': 'Built-in microphone',
      'Fake Audio Output 2': 'Built-in speakers',
    };
    mediaDevices.enumerateDevices = async () =>
      (await list()).map((device) => {
        const { deviceId, groupId, kind, label } = device;
        const known = Object.keys(names).find((name) => label.endsWith(name));
        const shown = known === undefined ? label : label.replace(known, names[known] ?? known);
        return { deviceId, groupId, kind, label: shown, toJSON: () => ({}) };
      });
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });
}
