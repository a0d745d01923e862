// What the first call after boot would otherwise wait for: Chromium loads WebRTC and makes its threads on first use.
import { preferCodecs } from './peer.ts';

/** Makes a peer connection that goes nowhere, and ends it. */
export async function warmUp(): Promise<void> {
  const peer = new RTCPeerConnection();
  try {
    const transceiver = peer.addTransceiver('audio');
    preferCodecs(transceiver);
    await peer.setLocalDescription(await peer.createOffer());
  } finally {
    peer.close();
  }
}
