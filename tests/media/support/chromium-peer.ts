// A page of Chromium as a phone of its own: one peer connection that plays a tone, and what it hears.
import type { Page } from 'playwright';
import type { CodecName } from '../../../contract/index.ts';

/** Answers an offer, first or later, with this codec alone and with this tone. */
export function answerAsChromium(page: Page, offer: string, codec: CodecName, hz: number): Promise<string> {
  return page.evaluate(
    async ({ offer, codec, hz }) => {
      const known: unknown = Reflect.get(window, 'peerUnderTest');
      const peer = known instanceof RTCPeerConnection ? known : new RTCPeerConnection();
      if (peer !== known) {
        Reflect.set(window, 'peerUnderTest', peer);
        const context = new AudioContext();
        await context.resume();
        const tone = new OscillatorNode(context, { frequency: hz });
        const out = context.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        for (const track of out.stream.getTracks()) peer.addTrack(track, out.stream);
        peer.addEventListener('track', ({ track }) => {
          const audio = new Audio();
          audio.srcObject = new MediaStream([track]);
          Reflect.set(window, 'heardByPeer', audio.srcObject);
          void audio.play();
        });
      }
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      const [transceiver] = peer.getTransceivers();
      const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
      const wanted = ['audio/telephone-event', `audio/${codec.toLowerCase()}`];
      transceiver?.setCodecPreferences(
        codecs
          .filter(({ mimeType }) => wanted.includes(mimeType.toLowerCase()))
          .toSorted((a) => (a.mimeType.endsWith('event') ? 1 : -1)),
      );
      await peer.setLocalDescription();
      while (peer.iceGatheringState !== 'complete') {
        await new Promise((next) => peer.addEventListener('icegatheringstatechange', next, { once: true }));
      }
      return peer.localDescription?.sdp ?? '';
    },
    { offer, codec, hz },
  );
}

/** The loudest frequency that it hears now, Hz; 0 for silence. */
export function chromiumHears(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const stream: unknown = Reflect.get(window, 'heardByPeer');
    if (!(stream instanceof MediaStream)) return 0;
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    const filled = analyser.fftSize / context.sampleRate;
    while (context.currentTime < filled + 0.05) await new Promise((next) => setTimeout(next, 10));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const level = Math.max(...bins.slice(2));
    const best = bins.indexOf(level);
    await context.close();
    return level < -70 ? 0 : (best * context.sampleRate) / analyser.fftSize;
  });
}

export async function pressAsChromium(page: Page, digit: string): Promise<void> {
  await page.evaluate((key) => {
    const peer: unknown = Reflect.get(window, 'peerUnderTest');
    if (peer instanceof RTCPeerConnection) peer.getSenders()[0]?.dtmf?.insertDTMF(key, 600);
  }, digit);
}

export async function hangUpAsChromium(page: Page): Promise<void> {
  await page.evaluate(() => {
    const peer: unknown = Reflect.get(window, 'peerUnderTest');
    if (peer instanceof RTCPeerConnection) peer.close();
    Reflect.set(window, 'peerUnderTest', null);
    Reflect.set(window, 'heardByPeer', null);
  });
}

/** The page hears both tones of a key after it was pressed: in the call's <audio>, or as a peer of its own (null). */
export async function hearsKey(
  page: Page,
  callId: string | null,
  pair: readonly [number, number],
  press: () => Promise<void>,
): Promise<boolean> {
  await page.evaluate(
    async ({ callId, pair }) => {
      const audio = document.querySelector<HTMLAudioElement>(`audio[data-name="${callId}"]`);
      const stream: unknown = callId === null ? Reflect.get(window, 'heardByPeer') : audio?.srcObject;
      if (!(stream instanceof MediaStream)) throw new Error('nothing to listen to');
      const context = new AudioContext();
      await context.resume();
      const analyser = context.createAnalyser();
      analyser.fftSize = 2048;
      analyser.smoothingTimeConstant = 0;
      context.createMediaStreamSource(stream).connect(analyser);
      const bins = new Float32Array(analyser.frequencyBinCount);
      const heard = new Promise<boolean>((done) => {
        const end = performance.now() + 5000;
        const look = () => {
          analyser.getFloatFrequencyData(bins);
          const level = (hz: number) => bins[Math.round((hz * analyser.fftSize) / context.sampleRate)] ?? -200;
          const both = pair.every((hz) => level(hz) > -45);
          if (!both && performance.now() < end) return void setTimeout(look, 10);
          void context.close();
          done(both);
        };
        look();
      });
      Reflect.set(window, 'keyHeard', heard);
    },
    { callId, pair },
  );
  await press();
  return (await page.evaluate(() => Reflect.get(window, 'keyHeard'))) === true;
}
