// The media room against baresip: real Chromium, real engine process, tones and keys both ways.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { expect, test } from 'playwright/test';
import type { CodecName } from '../../contract/index.ts';
import { audioKinds, eventKinds } from '../../electron/media/sdp/codecs.ts';
import type { OpenOptions } from '../../electron/media/index.ts';
import { startBaresip, type Baresip, type BaresipOptions } from '../peers/support/baresip.ts';
import { missingPrograms, until } from '../peers/support/child.ts';
import { dominantFrequency, rms, slice } from '../peers/support/tone.ts';
import { FarEnd } from './support/far-end.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';
import { SipCall } from './support/sip-call.ts';

const microphoneHz = 700;
const theirHz = 440;
const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;

const missing = missingPrograms('baresip', 'chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let lab: MediaLab;
test.beforeAll(async () => {
  lab = await startLab({ microphone: microphoneHz });
});
test.afterAll(() => lab.close());

/** Calls baresip with audio agreed by the media room. */
async function call(baresip: Baresip, callId: string, codec: CodecName): Promise<SipCall> {
  const sip = await SipCall.to(baresip.uri);
  sip.onReinvite = (offer) => lab.media.createAnswer(callId, offer);
  const { status, body } = await sip.invite(only(codec, await lab.media.createOffer(callId)));
  expect(status).toBe(200);
  await lab.media.setAnswer(callId, body);
  return sip;
}

/** The offer with one codec and telephone-event, so that this codec is the one. */
function only(codec: CodecName, offer: string): string {
  const { pt } = audioKinds[codec];
  return offer.replace(/^(m=audio \d+ \S+) .*$/m, `$1 ${pt} ${eventKinds[8000].pt}`);
}

/** Within 2 % of this frequency, as soon as it is heard. */
async function expectHeardHere(callId: string, hz: number): Promise<void> {
  await until(`${hz} Hz in the media window`, async () => {
    const heard = await lab.hears(callId);
    return Math.abs(heard - hz) < hz * 0.02 ? true : null;
  });
}

async function expectSilenceThere(far: FarEnd): Promise<void> {
  await until('silence at the far end', () => (rms(far.heard()) < 30 ? true : null));
}

async function expectSilenceHere(callId: string): Promise<void> {
  await until('silence in the media window', async () => ((await lab.hears(callId)) === 0 ? true : null));
}

/** baresip's recording ends at the first re-INVITE; a far end's does not. */
async function expectHeardThere(there: Baresip | FarEnd, hz: number): Promise<void> {
  await until(`${hz} Hz at the other side`, () => {
    const sound = there.heard();
    if (!sound || sound.seconds < 0.4) return null;
    const heard = slice(sound, -0.5, 0.5);
    return rms(heard) > 300 && Math.abs(dominantFrequency(heard) - hz) < hz * 0.02 ? true : null;
  });
}

for (const codec of ['PCMU', 'PCMA', 'G722', 'opus'] as const) {
  test(`a call in ${codec} carries tones and keys both ways`, async () => {
    const baresip = await startBaresip({
      user: 'bs',
      domain: '127.0.0.1',
      codecs: [codec],
      hz: theirHz,
      register: false,
    });
    const callId = `call-${codec}`;
    try {
      await lab.media.open(callId, plain);
      const sip = await call(baresip, callId, codec);
      await lab.says(`negotiated ${callId} ${codec} plain`);
      await lab.says(`first-packet ${callId} out`);
      await lab.says(`first-packet ${callId} in`);
      await expectHeardHere(callId, theirHz);
      await expectHeardThere(baresip, microphoneHz);

      for (const digit of '159#') expect(await lab.media.sendDigit(callId, digit)).toBe('sent');
      await until('159# at baresip', () => (baresip.digits() === '159#' ? true : null));
      await baresip.sendDigits('42*');
      await lab.says(`digit ${callId} *`);
      expect(lab.said.filter((line) => line.startsWith(`digit ${callId}`)).map((line) => line.at(-1))).toEqual([
        '4',
        '2',
        '*',
      ]);
      await sip.bye();
    } finally {
      lab.media.close(callId);
      await baresip.stop();
    }
  });
}

/** A call in progress with baresip, ended and closed whatever happens in it. */
async function inCall(
  callId: string,
  options: OpenOptions,
  peer: Partial<BaresipOptions>,
  run: (baresip: Baresip, sip: SipCall) => Promise<void>,
): Promise<void> {
  const baresip = await startBaresip({ user: 'bs', domain: '127.0.0.1', hz: theirHz, register: false, ...peer });
  try {
    await lab.media.open(callId, options);
    const sip = await call(baresip, callId, 'PCMU');
    await run(baresip, sip);
    await sip.bye();
  } finally {
    lab.media.close(callId);
    await baresip.stop();
  }
}

/** A call in progress with a far end, whose SDP the test carries. */
async function withFarEnd(callId: string, run: (far: FarEnd) => Promise<void>): Promise<void> {
  const far = await FarEnd.start(theirHz);
  try {
    await lab.media.open(callId, plain);
    far.sendTo(await lab.media.createOffer(callId));
    await lab.media.setAnswer(callId, far.sdp());
    await expectHeardThere(far, microphoneHz);
    await expectHeardHere(callId, theirHz);
    await run(far);
  } finally {
    lab.media.close(callId);
    far.close();
  }
}

test('hold silences both ways and resume brings both back', async () => {
  await withFarEnd('held', async (far) => {
    expect(await lab.media.createOffer('held', { hold: true })).toContain('a=sendonly');
    await lab.media.setAnswer('held', far.sdp('recvonly'));
    await expectSilenceThere(far);
    await expectSilenceHere('held');
    expect(await lab.media.createAnswer('held', far.sdp())).toContain('a=sendonly');

    expect(await lab.media.createOffer('held', { hold: false })).toContain('a=sendrecv');
    await lab.media.setAnswer('held', far.sdp());
    await expectHeardThere(far, microphoneHz);
    await expectHeardHere('held', theirHz);
  });
});

test('their hold is told and stops our packets, and their resume brings them back', async () => {
  await withFarEnd('they-hold', async (far) => {
    expect(await lab.media.createAnswer('they-hold', far.sdp('sendonly'))).toContain('a=recvonly');
    await lab.says('remote-hold they-hold true');
    await until('no packets', () => (far.heard().samples.length === 0 ? true : null));
    await expectHeardHere('they-hold', theirHz);
    expect(await lab.media.createAnswer('they-hold', far.sdp('sendrecv'))).toContain('a=sendrecv');
    await lab.says('remote-hold they-hold false');
    await expectHeardThere(far, microphoneHz);
    expect(sequenceJumps(far)).toEqual([]);
  });
});

test('a hold that is refused leaves the call as it was', async () => {
  await withFarEnd('refused', async (far) => {
    await lab.media.createOffer('refused', { hold: true });
    await expectSilenceThere(far);
    await lab.media.createOffer('refused', { hold: false });
    await expectHeardThere(far, microphoneHz);
    await expectHeardHere('refused', theirHz);
  });
});

test('mute sends silence, and only silence', async () => {
  await withFarEnd('muted', async (far) => {
    lab.media.setMuted('muted', true);
    await expectSilenceThere(far);
    const packets = far.received.length;
    await until('packets of silence', () => (far.received.length > packets + 20 ? true : null));
    await expectHeardHere('muted', theirHz);
    lab.media.setMuted('muted', false);
    await expectHeardThere(far, microphoneHz);
  });
});

test('the media page may be loaded anew in a call: the other side hears one stream with a short gap', async () => {
  await withFarEnd('reloaded', async (far) => {
    await lab.reload();
    const packets = far.received.length;
    await until('packets after the reload', () => (far.received.length > packets + 50 ? true : null));
    await expectHeardThere(far, microphoneHz);
    await expectHeardHere('reloaded', theirHz);
    expect(new Set(far.received.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(sequenceJumps(far)).toEqual([]);
    const gaps = far.received.slice(1).map(({ at }, index) => at - (far.received[index]?.at ?? at));
    console.log(`longest gap over a reload: ${Math.max(...gaps).toFixed(0)} ms`);
  });
});

test('a flood of garbage from strangers changes nothing', async () => {
  await withFarEnd('flooded', async (far) => {
    const port = Number(/^m=audio (\d+)/m.exec(await lab.media.createOffer('flooded'))?.[1]);
    const stranger = createSocket('udp4');
    for (let packet = 0; packet < 5000; packet++) {
      const garbage = randomBytes(packet % 200);
      // Half of it looks like RTP or RTCP.
      if (garbage.length > 1 && packet % 2) garbage.writeUInt16BE(packet % 4 === 1 ? 0x8000 : 0x80c8, 0);
      await new Promise((resolve) => stranger.send(garbage, port + (packet % 3 === 0 ? 1 : 0), '127.0.0.1', resolve));
    }
    stranger.close();
    await expectHeardHere('flooded', theirHz);
    await expectHeardThere(far, microphoneHz);
    expect(lab.said.filter((line) => line.startsWith('log') && line.includes('uncaught'))).toEqual([]);
  });
});

/** Places where the sequence numbers do not go on by one. */
function sequenceJumps(far: FarEnd): number[] {
  return far.received.slice(1).flatMap(({ sequence }, index) => {
    const step = (sequence - (far.received[index]?.sequence ?? 0)) & 0xffff;
    return step === 1 ? [] : [step];
  });
}

test('the engine may end: calls in progress say so, a call that rings goes on, the next one is well', async () => {
  await withFarEnd('orphan', async () => {
    await lab.media.open('rings', plain);
    await lab.restartEngine();
    await lab.says('problem orphan media-engine-stopped');
  });
  const far = await FarEnd.start(theirHz);
  try {
    far.sendTo(await lab.media.createAnswer('rings', far.sdp()));
    await expectHeardHere('rings', theirHz);
    await expectHeardThere(far, microphoneHz);
  } finally {
    lab.media.close('rings');
    far.close();
  }
  await withFarEnd('next', async () => {});
});

test('an account that requires encryption speaks SRTP with SDES keys', async () => {
  const options = { ...plain, encryption: 'required' } as const;
  await inCall('secret', options, { mediaEncryption: 'srtp-mand' }, async (baresip) => {
    await lab.says('negotiated secret PCMU encrypted');
    await expectHeardHere('secret', theirHz);
    await expectHeardThere(baresip, microphoneHz);
  });
});

for (const encryption of [undefined, 'srtp-mand'] as const) {
  test(`their offer is answered, ${encryption ?? 'plain'}`, async () => {
    const callId = `late-${encryption}`;
    const baresip = await startBaresip({
      user: 'bs',
      domain: '127.0.0.1',
      hz: theirHz,
      register: false,
      ...(encryption && { mediaEncryption: encryption }),
    });
    try {
      await lab.media.open(callId, plain);
      const sip = await SipCall.to(baresip.uri);
      await sip.inviteLate((offer) => lab.media.createAnswer(callId, offer));
      await lab.says(`negotiated ${callId} PCMU ${encryption ? 'encrypted' : 'plain'}`);
      await expectHeardHere(callId, theirHz);
      await expectHeardThere(baresip, microphoneHz);
      await sip.bye();
    } finally {
      lab.media.close(callId);
      await baresip.stop();
    }
  });
}

test('the answer is ready at once, and audio soon, even right after opening', async () => {
  await lab.media.open('fast', plain);
  const offer = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 26000 RTP/AVP 0\r\n';
  const before = performance.now();
  await lab.media.createAnswer('fast', offer);
  const answered = performance.now() - before;
  await lab.says('first-packet fast out');
  const flowing = performance.now() - before;
  lab.media.close('fast');
  console.log(`answer after ${answered.toFixed(1)} ms, first packet after ${flowing.toFixed(0)} ms`);
  expect(answered).toBeLessThan(30);
  expect(flowing).toBeLessThan(500);
});

test('WebRTC goes straight from window to window, past the engine', async () => {
  const direct = { ...plain, media: 'webrtc' } as const;
  const [caller, callee] = ['direct-a', 'direct-b'] as const;
  await lab.media.open(caller, direct);
  await lab.media.open(callee, direct);
  const offer = await lab.media.createOffer(caller);
  expect(offer).toContain('UDP/TLS/RTP/SAVPF');
  const answer = await lab.media.createAnswer(callee, offer);
  await lab.media.setAnswer(caller, answer);
  await lab.says(`negotiated ${caller} opus encrypted`);
  await lab.says(`negotiated ${callee} opus encrypted`);
  await lab.says(`first-packet ${caller} in`);
  await lab.says(`first-packet ${callee} in`);
  await expectHeardHere(caller, microphoneHz);
  await expectHeardHere(callee, microphoneHz);

  const hold = await lab.media.createOffer(caller, { hold: true });
  await lab.media.setAnswer(caller, await lab.media.createAnswer(callee, hold));
  await lab.says(`remote-hold ${callee} true`);
  await expectSilenceHere(caller);
  const resume = await lab.media.createOffer(caller, { hold: false });
  await lab.media.setAnswer(caller, await lab.media.createAnswer(callee, resume));
  await lab.says(`remote-hold ${callee} false`);
  await expectHeardHere(caller, microphoneHz);
  await expectHeardHere(callee, microphoneHz);
  expect(await lab.media.sendDigit(caller, '5')).toBe('sent');
  lab.media.close(caller);
  lab.media.close(callee);
});

test('a WebSocket account offers WebRTC first and falls back to plain RTP', async () => {
  await lab.media.open('fallback', { ...plain, media: 'auto', transport: 'ws' });
  expect(await lab.media.createOffer('fallback')).toContain('UDP/TLS/RTP/SAVPF');
  expect(lab.media.fallBack('fallback')).toBe(true);
  expect(await lab.media.createOffer('fallback')).toContain('RTP/AVP');
  expect(lab.media.fallBack('fallback')).toBe(false);
  lab.media.close('fallback');
});

test('without a microphone the call goes on in silence, and says why', async () => {
  await lab.breakMicrophone('NotFoundError');
  await inCall('no-microphone', plain, {}, async (baresip) => {
    await lab.says('problem no-microphone no-microphone');
    await lab.says('first-packet no-microphone out');
    await expectHeardHere('no-microphone', theirHz);
    await lab.breakMicrophone(null);
    await lab.says('problem no-microphone none');
    await expectHeardThere(baresip, microphoneHz);
  });
});

test('a microphone that is unplugged in a call is told, and used again when it is back', async () => {
  await withFarEnd('unplugged', async (far) => {
    await lab.breakMicrophone('NotFoundError');
    await lab.says('problem unplugged microphone-unplugged');
    await expectSilenceThere(far);
    await lab.breakMicrophone(null);
    await lab.says('problem unplugged none');
    await expectHeardThere(far, microphoneHz);
  });
});

test('no microphone is held while no call is open', async () => {
  await lab.media.open('listening', plain);
  await until('an open microphone', async () => ((await lab.openMicrophones()) > 0 ? true : null));
  lab.media.close('listening');
  await until('no open microphone', async () => ((await lab.openMicrophones()) === 0 ? true : null));
});

test('the ring tone sounds until told, and not a moment more', async () => {
  lab.media.ring(true);
  await until('the ring tone', async () => ((await lab.hears('ring')) > 500 ? true : null));
  lab.media.ring(false);
  await expectSilenceHere('ring');
});

test('ring-back sounds until audio of theirs comes', async () => {
  await lab.media.open('ringing', plain);
  lab.media.ringBack('ringing', true);
  await until('the ring-back tone', async () => (Math.abs((await lab.hears('ring-back')) - 425) < 9 ? true : null));
  lab.media.ringBack('ringing', false);
  await expectSilenceHere('ring-back');
  lab.media.close('ringing');
});
