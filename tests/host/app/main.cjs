// An ordinary Electron app that uses what Hookswitch uses; it knows nothing of the Chromium host.
const electron = require('electron');
const { app, BrowserWindow, ipcMain, MessageChannelMain, nativeTheme, protocol, safeStorage, session, Tray } = electron;
const { globalShortcut, Menu, nativeImage, Notification, powerMonitor, utilityProcess } = electron;
const path = require('node:path');

const profile = process.argv.at(process.argv.indexOf('--profile') + 1);
app.setPath('userData', profile);
app.commandLine.appendSwitch('use-fake-device-for-media-stream');
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);

const csp = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";
const files = {
  '/': ['text/html', '<!doctype html><title>Fixture</title><h1>Fixture</h1><script src="/page.js"></script>'],
  '/page.js': ['text/javascript', 'globalThis.loaded = true;'],
  '/worklet.js': [
    'text/javascript',
    'registerProcessor("silence", class extends AudioWorkletProcessor { process() {} });',
  ],
  '/worker.js': ['text/javascript', 'postMessage("from the worker");'],
  '/large': ['application/octet-stream', Buffer.alloc(3_000_000, 7)],
};

/** What happened, for specs to read. */
const log = [];
/** What lives on between messages from specs. */
const world = { app, log, windows: new Map(), engine: null };
globalThis.world = world;

function open(name, options = {}) {
  const window = new BrowserWindow({
    width: 400,
    height: 300,
    ...options,
    webPreferences: { preload: path.join(__dirname, 'preload.cjs'), sandbox: true, ...options.webPreferences },
  });
  world.windows.set(name, window);
  for (const event of ['show', 'hide', 'focus', 'blur', 'close', 'closed'])
    window.on(event, () => log.push(`${name} ${event}`));
  window.webContents.on('render-process-gone', (_event, details) => log.push(`${name} gone ${details.reason}`));
  window.webContents.on('console-message', ({ level, message }) => log.push(`${name} console ${level} ${message}`));
  return { window, loaded: window.loadURL(`app://${name}/`) };
}
world.open = open;

if (!app.requestSingleInstanceLock({ hello: 1 })) app.exit(7);
app.on('second-instance', (_event, argv, _cwd, data) => log.push(`second ${argv.at(-1)} ${data.hello}`));
app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(({ url }) => {
    log.push(`open ${url}`);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    log.push(`navigate ${event.url}`);
    event.preventDefault();
  });
});
app.on('window-all-closed', () => {});

void app.whenReady().then(async () => {
  protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url);
    const [type, body] = files[pathname] ?? ['text/plain', 'Not found'];
    const status = pathname in files ? 200 : 404;
    return new Response(body, { status, headers: { 'content-type': type, 'content-security-policy': csp } });
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(
      permission === 'media' &&
        details.requestingUrl.startsWith('app://media/') &&
        (world.camera || !details.mediaTypes.includes('video')),
    ),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === 'media' && origin.startsWith('app://media'),
  );
  ipcMain.handle('echo', (event, value) => ({ value, url: event.senderFrame.url, origin: event.senderFrame.origin }));
  ipcMain.handle('fail', () => {
    throw new TypeError('boom');
  });
  ipcMain.handle('seal', async (_event, text) => {
    const sealed = await safeStorage.encryptStringAsync(text);
    const { result } = await safeStorage.decryptStringAsync(sealed);
    return { result, visible: sealed.includes(Buffer.from(text)) };
  });
  ipcMain.on('port', (event) => {
    const [port] = event.ports;
    port.on('message', ({ data }) => port.postMessage({ back: data }));
    port.start();
  });
  new Tray(nativeImage.createEmpty()).setContextMenu(
    Menu.buildFromTemplate([{ id: 'dark', label: 'Dark', click: () => (nativeTheme.themeSource = 'dark') }]),
  );
  new Notification({ title: 'Incoming call', body: '+1 555 0100' }).show();
  globalShortcut.register('F8', () => log.push('F8'));
  powerMonitor.on('resume', () => log.push('resume'));

  world.fork = () => {
    const engine = utilityProcess.fork(path.join(__dirname, 'engine.cjs'), [], {
      serviceName: 'fixture-engine',
      stdio: 'inherit',
    });
    world.engine = engine;
    engine.on('spawn', () => log.push('engine spawn'));
    engine.on('message', (message) => log.push(`engine says ${JSON.stringify(message)}`));
    engine.on('exit', (code) => log.push(`engine exit ${code}`));
    return engine;
  };
  /** As Hookswitch joins media engine and media window. */
  world.join = (name) => {
    const { port1, port2 } = new MessageChannelMain();
    world.engine.postMessage({ type: 'window' }, [port1]);
    world.windows.get(name).webContents.postMessage('engine-port', { type: 'engine' }, [port2]);
  };
  await open('main').loaded;
});
