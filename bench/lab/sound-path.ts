// From Answer to sound, and from mouth to ear: the media page in a real Chromium, the real engine, a phone played here.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodecName } from '../../contract/index.ts';
import { audioKinds } from '../../electron/media/sdp/codecs.ts';
import { FarEnd } from '../../tests/media/support/far-end.ts';
import { startLab } from '../../tests/media/support/media-lab.ts';
import { rms } from '../../tests/peers/support/tone.ts';
import { writeClicks } from './clicks.ts';

const rounds = 10;
const ringing = 700;
const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;
const now = (): number => performance.timeOrigin + performance.now();

/** Milliseconds from Answer (the moment SDP is answered, while it rang for 0.7 s) to our first packet, and to sound at both ends. */
export async function measureAnswers(): Promise<{ rtp: number[]; audible: number[] }> {
  const lab = await startLab({ microphone: 700 });
  const samples = { rtp: [] as number[], audible: [] as number[] };
  try {
    for (let round = 0; round < rounds; round++) {
      const far = await FarEnd.start(440);
      const callId = `answer-${round}`;
      await lab.media.open(callId, plain);
      await delay(ringing);
      await lab.page.evaluate(watchFirstSound, callId);
      const answered = now();
      far.sendTo(await lab.media.createAnswer(callId, far.sdp()));
      while (far.received.length === 0) await delay(1);
      samples.rtp.push(now() - answered);
      while (rms(far.heard(0.04)) < 300) await delay(1);
      const there = now();
      const here = Number(await lab.page.evaluate(() => Reflect.get(window, 'firstSound')));
      samples.audible.push(Math.max(here, there) - answered);
      lab.media.close(callId);
      far.close();
    }
  } finally {
    await lab.close();
  }
  return samples;
}

/**
 * Milliseconds from a click in the microphone to the same click in what is played, by a phone that sends every packet
 * back: one way out and one way in, as between two phones of this kind on a LAN. Sound devices are not in it.
 */
export async function measureMouthToEar(codec: CodecName): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-clicks-'));
  const microphoneFile = join(folder, 'clicks.wav');
  writeClicks(microphoneFile);
  const lab = await startLab({ microphone: 0, microphoneFile });
  const mirror = createSocket('udp4');
  mirror.bind(0, '127.0.0.1');
  await once(mirror, 'listening');
  mirror.on('message', (packet, { port, address }) => mirror.send(packet, port, address));
  try {
    await lab.media.open('mirror', { ...plain, codecs: [codec] });
    await lab.media.createOffer('mirror');
    const { pt, rtpmap } = audioKinds[codec];
    const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
    const media = [`m=audio ${mirror.address().port} RTP/AVP ${pt}`, `a=rtpmap:${pt} ${rtpmap}`, 'a=rtcp-mux', ''];
    await lab.media.setAnswer('mirror', [...lines, ...media].join('\r\n'));
    // The start of a call has its own, longer delay; this is the talk after it.
    await delay(5000);
    return await lab.page.evaluate(clickDelays, 'mirror');
  } finally {
    mirror.close();
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs in the page: `firstSound` is when the call plays something, ms since the epoch. */
function watchFirstSound(callId: string): void {
  const heard = new Promise<number>((done) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 256;
    const samples = new Float32Array(analyser.fftSize);
    let source: MediaStreamAudioSourceNode | null = null;
    const look = () => {
      const audio = document.querySelector<HTMLAudioElement>(`audio[data-name="${callId}"]`);
      if (!source && audio?.srcObject instanceof MediaStream) {
        source = context.createMediaStreamSource(audio.srcObject);
        source.connect(analyser);
      }
      analyser.getFloatTimeDomainData(samples);
      if (!samples.some((sample) => Math.abs(sample) > 0.02)) return void setTimeout(look, 2);
      void context.close();
      done(performance.timeOrigin + performance.now());
    };
    void context.resume().then(look);
  });
  Reflect.set(window, 'firstSound', heard);
}

/** Runs in the page: from each click in the microphone to the same one in the call's <audio>, ms. */
async function clickDelays(callId: string): Promise<number[]> {
  const audio = document.querySelector<HTMLAudioElement>(`audio[data-name="${callId}"]`);
  if (!(audio?.srcObject instanceof MediaStream)) throw new Error('nothing is played');
  const microphone = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  await context.resume();
  const source = `registerProcessor('clicks', class extends AudioWorkletProcessor {
    last = [-1, -1];
    process(inputs) {
      inputs.forEach((input, index) => (input[0] ?? []).forEach((sample, at) => {
        const time = currentTime + at / sampleRate;
        if (Math.abs(sample) > 0.1 && time - this.last[index] > 0.5) {
          this.last[index] = time;
          this.port.postMessage({ index, time });
        }
      }));
      return true;
    }
  })`;
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const node = new AudioWorkletNode(context, 'clicks', { numberOfInputs: 2 });
  context.createMediaStreamSource(microphone).connect(node, 0, 0);
  context.createMediaStreamSource(audio.srcObject).connect(node, 0, 1);
  const delays: number[] = [];
  let said = -1;
  await new Promise<void>((done) => {
    setTimeout(done, 20_000);
    node.port.addEventListener('message', ({ data }: MessageEvent<{ index: number; time: number }>) => {
      if (data.index === 0) said = data.time;
      else if (said >= 0 && data.time > said) {
        delays.push((data.time - said) * 1000);
        said = -1;
      }
    });
    node.port.start();
  });
  microphone.getTracks().forEach((track) => track.stop());
  await context.close();
  return delays;
}
