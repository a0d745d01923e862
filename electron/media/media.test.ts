// The media room in the main process, with engine and media window played by the test: order, restarts, fallbacks.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMedia, type Media, type OpenOptions } from './index.ts';
import { anyFingerprint as fingerprint, noLog, Peer } from './testing.ts';

const plain: OpenOptions = { media: 'auto', encryption: 'off', transport: 'udp', localAddress: '192.0.2.1' };
const theirs =
  'v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n';
const direct = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 110',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:0123456789012345678901',
  'a=fingerprint:sha-256 AA:BB',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:110 telephone-event/48000',
  '',
].join('\r\n');

let engine: Peer;
let window: Peer;
let media: Media;
let told: string[];
let port = 0;

beforeEach(() => {
  [engine, window, told, port] = [new Peer(), new Peer(), [], 20_000];
  engine.onSend = ({ type, callId }) => {
    if (type === 'open' || type === 'move') engine.say({ type: 'opened', callId, rtpPort: (port += 2), fingerprint });
  };
  window.onSend = ({ type, request }) => {
    if (type === 'direct-offer' || type === 'direct-answer')
      window.say({ type: 'reply', request, sdp: direct, problem: null });
    if (type === 'direct-set-answer') window.say({ type: 'reply', request, sdp: null, problem: null });
  };
  media = createMedia({ log: noLog, engine: engine.channel, window: window.channel });
  media.listen({
    negotiated: (callId, { codec, encrypted }) => told.push(`${callId} ${codec} ${encrypted ? 'encrypted' : 'plain'}`),
    remoteHold: (callId, held) => told.push(`${callId} remote hold ${held}`),
    problem: (callId, problem) => told.push(`${callId} ${problem?.code ?? 'well'}`),
    digit: (callId, digit) => told.push(`${callId} digit ${digit}`),
    reofferNeeded: (callId) => told.push(`${callId} reoffer needed`),
  });
});

/** Both sides are there. */
function ready(): void {
  engine.say({ type: 'ready' });
  window.say({ type: 'ready' });
}

describe('opening a call', () => {
  it('waits for the engine, then tells the window', async () => {
    const opening = media.open('a', plain);
    expect(engine.types()).toEqual(['hello']);
    ready();
    await opening;
    expect(engine.last('open')).toEqual({ type: 'open', callId: 'a', localAddress: '192.0.2.1' });
    expect(window.last('call')).toMatchObject({
      call: { callId: 'a', leg: 'engine', muted: false, held: false, selection: null },
    });
  });

  it('gives up in words when the engine does not come', async () => {
    vi.useFakeTimers();
    try {
      const opening = expect(media.open('a', plain)).rejects.toMatchObject({ problem: { code: 'media-unresponsive' } });
      await vi.advanceTimersByTimeAsync(5000);
      await opening;
    } finally {
      vi.useRealTimers();
    }
  });

  it('fails in words when the engine has no port', async () => {
    engine.onSend = ({ type, callId }) => {
      if (type === 'open') engine.say({ type: 'failed', callId, why: 'EADDRNOTAVAIL' });
    };
    ready();
    await expect(media.open('a', plain)).rejects.toMatchObject({ problem: { code: 'no-network-port' } });
  });
});

