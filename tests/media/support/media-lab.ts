// The media room with everything real but Electron: the media page in Chromium, the engine in its process, main in here.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { defaultPreferences, type Logger, type Problem } from '../../../contract/index.ts';
import { createMedia, jitterBufferTrials, type Channel, type Media } from '../../../electron/media/index.ts';
import { writeTone } from '../../peers/support/tone.ts';
import { startEngine, type EngineProcess } from './engine-process.ts';

const root = join(import.meta.dirname, '../../..');

export interface MediaLab {
  readonly media: Media;
  readonly page: Page;
  readonly engine: EngineProcess;
  /** What the listener heard, in words such as `digit c1 5`. */
  readonly said: string[];
  /** Resolves when something that starts like this was said. */
  says(start: string): Promise<string>;
  /** The loudest frequency that this call plays to the person now, Hz; 0 for silence. */
  hears(callId: string): Promise<number>;
  /** Takes the microphone away, as unplugging does, or refuses it by this error's name; null: gives it back. */
  breakMicrophone(error: string | null): Promise<void>;
  /** Microphone tracks that are open now. */
  openMicrophones(): Promise<number>;
  /** Ends the engine's process and starts another, as desktop/ does. */
  restartEngine(): Promise<void>;
  /** Loads the media page anew, as after a crash. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface LabOptions {
  /** Tone that the microphone hears, Hz. */
  microphone: number;
  /** What it hears in place of the tone: a WAV file. */
  microphoneFile?: string;
  /** Runs in the page before anything else. */
  prepare?: () => void;
}

/** Starts Chromium, page and engine. */
export async function startLab({ microphone, microphoneFile, prepare }: LabOptions): Promise<MediaLab> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-media-'));
  await bundle(folder);
  const tone = join(folder, 'microphone.wav');
  writeTone(tone, microphone, 60, 48_000);
  const server = await serve(join(folder, 'page.js'));
  const engine = startEngine(folder);
  const context = await launch(join(folder, 'profile'), microphoneFile ?? tone);
  const page = context.pages()[0] ?? (await context.newPage());
  const window = await joinWindow(page, engine);
  if (prepare) await page.addInitScript(prepare);
  await page.goto(`http://localhost:${server.port}/`);
  await window.givePort();

  const said: string[] = [];
  const waiting = new Set<() => void>();
  const say = (...words: unknown[]) => {
    said.push(words.map(String).join(' '));
    for (const look of waiting) look();
  };
  const media = createMedia({ log: quietLog(say), engine: engine.channel, window: window.channel });
  media.listen({
    digit: (callId, digit) => say('digit', callId, digit),
    negotiated: (callId, what) => say('negotiated', callId, what.codec, what.encrypted ? 'encrypted' : 'plain'),
    remoteHold: (callId, held) => say('remote-hold', callId, held),
    devices: (devices) => say('devices', JSON.stringify(devices)),
    problem: (callId, problem: Problem | null) => say('problem', callId, problem?.code ?? 'none'),
    firstPacket: (callId, direction) => say('first-packet', callId, direction),
    quality: (callId, quality, silent) => say('quality', callId, JSON.stringify({ ...quality, silent })),
    recordingFailed: (callId, { problem }) => say('recording-failed', callId, problem.code),
    soundTest: (state) => say('sound-test', JSON.stringify(state)),
  });
  // Echo cancelling and noise suppression take a steady tone for noise.
  media.setPreferences({ ...defaultPreferences, voiceProcessing: false });
  return {
    media,
    page,
    engine,
    said,
    says: (start) => {
      const heard = Promise.withResolvers<string>();
      const look = () => {
        const found = said.find((line) => line.startsWith(start));
        if (found === undefined) return;
        waiting.delete(look);
        heard.resolve(found);
      };
      waiting.add(look);
      look();
      return heard.promise;
    },
    hears: (callId) => page.evaluate(loudest, callId),
    breakMicrophone: (error) => page.evaluate((name) => Reflect.get(window, 'lab').breakMicrophone(name), error),
    openMicrophones: () => page.evaluate(() => Reflect.get(window, 'lab').openMicrophones()),
    async restartEngine() {
      await engine.restart();
      await window.givePort();
    },
    async reload() {
      await page.reload();
      await window.givePort();
    },
    async close() {
      await context.close();
      await engine.stop();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function bundle(folder: string): Promise<void> {
  const common = { bundle: true, logLevel: 'error', absWorkingDir: root } as const;
  await build({
    ...common,
    entryPoints: ['electron/media/engine/main.ts'],
    outfile: join(folder, 'engine.cjs'),
    platform: 'node',
    format: 'cjs',
  });
  await build({
    ...common,
    entryPoints: ['renderer/media/main.ts'],
    outfile: join(folder, 'page.js'),
    format: 'esm',
    target: 'chrome130',
    plugins: [workerUrls],
  });
}

/** What Vite makes of `import url from './x.ts?worker&url'`; here the URL holds the script itself. */
const workerUrls: Plugin = {
  name: 'worker-urls',
  setup(plugin) {
    plugin.onResolve({ filter: /\?worker&url$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?.*$/, '')),
      namespace: 'worker-url',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'worker-url' }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, write: false, format: 'iife' });
      const script = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
      return { contents: `export default 'data:text/javascript;base64,${script}'`, loader: 'js' };
    });
  },
};

