// The composition root: makes the parts and hands them to each other. Nothing is decided here.
import { app, clipboard, dialog, protocol, safeStorage, shell as system, utilityProcess } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readArguments } from './desktop/arguments.ts';
import { registerScheme } from './desktop/app-protocol.ts';
import { watched } from './desktop/file-dialogs.ts';
import { lazyVault } from './desktop/lazy-vault.ts';
import { setStartAtLogin, startedAtLogin } from './desktop/login-item.ts';
import { lockNavigation } from './desktop/navigation.ts';
import { Helper, type Fork } from './desktop/processes.ts';
import { Shell } from './desktop/shell.ts';
import { openFile } from './desktop/open-file.ts';
import { saveFile } from './desktop/save-file.ts';
import { openVault } from './desktop/vault.ts';
import { createLogger, createTrace, systemClock } from './diagnostics/index.ts';
import { createHeadsets, createHostTransport } from './headset/index.ts';
import { createMedia, jitterBufferTrials } from './media/index.ts';
import { Phone, provision, startNotice } from './phone/index.ts';
import { startPracticeExchange } from './practice/index.ts';
import { openSettings } from './settings/index.ts';
import { createSip } from './sip/index.ts';
import { openLibrary } from './store/index.ts';

const given = readArguments(process.argv, process.cwd());
if (given.profile) app.setPath('userData', given.profile);
if (app.requestSingleInstanceLock()) void run();
else app.quit();

async function run(): Promise<void> {
  const profile = app.getPath('userData');
  const dist = join(app.getAppPath(), 'dist');
  mkdirSync(profile, { recursive: true });
  const log = createLogger({ directory: join(profile, 'logs') });
  process.on('uncaughtException', (error) => log.error('Not caught.', { error: error.stack ?? String(error) }));
  process.on('unhandledRejection', (reason) => log.error('Not handled.', { error: String(reason) }));

  app.enableSandbox();
  registerScheme(protocol);
  lockNavigation(app, log.child('navigation'));
  // Chromium must gather 127.0.0.1 for the peer connection to the engine (reference/media.md, section 8).
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
  app.commandLine.appendSwitch('force-fieldtrials', jitterBufferTrials);
  app.on('window-all-closed', () => {}); // the phone lives in the tray

  const clock = systemClock;
  const trace = createTrace();
  const fork: Fork = (script, args, options) => utilityProcess.fork(script, args, options);
  const engine = new Helper(fork, join(dist, 'engine.cjs'), 'Hookswitch media engine', log);
  const headsetHost = new Helper(fork, headsetHostScript(dist), 'Hookswitch headset', log);
  const shell = new Shell({ log, engine, phone: () => phone });
  // Links may come before there can be windows; the first one opens at start anyway.
  const openWindow = (view?: string): void => {
    if (app.isReady()) void shell.windows.openMain(view);
  };
  const vault = lazyVault(app.whenReady().then(() => openVault(profile, safeStorage, process.platform, log)));
  const library = openLibrary({
    file: join(profile, 'hookswitch.db'),
    log,
    startWorker: () => new Worker(join(dist, 'library.cjs')),
  });
  const fileDialogs = watched(dialog, (isOpen) => phone.fileDialog(isOpen));
  const settings = await openSettings({ directory: profile, log });
  const phone: Phone = new Phone({
    sip: createSip({
      log,
      trace,
      clock,
      userAgent: `Hookswitch/${app.getVersion()}`,
      instanceId: settings.instanceId,
      password: (accountId) => phone.password(accountId),
    }),
    media: createMedia({ log, engine, window: shell.media }),
    headsets: createHeadsets({ transport: createHostTransport(headsetHost), window: shell.media, clock, log }),
    settings,
    vault,
    library,
    startServerWorker: () => new Worker(join(dist, 'server.cjs')),
    trace,
    journal: log,
    folders: { profile, documents: app.getPath('documents') },
    startExchange: () => startPracticeExchange({ log, clock }),
    clock,
    log,
    engine: process.versions.electron ? `Electron ${process.versions.electron}` : 'Chromium host',
    version: app.getVersion(),
    systemLanguages: app.getPreferredSystemLanguages(),
    desktop: {
      setStartAtLogin: (on) =>
        setStartAtLogin(app, process.platform, on, app.getPath('appData'), [
          process.env['APPIMAGE'] ?? process.execPath,
          ...(app.isPackaged ? [] : [app.getAppPath()]),
        ]),
      openWindow,
      popUpWorks: () => shell.windows.popUpWorks(),
      saveFile: (file) => saveFile(fileDialogs, shell.windows.main, app.getPath('documents'), file),
      openFile: (wanted) => openFile(fileDialogs, shell.windows.main, wanted),
      copyText: async (text) => clipboard.writeText(text),
      showFile: (path) => system.showItemInFolder(path),
    },
  });

  if (settings.recovered) phone.notice(startNotice('settings', 'Settings were damaged', settings.recovered));
  phone.start();
  if (given.provision) void provision(given.provision, phone);
  if (given.practice) void phone.command({ type: 'start-practice' });
  if (given.link) phone.openLink(given.link);

  app.on('open-url', (event, url) => {
    event.preventDefault();
    phone.openLink(url);
  });
  app.on('second-instance', (_event, argv, cwd) => {
    const again = readArguments(argv, cwd);
    if (again.link) phone.openLink(again.link);
    else openWindow();
  });
  app.on('activate', () => openWindow());
  quitCleanly(shell, phone, [engine, headsetHost], () => log.flush());

  await app.whenReady();
  if (app.isPackaged) for (const scheme of ['tel', 'sip', 'sips', 'callto']) app.setAsDefaultProtocolClient(scheme);
  shell.start(startedAtLogin(app, process.platform, process.argv) && given.link === null);
  engine.start();
  headsetHost.start();
}

/** Calls end and accounts unregister before the processes do; both are bounded by their rooms. */
function quitCleanly(shell: Shell, phone: Phone, helpers: readonly Helper[], flush: () => Promise<void>): void {
  let closed = false;
  app.on('before-quit', (event) => {
    shell.windows.quitting();
    if (closed) return;
    event.preventDefault();
    const finish = () => {
      closed = true;
      for (const helper of helpers) helper.stop();
      app.quit();
    };
    phone.close().then(flush, flush).then(finish, finish);
  });
}

/** Unpackaged, tests put a virtual headset's host in the place of the real one; see tests/headset. */
function headsetHostScript(dist: string): string {
  const other = process.env['HOOKSWITCH_HEADSET_HOST'];
  return !app.isPackaged && other ? other : join(dist, 'headset-host.cjs');
}
