// How long both sides hear nothing after something was killed: by packets on the wire, and by what the media window plays.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { captureLoopback, readCapture } from '../../peers/support/capture.ts';
import { until } from '../../peers/support/child.ts';
import type { Baresip } from '../../peers/support/index.ts';
import { inWindow } from '../../peers/support/window-hand.ts';
import type { PhoneApp } from '../../support/app.ts';

export interface Silence {
  /** From the kill until the media window played their tone again, ms. */
  here: number;
  /** Longest time without a packet of ours on the wire, ms. */
  there: number;
}

/** What Chromium's concealment still plays of a stream that stopped, ms: only later sound is new sound. */
const concealment = 400;
const patience = 15_000;

/** Kills, and waits until sound is back both ways. */
export async function silenceAfter(
  app: PhoneApp,
  callId: string,
  peer: Baresip,
  theirHz: number,
  kill: () => Promise<void> | void,
): Promise<Silence> {
  const file = join(peer.folder, `silence-${callId}.pcap`);
  const capture = await captureLoopback(file, `udp dst port ${rtpPortOf(peer)}`);
  try {
    const packets = () => rtpTimes(file);
    const flowing = (since: number) =>
      until('packets to the peer', () => (packets().filter((at) => at >= since).length >= 25 ? true : null), patience);
    await flowing(Date.now());
    const killed = Date.now();
    await kill();
    const back = await until('their tone in the media window', () => heardAt(app, callId, theirHz, killed), patience);
    await flowing(back);
    const times = packets();
    const pauses = times.map((at, index) => at - (times[index - 1] ?? at));
    return { here: back - killed, there: Math.max(...pauses) };
  } finally {
    await capture.stop();
    rmSync(file, { force: true });
  }
}

/** Now, when the media window plays the tone; null while it does not, or while it may only conceal. */
async function heardAt(app: PhoneApp, callId: string, hz: number, killed: number): Promise<number | null> {
  if (Date.now() - killed < concealment) return null;
  const script = `(${loudest.toString()})(${JSON.stringify(callId)})`;
  const heard = Number(await inWindow(app, 'media', script).catch(() => 0));
  return Math.abs(heard - hz) <= hz * 0.05 ? Date.now() : null;
}

/** Runs in the page: the loudest frequency of the last 85 ms. */
async function loudest(callId: string): Promise<number> {
  const audio = document.querySelector<HTMLAudioElement>(`audio[data-name="${callId}"]`);
  if (!audio || audio.muted || audio.paused || !(audio.srcObject instanceof MediaStream)) return 0;
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(audio.srcObject).connect(analyser);
    const end = context.currentTime + analyser.fftSize / context.sampleRate + 0.02;
    while (context.currentTime < end) await new Promise((next) => setTimeout(next, 5));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const level = Math.max(...bins.slice(2));
    return level < -60 ? 0 : (bins.indexOf(level) * context.sampleRate) / analyser.fftSize;
  } finally {
    await context.close();
  }
}

function rtpTimes(file: string): number[] {
  return readCapture(file)
    .filter(({ payload }) => payload.length > 12 && payload.readUInt8(0) >> 6 === 2)
    .map(({ at }) => at);
}

/** From the last SDP that it sent. */
function rtpPortOf(peer: Baresip): number {
  const sent = new RegExp(`UDP \\S+:${peer.sipPort} -> [^#]*?m=audio (\\d+)`, 'g');
  const port = [...peer.log().matchAll(sent)].at(-1)?.[1];
  if (port === undefined) throw new Error('baresip has sent no SDP.');
  return Number(port);
}