describe('an agreed call', () => {
  beforeEach(async () => {
    ready();
    await media.open('a', plain);
    await media.createOffer('a');
    await media.setAnswer('a', theirs);
  });

  it('is told to engine, window and listener', () => {
    expect(engine.last('connect')).toMatchObject({
      wire: { remote: { address: '198.51.100.7', rtpPort: 4000 }, send: true, srtp: null },
    });
    expect(window.last('call')).toMatchObject({ call: { selection: { codecs: ['PCMU'], telephoneEvent: 8000 } } });
    expect(told).toEqual(['a PCMU plain']);
  });

  it('is not told again when the 200 repeats the answer of the 183, so the latch stays shut', async () => {
    const sent = engine.sent.length;
    await media.setAnswer('a', theirs);
    expect(engine.sent).toHaveLength(sent);
    expect(told).toEqual(['a PCMU plain']);
  });

  it('follows each of the phones that ring, and at last the one that answered (forking, RFC 3261 13.2.2.4)', async () => {
    const of = (address: string) => theirs.replaceAll('198.51.100.7', address);
    for (const address of ['198.51.100.8', '198.51.100.7', '198.51.100.8']) {
      await media.setAnswer('a', of(address));
      expect(engine.last('connect')).toMatchObject({ wire: { remote: { address } } });
    }
  });

  it('keeps our hold in offers and answers that do not speak of it', async () => {
    await media.createOffer('a', { hold: true });
    expect(window.last('call')).toMatchObject({ call: { held: true } });
    expect(await media.createOffer('a')).toContain('a=sendonly');
    expect(await media.createAnswer('a', theirs)).toContain('a=sendonly');
    expect(await media.createOffer('a', { hold: false })).toContain('a=sendrecv');
    expect(window.last('call')).toMatchObject({ call: { held: false } });
  });

  it('tells a hold of theirs once', async () => {
    await media.createAnswer('a', `${theirs}a=sendonly\r\n`);
    await media.createAnswer('a', `${theirs}a=sendonly\r\n`);
    await media.createAnswer('a', theirs);
    expect(told.slice(1)).toEqual(['a remote hold true', 'a remote hold false']);
  });

  it('sends keys by RTP, and asks for INFO when telephone-event was not agreed', async () => {
    expect(await media.sendDigit('a', '5')).toBe('sent');
    expect(window.last('digit')).toEqual({ type: 'digit', callId: 'a', digit: '5' });
    await media.createAnswer('a', theirs.replace(/ 101\r\n.*\r\n/, '\r\n'));
    expect(await media.sendDigit('a', '5')).toBe('info-needed');
  });

  it('is told anew to a window that was started again', () => {
    media.setMuted('a', true);
    window.die('crashed');
    window.sent = [];
    media.setMuted('a', false);
    expect(window.sent).toEqual([]);
    window.say({ type: 'ready' });
    expect(window.last('call')).toMatchObject({
      call: { callId: 'a', leg: 'engine', muted: false, selection: { codecs: ['PCMU'] } },
    });
    expect(told).toEqual(['a PCMU plain']);
  });

  it('has a problem when the engine dies, and the next call has none', async () => {
    engine.die('exit 1');
    expect(told.at(-1)).toBe('a media-engine-stopped');
    engine.say({ type: 'ready' });
    await media.open('b', plain);
    expect(await media.createOffer('b')).toContain(`m=audio ${port} `);
  });

  it('goes on by the next engine: their address is known there at once, and they are offered the new port', async () => {
    engine.die('exit 1');
    engine.say({ type: 'ready' });
    expect(told.at(-1)).toBe('a reoffer needed');
    expect(engine.last('connect')).toMatchObject({
      callId: 'a',
      wire: { remote: { address: '198.51.100.7', rtpPort: 4000 }, resumed: true },
    });
    const offer = await media.createOffer('a');
    expect(offer).toContain(`m=audio ${port} RTP/AVP`);
    expect(offer).toMatch(/^o=- \d+ 2 /m);
    expect(window.last('call')).toMatchObject({ call: { leg: 'engine', selection: { codecs: ['PCMU'] } } });
  });

  it('moves to another address of this computer: new ports there, and a new offer', async () => {
    media.move('a', '192.0.2.1');
    expect(engine.types()).not.toContain('move');
    media.move('a', '203.0.113.5');
    expect(engine.last('move')).toEqual({ type: 'move', callId: 'a', localAddress: '203.0.113.5' });
    expect(told.at(-1)).toBe('a reoffer needed');
    const offer = await media.createOffer('a');
    expect(offer).toContain('c=IN IP4 203.0.113.5');
    expect(offer).toContain(`m=audio ${port} RTP/AVP`);
  });

  it('is forgotten when it is closed', () => {
    media.close('a');
    media.close('a');
    expect(engine.types().filter((type) => type === 'close')).toHaveLength(1);
    engine.say({ type: 'digit', callId: 'a', digit: '5' });
    engine.say({ type: 'first-packet', callId: 'a', direction: 'in' });
    window.say({ type: 'problem', callId: 'a', problem: null });
    expect(told).toEqual(['a PCMU plain']);
  });
});

