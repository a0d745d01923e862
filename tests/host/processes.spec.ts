// Origins, processes, sandbox and crashes on the Chromium host.
import { expect, test, type HostElectron } from './launch.ts';

/** Process of each window's page. */
const processes = `[...world.windows].map(([name, window]) => [name, window.isDestroyed() ? 0 : window.webContents.getOSProcessId()])`;

test('each origin has a renderer process of its own', async ({ fixture: { app, open } }) => {
  await open('incoming');
  await open('media', { show: false });
  const all = new Map<string, number>(await app.evaluate((_electron, script) => eval(script), processes));
  const pids = ['main', 'incoming', 'media'].map((name) => all.get(name));
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
