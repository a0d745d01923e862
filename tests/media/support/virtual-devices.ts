// A seam behind navigator.mediaDevices: Chromium's fake devices can be plugged out and in, as a person does.
import type { Page } from 'playwright';

declare global {
  interface Window {
    virtualDevices: {
      /** Takes every device with this in its label away, or brings it back. */
      plug(label: string, there: boolean): void;
      /** Of the microphone that was opened last. */
      settings(): MediaTrackSettings;
    };
  }
}

/** Runs in the page before the product's own code. */
export function installVirtualDevices(): void {
  const devices = navigator.mediaDevices;
  const away = new Set<string>();
  const isAway = (label: string) => [...away].some((one) => label.includes(one));
  const tracks: MediaStreamTrack[] = [];
  const enumerate = devices.enumerateDevices.bind(devices);
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.enumerateDevices = async () => (await enumerate()).filter(({ label }) => !isAway(label));
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    for (const track of stream.getTracks()) {
      if (!isAway(track.label)) {
        tracks.push(track);
        continue;
      }
      track.stop();
      throw new DOMException('it is not there', 'NotFoundError');
    }
    return stream;
  };
  window.virtualDevices = {
    settings: () => tracks.findLast(({ readyState }) => readyState === 'live')?.getSettings() ?? {},
    plug(label, there) {
      if (there) away.delete(label);
      else away.add(label);
      for (const track of tracks.splice(0)) {
        if (track.readyState !== 'live') continue;
        if (!isAway(track.label)) {
          tracks.push(track);
          continue;
        }
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      devices.dispatchEvent(new Event('devicechange'));
    },
  };
}

export async function plug(page: Page, label: string, there: boolean): Promise<void> {
  await page.evaluate(([name, is]) => window.virtualDevices.plug(String(name), Boolean(is)), [label, there]);
}