describe('the kinds of offer', () => {
  const offers = async (options: Partial<OpenOptions>) => {
    ready();
    await media.open('a', { ...plain, ...options });
    const protocols: string[] = [];
    do protocols.push(/^m=audio \d+ (\S+)/m.exec(await media.createOffer('a'))?.[1] ?? '');
    while (media.fallBack('a'));
    return protocols;
  };

  it.each([
    [{}, ['RTP/AVP']],
    [{ encryption: 'preferred' }, ['RTP/SAVP', 'UDP/TLS/RTP/SAVP', 'RTP/AVP']],
    [{ encryption: 'required' }, ['RTP/SAVP', 'UDP/TLS/RTP/SAVP']],
    [{ transport: 'wss' }, ['UDP/TLS/RTP/SAVPF', 'RTP/AVP']],
    [{ transport: 'wss', media: 'rtp' }, ['RTP/AVP']],
    [{ transport: 'ws', encryption: 'required' }, ['UDP/TLS/RTP/SAVPF', 'RTP/SAVP', 'UDP/TLS/RTP/SAVP']],
    [{ media: 'webrtc' }, ['UDP/TLS/RTP/SAVPF']],
  ] as const)('of an account with %j are %j', async (options, expected) => {
    expect(await offers(options)).toEqual(expected);
  });

  it('end the WebRTC connection when they fall back', async () => {
    await offers({ transport: 'ws' });
    expect(window.types()).toContain('direct-end');
  });
});

describe('WebRTC', () => {
  it('offered to us is answered by the window, whatever the account offers itself', async () => {
    ready();
    await media.open('a', plain);
    expect(await media.createAnswer('a', direct)).toBe(direct);
    expect(told).toEqual(['a opus encrypted']);
    expect(window.last('call')).toMatchObject({ call: { leg: 'none' } });
    expect(await media.sendDigit('a', '1')).toBe('sent');
  });

  it('refused by port 0 is refused, not taken for an answer', async () => {
    ready();
    await media.open('a', { ...plain, media: 'webrtc' });
    await media.createOffer('a');
    await expect(media.setAnswer('a', direct.replace('m=audio 9', 'm=audio 0'))).rejects.toMatchObject({
      problem: { code: 'media-refused' },
    });
  });

  it('waits for a window that is still starting, but not for ever', async () => {
    vi.useFakeTimers();
    try {
      const offer = expect(
        media.open('a', { ...plain, media: 'webrtc' }).then(() => media.createOffer('a')),
      ).rejects.toMatchObject({ problem: { code: 'media-unresponsive' } });
      await vi.advanceTimersByTimeAsync(5000);
      await offer;
    } finally {
      vi.useRealTimers();
    }
  });

  it('is lost with its window, and the call says so', async () => {
    ready();
    await media.open('a', plain);
    await media.createAnswer('a', direct);
    window.die('crashed');
    expect(told.at(-1)).toBe('a media-window-stopped');
    window.say({ type: 'ready' });
    expect(told.at(-1)).toBe('a reoffer needed');
    expect(await media.createOffer('a')).toBe(direct);
  });
});

