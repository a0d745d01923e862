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
