// Origins, processes, sandbox and crashes on the Chromium host.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchFixture, test, type HostElectron } from './launch.ts';

test('each origin has a renderer process of its own', async ({ fixture: { app, open } }) => {
  await open('incoming');
  await open('media', { show: false });
  const pids = await app.evaluate(() =>
    ['main', 'incoming', 'media'].map((name) => world.windows.get(name)?.webContents.getOSProcessId()),
  );
  expect(new Set(pids).size).toBe(3);
  expect(pids.every((pid) => pid !== undefined && pid > 1)).toBe(true);
});

test('the sandbox of the pages is real', async ({ fixture: { app } }) => {
  const state = await app.evaluate((electron) => (electron as HostElectron).chromiumHost.sandboxState());
  test.skip(state.startsWith('not shown'), state);
  expect(state).toBe('real');
});

test('killing one renderer ends that page only, and it can be loaded again', async ({ fixture }) => {
  const { app, main, open, logged, log } = fixture;
  await open('victim');
  const pid = await app.evaluate(() => world.windows.get('victim')?.webContents.getOSProcessId() ?? 0);
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, 'SIGKILL');
  await logged('victim gone killed');
  expect(await main.evaluate('1 + 1')).toBe(2);
  expect((await log()).filter((line) => / gone /.test(line))).toEqual(['victim gone killed']);
  const again = await app.evaluate(async () => {
    const window = world.windows.get('victim');
    await window?.loadURL('app://victim/');
    return window?.webContents.executeJavaScript('globalThis.loaded && document.title');
  });
  expect(again).toBe('Fixture');
});

test('forcefullyCrashRenderer crashes, reload brings the page back', async ({ fixture: { app, open, logged } }) => {
  await open('crasher');
  await app.evaluate(() => world.windows.get('crasher')?.webContents.forcefullyCrashRenderer());
  await logged('crasher gone crashed');
  expect(
    await app.evaluate(async () => {
      const contents = world.windows.get('crasher')?.webContents;
      const loaded = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(null)));
      contents?.reload();
      await loaded;
      return contents?.executeJavaScript('fixture.add(1, 2)');
    }),
  ).toBe(3);
});

test('a window can be destroyed and made again', async ({ fixture: { app, open, logged } }) => {
  await open('again');
  await app.evaluate(() => world.windows.get('again')?.destroy());
  await logged('again closed');
  const page = await open('again');
  expect(await page.textContent('h1')).toBe('Fixture');
});

test('the policy of protocol.handle is enforced, and its violations show', async ({ fixture }) => {
  const { main, logged } = fixture;
  expect(
    await main.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.evil = true';
      document.body.append(script);
      return Reflect.get(globalThis, 'evil');
    }),
  ).toBeUndefined();
  await logged(/main console error .*Content Security Policy/);
});

test('workers, worklets and large files are served', async ({ fixture: { main } }) => {
  expect(
    await main.evaluate(async () => {
      const worker = new Worker('/worker.js');
      const said = await new Promise((resolve) => {
        worker.addEventListener('message', ({ data }) => resolve(data));
      });
      const context = new AudioContext();
      await context.audioWorklet.addModule('/worklet.js');
      const node = new AudioWorkletNode(context, 'silence');
      const bytes = new Uint8Array(await (await fetch('/large')).arrayBuffer());
      return [said, node.numberOfOutputs, bytes.length, bytes.at(-1), (await fetch('/none')).status];
    }),
  ).toEqual(['from the worker', 1, 3_000_000, 7, 404]);
});

test('navigation and new windows are refused by the app', async ({ fixture: { app, main, logged } }) => {
  const before = app.windows().length;
  await main.evaluate(() => {
    window.open('https://example.invalid/window');
    location.href = 'https://example.invalid/page';
  });
  await logged('open https://example.invalid/window');
  await logged('navigate https://example.invalid/page');
  expect(await main.evaluate('location.pathname + globalThis.loaded')).toBe('/true');
  expect(app.windows().length).toBe(before);
});

test('permissions are those of the origin', async ({ fixture: { main, open } }) => {
  const query = async () => {
    const names = ['microphone', 'camera', 'geolocation', 'notifications', 'midi'];
    const states = names.map(async (name) => (await navigator.permissions.query({ name: name as 'microphone' })).state);
    return Promise.all(states);
  };
  const media = await open('media', { show: false });
  expect(await media.evaluate(query)).toEqual(['granted', 'denied', 'denied', 'denied', 'denied']);
  expect(await main.evaluate(query)).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  expect(
    await media.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const [track] = stream.getAudioTracks();
      const video = await navigator.mediaDevices.getUserMedia({ video: true }).catch((error: Error) => error.name);
      return [track?.readyState, video];
    }),
  ).toEqual(['live', 'NotAllowedError']);
});

test('a permission follows what the app says of it later', async ({ fixture: { app, open } }) => {
  const media = await open('media', { show: false });
  const camera = () => media.evaluate(async () => (await navigator.permissions.query({ name: 'camera' })).state);
  for (const [on, state] of [
    [true, 'granted'],
    [false, 'denied'],
  ] as const) {
    await app.evaluate((_electron, allowed) => {
      world.camera = allowed;
    }, on);
    await expect.poll(camera).toBe(state);
  }
});

/** A second of a 1 kHz tone: RIFF, PCM, 16 bits, 48 kHz, one channel. */
function tone(): Buffer {
  const rate = 48_000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + rate * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(rate * 2, 40);
  const samples = Int16Array.from({ length: rate }, (_, at) => 12_000 * Math.sin((2 * Math.PI * 1_000 * at) / rate));
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

test('the fake microphone plays a file that only its owner may read, and WebRTC carries it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'host-spec-'));
  const file = join(directory, 'tone.wav');
  writeFileSync(file, tone(), { mode: 0o600 });
  const fixture = await launchFixture(directory, `--use-file-for-fake-audio-capture=${file}`);
  const media = await fixture.open('media', { show: false });
  const heard = await media.evaluate(async () => {
    const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: raw });
    const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
    near.addEventListener('icecandidate', ({ candidate }) => void far.addIceCandidate(candidate ?? undefined));
    far.addEventListener('icecandidate', ({ candidate }) => void near.addIceCandidate(candidate ?? undefined));
    for (const track of stream.getTracks()) near.addTrack(track, stream);
    const arrives = new Promise<MediaStream>((resolve) => {
      far.addEventListener('track', ({ streams: [first] }) => first && resolve(first));
    });
    await near.setLocalDescription();
    if (near.localDescription) await far.setRemoteDescription(near.localDescription);
    await far.setLocalDescription();
    if (far.localDescription) await near.setRemoteDescription(far.localDescription);
    const remote = await arrives;
    // Chromium lets a remote stream flow only into an element.
    const element = new Audio();
    element.srcObject = remote;
    element.muted = true;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 4096 });
    context.createMediaStreamSource(remote).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins));
      if ((bins[loudest] ?? -Infinity) > -50) return (loudest * context.sampleRate) / analyser.fftSize;
    }
  });
  expect(Math.abs(heard - 1_000)).toBeLessThan(25);
  await fixture.end();
});
