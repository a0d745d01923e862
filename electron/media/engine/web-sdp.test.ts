// The private SDP with the media window.
import { describe, expect, it } from 'vitest';
import { readWebOffer, writeWebAnswer } from './web-sdp.ts';

const offer = [
  'v=0',
  'o=- 4 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789012345678901',
  'a=fingerprint:sha-256 AA:bb:CC',
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  '',
].join('\r\n');

const transport = { ufrag: 'u', password: 'p', fingerprint: 'DD', port: 50_000, ssrc: 99 };

function answer(selection: Parameters<typeof writeWebAnswer>[2]): string {
  const read = readWebOffer(offer);
  if (!read) throw new Error('not read');
  return writeWebAnswer(read, transport, selection);
}

describe('the window’s offer', () => {
  it('is read for its transport and payload types', () => {
    expect(readWebOffer(offer)).toMatchObject({ ufrag: 'abcd', fingerprint: 'AA:BB:CC', mid: '0' });
    expect(readWebOffer(offer)?.payloadTypes.codecs.get('opus')).toBe(111);
    expect(readWebOffer(offer)?.payloadTypes.telephoneEvent.get(8000)).toBe(126);
  });

  it('is none without ICE, fingerprint or audio', () => {
    expect(readWebOffer('')).toBeNull();
    expect(readWebOffer(offer.replace(/a=ice-ufrag.*\r\n/, ''))).toBeNull();
    expect(readWebOffer(offer.replace('sha-256', 'sha-1'))).toBeNull();
    expect(readWebOffer(offer.replace('m=audio', 'm=video'))).toBeNull();
  });
});

describe('the answer', () => {
  it('takes every codec before SDP settled the call', () => {
    expect(answer(null)).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126\r\n');
  });

  it('is ICE-lite on 127.0.0.1 without extensions or feedback', () => {
    expect(answer(null)).toContain('a=ice-lite\r\n');
    expect(answer(null)).toContain('a=candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host\r\n');
    expect(answer(null)).not.toMatch(/extmap|rtcp-fb|rsize/);
  });

  it('puts the settled codec first, with one clock of telephone-event, their ptime and their Opus parameters', () => {
    const settled = answer({
      codecs: ['PCMA', 'opus'],
      telephoneEvent: 8000,
      ptime: 30,
      opusFmtp: 'maxaveragebitrate=20000',
    });
    expect(settled).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 8 111 126\r\n');
    expect(settled).toContain('a=ptime:30\r\n');
    expect(settled).toContain('a=fmtp:111 minptime=10;maxaveragebitrate=20000\r\n');
  });
});