async function serve(script: string): Promise<{ port: number; close(): void }> {
  const { readFileSync } = await import('node:fs');
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(script) : '<!doctype html><body><script type=module src=page.js></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function launch(profile: string, tone: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    ignoreDefaultArgs: ['--mute-audio', '--headless', '--headless=old'],
    args: [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${tone}`,
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      `--force-fieldtrials=${jitterBufferTrials}`,
    ],
  });
}

/** What the preload and desktop/ do in the app: the bridge, and a port between page and engine. */
async function joinWindow(page: Page, engine: EngineProcess): Promise<{ channel: Channel; givePort(): Promise<void> }> {
  const listeners = new Set<(message: unknown) => void>();
  await page.exposeFunction('toMain', (message: unknown) => listeners.forEach((listener) => listener(message)));
  await page.exposeFunction('toEngine', (message: unknown) => engine.fromWindow(message));
  await page.addInitScript(() => {
    const mainListeners = new Set<(message: unknown) => void>();
    const tracks: MediaStreamTrack[] = [];
    let refusal: string | null = null;
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      if (refusal) throw new DOMException('broken by the test', refusal);
      const stream = await getUserMedia(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
    const lab = {
      openMicrophones: () => tracks.filter((track) => track.readyState === 'live').length,
      breakMicrophone: (error: string | null) => {
        refusal = error;
        if (error) {
          for (const track of tracks.filter(({ readyState }) => readyState === 'live')) {
            track.stop();
            track.dispatchEvent(new Event('ended'));
          }
        } else {
          devices.dispatchEvent(new Event('devicechange'));
        }
      },
      fromMain: (message: unknown) => mainListeners.forEach((listener) => listener(message)),
      fromEngine: (_message: unknown) => {},
      givePort: () => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', ({ data }) => Reflect.get(window, 'toEngine')(data));
        port1.start();
        lab.fromEngine = (message) => port1.postMessage(message);
        window.postMessage('hookswitch:engine-port', '*', [port2]);
      },
    };
    const media = {
      send: (message: unknown) => Reflect.get(window, 'toMain')(message),
      onMessage: (listener: (message: unknown) => void) => {
        mainListeners.add(listener);
        return () => mainListeners.delete(listener);
      },
    };
    Object.assign(window, { lab, hookswitch: { platform: 'linux', media } });
  });
  const call = async (name: string, message: unknown) => {
    await page.evaluate(
      ([method, data]) => Reflect.get(Reflect.get(window, 'lab'), String(method))(data),
      [name, message],
    );
  };
  engine.onWindowMessage((message) => void call('fromEngine', message).catch(() => {}));
  return {
    givePort: async () => {
      engine.join();
      await call('givePort', null);
    },
    channel: {
      // A page that is being loaded hears nothing, as in the app.
      send: (message) => void call('fromMain', message).catch(() => {}),
      onMessage: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onGone: () => () => {},
      onRestart: () => () => {},
    },
  };
}

/** Runs in the page: looks at what the call's <audio> plays. */
async function loudest(callId: string): Promise<number> {
  const audio = document.querySelector<HTMLAudioElement>(`audio[data-name="${callId}"]`);
  if (!audio || audio.muted || audio.paused || !(audio.srcObject instanceof MediaStream)) return 0;
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 16_384;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(audio.srcObject).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const filled = analyser.fftSize / context.sampleRate;
  while (context.currentTime < filled + 0.1) await new Promise((resolve) => setTimeout(resolve, 20));
  analyser.getFloatFrequencyData(bins);
  let best = 2;
  bins.forEach((level, bin) => {
    if (bin > 2 && level > (bins[best] ?? -200)) best = bin;
  });
  const level = bins[best] ?? -200;
  await context.close();
  return level < -70 ? 0 : (best * context.sampleRate) / analyser.fftSize;
}

function quietLog(say: (...words: unknown[]) => void): Logger {
  const log: Logger = {
    debug: () => {},
    info: () => {},
    warn: (message, details) => say('log', message, JSON.stringify(details)),
    error: (message, details) => say('log', message, JSON.stringify(details)),
    child: () => log,
  };
  return log;
}
