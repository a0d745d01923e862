// Offers that nobody here could answer are known before the phone rings.
import { expect, test } from 'vitest';
import { unusableOffer } from './unusable-offer.ts';

const offer = (media: string, ...attributes: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', media, ...attributes, ''].join('\r\n');

test('G.711 can be answered', () => {
  expect(unusableOffer(offer('m=audio 4000 RTP/AVP 0 101'), 'off')).toBeNull();
});

test('G.729 alone cannot', () => {
  const sdp = offer('m=audio 4000 RTP/AVP 18', 'a=rtpmap:18 G729/8000');
  expect(unusableOffer(sdp, 'off')).toMatchObject({ code: 'no-common-codec' });
});

test('plain RTP cannot where the account insists on encryption', () => {
  expect(unusableOffer(offer('m=audio 4000 RTP/AVP 0'), 'required')).toMatchObject({ code: 'encryption-required' });
});

test('WebRTC is left to the media window, and what is no SDP is said', () => {
  const webRtc = offer('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2', 'a=ice-ufrag:x', 'a=ice-pwd:y');
  const fingerprint = `a=fingerprint:sha-256 ${'AA:'.repeat(31)}AA\r\na=setup:actpass\r\n`;
  expect(unusableOffer(webRtc + fingerprint, 'off')).toBeNull();
  expect(unusableOffer('nonsense', 'off')).toMatchObject({ code: 'bad-sdp' });
});
