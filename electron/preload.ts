// The preload: the one bridge between a window and the main process. Grouped by topic; subscriptions return a disposer.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { channels, windowArgument } from '../contract/channels.ts';
import type { Bridge, Command, PhoneState, Query } from '../contract/index.ts';

/** What the main process sends on each channel. */
interface FromMain {
  [channels.state]: PhoneState;
  [channels.show]: string;
  [channels.media]: unknown;
}

/** Listens until the disposer is called; the event object never crosses the bridge. */
function listen<C extends keyof FromMain>(channel: C, listener: (value: FromMain[C]) => void): () => void {
  const relay = (_event: IpcRendererEvent, value: FromMain[C]) => listener(value);
  ipcRenderer.on(channel, relay);
  return () => {
    ipcRenderer.off(channel, relay);
  };
}

const phone = {
  command: (command: Command) => ipcRenderer.invoke(channels.command, command),
  query: (query: Query) => ipcRenderer.invoke(channels.query, query),
  onState: (listener: (state: PhoneState) => void) => {
    let latest = -1;
    const newer = (state: PhoneState | null) => {
      if (!state || state.revision <= latest) return;
      latest = state.revision;
      listener(state);
    };
    const dispose = listen(channels.state, newer);
    void ipcRenderer.invoke(channels.currentState).then(newer);
    return dispose;
  },
  onShow: (listener: (view: string) => void) => listen(channels.show, listener),
} satisfies Bridge['phone'];

const media = {
  send: (message: unknown) => ipcRenderer.send(channels.media, message),
  onMessage: (listener: (message: unknown) => void) => listen(channels.media, listener),
} satisfies Bridge['media'];

const isMedia = process.argv.includes(`${windowArgument}media`);

// A port cannot cross the context bridge: it goes to the page as a window message (same document, so our own page only).
if (isMedia) {
  ipcRenderer.on(channels.enginePort, (event) => {
    window.postMessage(channels.enginePort, '*', [...event.ports]);
  });
}

contextBridge.exposeInMainWorld('hookswitch', {
  platform: process.platform,
  phone,
  ...(isMedia ? { media } : {}),
} satisfies Bridge);
