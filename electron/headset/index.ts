// The headset room's door: USB headsets as intents out and lamps in. Knows no SIP and no window.
export { createHeadsets } from './headsets.ts';
export { createHostTransport } from './host-transport.ts';
export { indicators } from './indicators.ts';
export { formatHeadsetTest } from './self-test-report.ts';
export {
  HidError,
  type CreateHeadsets,
  type Headsets,
  type HeadsetsListener,
  type HeadsetsOptions,
  type HidConnection,
  type HidDeviceInfo,
  type HidTransport,
  type HostChannel,
} from './types.ts';
