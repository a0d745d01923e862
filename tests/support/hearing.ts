// What a phone hears in a call: the frequency on the media window's own <audio>, taken in the page.
import type { Page } from 'playwright';
import { dominantFrequency, rms, slice, type Sound } from '../peers/support/tone.ts';
import { until } from '../peers/support/child.ts';
import type { PhoneApp } from './app.ts';

/** Loudest frequency in Hz that this call plays now; 0 for silence. */
async function frequencyInPage(callId: string): Promise<number> {
  const audio = [...document.querySelectorAll('audio')].find((one) => one.dataset['name'] === callId);
  if (!(audio?.srcObject instanceof MediaStream) || audio.muted || audio.paused) return 0;
  const context = new AudioContext();
  try {
    const analyser = context.createAnalyser();
    analyser.fftSize = 16_384;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(audio.srcObject).connect(analyser);
    const filled = analyser.fftSize / context.sampleRate;
    const start = context.currentTime;
    while (context.currentTime - start < filled * 1.3) await new Promise((next) => setTimeout(next, 20));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const level = Math.max(...bins);
    return level < -70 ? 0 : (bins.indexOf(level) * context.sampleRate) / analyser.fftSize;
  } finally {
    await context.close();
  }
}

/** The phone hears this tone within 2 %, soon. */
export async function expectPhoneHears(app: PhoneApp, callId: string, hz: number): Promise<void> {
  const media: Page = await app.page('media');
  let last = 0;
  await until(`${hz} Hz in the phone`, async () => {
    last = await media.evaluate(frequencyInPage, callId);
    return Math.abs(last - hz) <= hz * 0.02 ? true : null;
  }).catch((error: unknown) => {
    throw new Error(`The phone heard ${last} Hz instead of ${hz} Hz.`, { cause: error });
  });
}

/** The peer heard this tone within 2 %, soon: in the last half second of what it recorded. */
export async function expectPeerHears(peer: { heard(): Sound | null }, hz: number): Promise<void> {
  let last = 0;
  await until(`${hz} Hz at the peer`, () => {
    const sound = peer.heard();
    if (!sound || sound.seconds < 0.6) return null;
    const recent = slice(sound, -0.5, 0.5);
    last = rms(recent) > 300 ? dominantFrequency(recent) : 0;
    return Math.abs(last - hz) <= hz * 0.02 ? true : null;
  }).catch((error: unknown) => {
    throw new Error(`The peer heard ${last} Hz instead of ${hz} Hz.`, { cause: error });
  });
}

/** Rows and columns of the keypad in Hz (ITU-T Q.23). */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keys = ['123', '456', '789', '*0#'];

function keyFrequencies(key: string): [number, number] {
  const row = keys.findIndex((line) => line.includes(key));
  const [low, high] = [rows[row], columns[keys[row]?.indexOf(key) ?? -1]];
  if (low === undefined || high === undefined) throw new Error(`${key} is no key.`);
  return [low, high];
}

/** Starts to listen; `window.keyHeard` resolves when both frequencies sound at once. Runs in the page. */
async function listenForKey({ callId, pair }: { callId: string; pair: [number, number] }): Promise<void> {
  const audio = [...document.querySelectorAll('audio')].find((one) => one.dataset['name'] === callId);
  if (!(audio?.srcObject instanceof MediaStream)) throw new Error('This call plays nothing.');
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(audio.srcObject).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const binOf = (hz: number): number => Math.round((hz * analyser.fftSize) / context.sampleRate);
  const heard = new Promise<boolean>((done) => {
    const end = performance.now() + 5000;
    const look = (): void => {
      analyser.getFloatFrequencyData(bins);
      const both = pair.every((hz) => (bins[binOf(hz)] ?? -200) > -45);
      if (both || performance.now() > end) {
        void context.close();
        done(both);
      } else setTimeout(look, 10);
    };
    look();
  });
  Reflect.set(window, 'keyHeard', heard);
}

/** The phone hears the two tones of this key after it was pressed, where RFC 4733 events come to Chromium itself. */
export async function expectPhoneHearsKey(
  app: PhoneApp,
  callId: string,
  key: string,
  pressIt: () => Promise<void>,
): Promise<void> {
  const media: Page = await app.page('media');
  await media.evaluate(listenForKey, { callId, pair: keyFrequencies(key) });
  await pressIt();
  const heard: unknown = await media.evaluate(() => Reflect.get(window, 'keyHeard'));
  if (heard !== true) throw new Error(`The phone did not hear the key ${key}.`);
}