describe('pictures', () => {
  const directCall = async () => {
    ready();
    media.listen({ pictures: (callId, pictures) => told.push(`${callId} pictures ${JSON.stringify(pictures)}`) });
    await media.open('a', { ...plain, media: 'webrtc' });
    await media.createAnswer('a', direct);
    told.length = 0;
  };

  it('are of direct calls alone', async () => {
    ready();
    await media.open('a', plain);
    await media.createAnswer('a', theirs);
    expect(() => media.setVideo('a', 'camera')).toThrow(/WebRTC/);
    expect(told.filter((line) => line.includes('pictures'))).toEqual([]);
  });

  it('are told as a person chooses them, and offered to the other side', async () => {
    await directCall();
    media.setVideo('a', 'camera');
    expect(window.last('call')).toMatchObject({ call: { video: 'camera' } });
    expect(told).toEqual(['a pictures {"ours":"camera","offered":false}', 'a reoffer needed']);
    window.say({ type: 'picture', callId: 'a', offered: true });
    expect(told.at(-1)).toBe('a pictures {"ours":"camera","offered":true}');
  });

  it('that ended by themselves leave theirs to be seen', async () => {
    await directCall();
    media.setVideo('a', 'screen');
    window.say({ type: 'picture', callId: 'a', offered: true });
    window.say({ type: 'picture-ended', callId: 'a' });
    expect(window.last('call')).toMatchObject({ call: { video: 'watch' } });
    expect(told.at(-1)).toBe('a reoffer needed');
  });

  it('that were refused are off, and nothing is offered again', async () => {
    await directCall();
    media.setVideo('a', 'camera');
    told.length = 0;
    media.videoRefused('a');
    expect(window.last('call')).toMatchObject({ call: { video: 'off' } });
    expect(told).toEqual(['a pictures {"ours":"off","offered":false}']);
  });

  it('end where the call goes on by the engine', async () => {
    await directCall();
    media.setVideo('a', 'camera');
    await media.createAnswer('a', theirs);
    expect(window.last('call')).toMatchObject({ call: { video: 'off' } });
    expect(told.at(-1)).toBe('a pictures null');
  });
});

describe('an account that only speaks WebRTC', () => {
  it('still answers plain RTP, by the engine', async () => {
    ready();
    await media.open('a', { ...plain, media: 'webrtc' });
    expect(engine.types()).not.toContain('open');
    expect(await media.createAnswer('a', theirs)).toContain('m=audio 20002 RTP/AVP 0 101');
    expect(window.last('call')).toMatchObject({ call: { leg: 'engine', selection: { codecs: ['PCMU'] } } });
  });
});

describe('tones', () => {
  it('ring-back stops at the first audio of theirs, and stays silent', async () => {
    ready();
    await media.open('a', plain);
    media.ringBack('a', true);
    expect(window.last('ring-back')).toEqual({ type: 'ring-back', on: true });
    engine.say({ type: 'first-packet', callId: 'a', direction: 'in' });
    expect(window.last('ring-back')).toEqual({ type: 'ring-back', on: false });
    media.ringBack('a', true);
    expect(window.last('ring-back')).toEqual({ type: 'ring-back', on: false });
  });

  it('ring-back waits a moment for audio of theirs when its description came first', async () => {
    vi.useFakeTimers();
    try {
      ready();
      await media.open('a', plain);
      await media.createOffer('a');
      await media.setAnswer('a', theirs);
      media.ringBack('a', true);
      vi.advanceTimersByTime(299);
      expect(window.last('ring-back')).toEqual({ type: 'ring-back', on: false });
      vi.advanceTimersByTime(1);
      expect(window.last('ring-back')).toEqual({ type: 'ring-back', on: true });
      media.close('a');
      expect(window.last('ring-back')).toEqual({ type: 'ring-back', on: false });
    } finally {
      vi.useRealTimers();
    }
  });

  it('ringing survives a restart of the window', () => {
    ready();
    media.ring(true);
    window.die('crashed');
    window.sent = [];
    window.say({ type: 'ready' });
    expect(window.last('ring')).toEqual({ type: 'ring', on: true });
  });
});

describe('messages that nobody understands', () => {
  it('are left alone', () => {
    ready();
    for (const message of [null, 1, 'ready', {}, { type: 'digit', callId: 'a', digit: 'X' }, { type: 'opened' }]) {
      engine.say(message);
      window.say(message);
    }
    expect(told).toEqual([]);
  });
});
