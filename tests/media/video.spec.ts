// Pictures in a call: by choice, straight to the other side; and a phone that offers one gets its sound all the same.
import { expect, test } from 'playwright/test';
import { missingPrograms, until } from '../peers/support/child.ts';
import { FarEnd } from './support/far-end.ts';
import { strengthOf } from './support/frequencies.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';

const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;
const direct = { ...plain, media: 'webrtc' } as const;
const microphoneHz = 700;
const [caller, callee] = ['video-a', 'video-b'] as const;

const missing = missingPrograms('chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let lab: MediaLab;
test.beforeAll(async () => {
  lab = await startLab({ microphone: microphoneHz });
});
test.afterAll(() => lab.close());

/** Height of the picture that a call shows, once a frame of it has come; 0: none. */
function pictureOf(callId: string): Promise<number> {
  return lab.page.evaluate((name) => {
    const view = document.querySelector<HTMLVideoElement>(`video.theirs[data-name="${name}"]`);
    return view && !view.hidden && !view.paused ? view.videoHeight : 0;
  }, callId);
}

async function agree(from: string, to: string): Promise<{ offer: string; answer: string }> {
  const offer = await lab.media.createOffer(from);
  const answer = await lab.media.createAnswer(to, offer);
  await lab.media.setAnswer(from, answer);
  return { offer, answer };
}

/** What a description says of the picture; null: it has none. */
function pictureIn(sdp: string): string | null {
  const section = sdp.split(/^(?=m=)/m).find((one) => one.startsWith('m=video'));
  return section ? (/^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(section)?.[1] ?? 'sendrecv') : null;
}

async function expectSound(callId: string): Promise<void> {
  await until('sound', async () => (Math.abs((await lab.hears(callId)) - microphoneHz) < 15 ? true : null));
}

test('a picture goes only where both chose it, and the sound goes on whatever they choose', async () => {
  await lab.media.open(caller, direct);
  await lab.media.open(callee, direct);
  expect(pictureIn((await agree(caller, callee)).offer)).toBeNull();
  await expectSound(callee);

  lab.media.setVideo(caller, 'camera');
  const refused = await agree(caller, callee);
  expect(pictureIn(refused.offer)).toBe('sendrecv');
  expect(pictureIn(refused.answer)).toBe('inactive');
  await expectSound(callee);
  expect(await pictureOf(callee)).toBe(0);

  lab.media.setVideo(callee, 'camera');
  expect(pictureIn((await agree(callee, caller)).answer)).toBe('sendrecv');
  await until('a picture on both sides', async () =>
    (await pictureOf(caller)) > 0 && (await pictureOf(callee)) > 0 ? true : null,
  );
  await expectSound(caller);

  lab.media.setVideo(callee, 'off');
  expect(pictureIn((await agree(callee, caller)).offer)).toBe('inactive');
  expect(await pictureOf(callee)).toBe(0);
  await expectSound(caller);
  lab.media.close(caller);
  lab.media.close(callee);
});

test('a phone that offers a picture is told no, and hears us', async () => {
  const far = await FarEnd.start(440);
  try {
    await lab.media.open('plain', plain);
    const offer = `${far.sdp()}m=video ${far.port + 2} RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=sendrecv\r\n`;
    const answer = await lab.media.createAnswer('plain', offer);
    expect(answer).toMatch(/^m=audio [1-9][\s\S]*^m=video 0 RTP\/AVP 96/m);
    far.sendTo(answer);
    await until('us at the far end', () => (strengthOf(far.heard(0.4), microphoneHz) > 1000 ? true : null));
    await until('them', async () => (Math.abs((await lab.hears('plain')) - 440) < 9 ? true : null));
    expect(() => lab.media.setVideo('plain', 'camera')).toThrow(/WebRTC/);
  } finally {
    lab.media.close('plain');
    far.close();
  }
});
