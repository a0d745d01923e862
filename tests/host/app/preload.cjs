// The fixture's bridge.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('fixture', {
  platform: process.platform,
  argv: process.argv,
  echo: (value) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  seal: (text) => ipcRenderer.invoke('seal', text),
  add: (a, b) => a + b,
  nested: { later: async (value) => value },
  onSay(listener) {
    const heard = (_event, text) => listener(text);
    ipcRenderer.on('say', heard);
    return () => ipcRenderer.off('say', heard);
  },
  sendPort() {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage('port', 'take this', [port2]);
    return new Promise((resolve) => {
      port1.addEventListener('message', ({ data }) => resolve(data));
      port1.start();
      port1.postMessage(new Map([['key', 1]]));
    });
  },
});

// A port cannot cross the bridge; it goes to the page as a window message.
ipcRenderer.on('engine-port', (event) => window.postMessage('engine-port', '*', [event.ports[0]]));
