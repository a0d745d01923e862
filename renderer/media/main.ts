// The media window's start: joins the bridge to the main process, the port to the engine, and the room between them.
import { channels } from '../../contract/channels.ts';
import { EnginePort } from './engine-port.ts';
import { MediaWindow } from './media-window.ts';
import { offerHidDevices } from './hid-offers.ts';
import { warmUp } from './warm-up.ts';

const bridge = window.hookswitch.media;
if (!bridge) throw new Error('the media page runs in the media window only');

const enginePort = new EnginePort();
window.addEventListener('message', ({ data, ports }) => {
  if (data === channels.enginePort && ports[0]) enginePort.use(ports[0]);
});

const room = new MediaWindow({ enginePort, toMain: (event) => bridge.send(event) });
bridge.onMessage((message) => room.receive(message));
bridge.send({ type: 'ready' });
// Linux and macOS tell descriptors themselves; there the permission is refused as well.
if (window.hookswitch.platform === 'win32') offerHidDevices(navigator.hid, (offer) => bridge.send(offer));
void warmUp();
