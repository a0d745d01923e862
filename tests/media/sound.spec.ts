// Conference, recording, keys as sound, quality and the silent side, in the real media window with phones that send plain RTP.
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { missingPrograms, until } from '../peers/support/child.ts';
import { slice } from '../peers/support/tone.ts';
import { FarEnd } from './support/far-end.ts';
import { heard, strengthOf } from './support/frequencies.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';
import { readChannels } from './support/wav.ts';

const microphoneHz = 700;
const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;
/** Of a far end's full tone of 10,000; a mix of five is still clearly above the noise of G.711. */
const least = 800;

const missing = missingPrograms('chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let lab: MediaLab;
let folder: string;
test.beforeAll(async () => {
  lab = await startLab({ microphone: microphoneHz });
  folder = mkdtempSync(join(tmpdir(), 'hs-sound-'));
});
test.afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Calls in progress, each with a far end that sends its own tone; all ended whatever happens. */
async function withCalls(hz: readonly number[], run: (fars: FarEnd[], ids: string[]) => Promise<void>): Promise<void> {
  const ids = hz.map((one) => `call-${one}`);
  const fars = await Promise.all(hz.map((one) => FarEnd.start(one)));
  try {
    for (const [index, far] of fars.entries()) {
      const callId = ids[index] ?? '';
      await lab.media.open(callId, plain);
      far.sendTo(await lab.media.createOffer(callId));
      await lab.media.setAnswer(callId, far.sdp());
    }
    for (const far of fars) await hears(far, [microphoneHz], [microphoneHz, ...hz]);
    await run(fars, ids);
  } finally {
    for (const callId of ids) lab.media.close(callId);
    for (const far of fars) far.close();
  }
}

/** Waits until a far end hears these of all frequencies, and none of the others. */
async function hears(far: FarEnd, wanted: readonly number[], all: readonly number[]): Promise<void> {
  const sorted = [...wanted].sort((a, b) => a - b);
  await until(`${sorted.join(' and ')} Hz at the far end`, () => {
    const there = heard(far.heard(0.4), all, least).sort((a, b) => a - b);
    return JSON.stringify(there) === JSON.stringify(sorted) ? true : null;
  });
}

test('five calls in a conference each hear us and the four others, and never themselves', async () => {
  const hz = [400, 550, 900, 1150, 1500];
  const all = [microphoneHz, ...hz];
  await withCalls(hz, async (fars, ids) => {
    const offers = fars.map((far) => far.received.length);
    lab.media.sound.join(ids);
    for (const [index, far] of fars.entries()) {
      await hears(
        far,
        all.filter((one) => one !== hz[index]),
        all,
      );
    }
    expect(offers).toHaveLength(5);

    lab.media.setMuted(ids[0] ?? '', true);
    await hears(fars[0] as FarEnd, hz.slice(1), all);
    lab.media.setMuted(ids[0] ?? '', false);

    lab.media.sound.join(ids.slice(1));
    await hears(fars[0] as FarEnd, [microphoneHz], all);
    await hears(fars[1] as FarEnd, [microphoneHz, ...hz.slice(2)], all);

    lab.media.close(ids[4] ?? '');
    await hears(fars[1] as FarEnd, [microphoneHz, ...hz.slice(2, 4)], all);

    lab.media.sound.join([]);
    for (const far of fars.slice(0, 4)) await hears(far, [microphoneHz], all);
    for (const far of fars.slice(0, 4)) expect(new Set(far.received.map(({ ssrc }) => ssrc)).size).toBe(1);
  });
});

test('a conference outlives a reload of the media page', async () => {
  await withCalls([400, 900], async (fars, ids) => {
    lab.media.sound.join(ids);
    await hears(fars[0] as FarEnd, [microphoneHz, 900], [microphoneHz, 400, 900]);
    await lab.reload();
    await hears(fars[0] as FarEnd, [microphoneHz, 900], [microphoneHz, 400, 900]);
  });
});

test('a recording has us on the left and them on the right, and is whole while it is written', async () => {
  await withCalls([440], async (_fars, [callId = '']) => {
    const path = join(folder, 'call.wav');
    lab.media.sound.startRecording(callId, path, { notice: false });
    await until('a second of sound', () => {
      const [left] = existsSync(path) ? readChannels(path) : [];
      return left && left.seconds > 1 ? true : null;
    });
    const running = readFileSync(path);
    expect(running.readUInt32LE(40)).toBeLessThanOrEqual(running.length - 44);

    lab.media.setMuted(callId, true);
    const before = readChannels(path)[0]?.seconds ?? 0;
    await until('a muted second', () => ((readChannels(path)[0]?.seconds ?? 0) > before + 1.5 ? true : null));
    await lab.media.sound.stopRecording(callId);
    const [left, right] = readChannels(path);
    if (!left || !right) throw new Error('not stereo');
    const early = slice(left, 0.3, 0.5);
    expect(strengthOf(early, microphoneHz)).toBeGreaterThan(1000);
    expect(strengthOf(early, 440)).toBeLessThan(100);
    expect(strengthOf(slice(left, -0.5, 0.4), microphoneHz)).toBeLessThan(50);
    const theirs = slice(right, -0.5, 0.4);
    expect(strengthOf(theirs, 440)).toBeGreaterThan(2000);
    expect(strengthOf(theirs, microphoneHz)).toBeLessThan(100);
  });
});

test('a recording goes on over a reload of the media page, and ends with its call', async () => {
  await withCalls([440], async (_fars, [callId = '']) => {
    const path = join(folder, 'reloaded.wav');
    lab.media.sound.startRecording(callId, path, { notice: false });
    const seconds = () => (existsSync(path) ? (readChannels(path)[0]?.seconds ?? 0) : 0);
    await until('half a second', () => (seconds() > 0.5 ? true : null));
    await lab.reload();
    const then = seconds();
    await until('more after the reload', () => (seconds() > then + 1 ? true : null));
    lab.media.close(callId);
    await lab.media.sound.stopRecording(callId);
    const end = seconds();
    expect(
      strengthOf(
        slice(readChannels(path)[1] ?? { rate: 1, samples: new Float64Array(), seconds: 0 }, end - 0.8, 0.4),
        440,
      ),
    ).toBeGreaterThan(2000);
  });
});

test('a recording of a conference has all others on the right', async () => {
  await withCalls([400, 900], async (fars, ids) => {
    lab.media.sound.join(ids);
    await hears(fars[0] as FarEnd, [microphoneHz, 900], [microphoneHz, 400, 900]);
    const path = join(folder, 'conference.wav');
    lab.media.sound.startRecording(ids[0] ?? '', path, { notice: false });
    await until('both voices', () => {
      const right = existsSync(path) ? readChannels(path)[1] : undefined;
      if (!right || right.seconds < 1) return null;
      return heard(slice(right, -0.5, 0.4), [400, 900, microphoneHz], 1500).length === 2 ? true : null;
    });
    await lab.media.sound.stopRecording(ids[0] ?? '');
  });
});

test('both sides hear that a call is recorded, unless the person turned that off', async () => {
  await withCalls([440], async ([far], [callId = '']) => {
    lab.media.sound.startRecording(callId, join(folder, 'notice.wav'), { notice: true });
    await until('the notice at the far end', () => (strengthOf((far as FarEnd).heard(0.2), 1400) > 500 ? true : null));
    await until('the notice here', async () => ((await playing('recording-notice')) ? true : null));
    await lab.media.sound.stopRecording(callId);
    await until('no notice here', async () => ((await playing('recording-notice')) ? null : true));
    const quiet = (far as FarEnd).received.length;
    lab.media.sound.startRecording(callId, join(folder, 'no-notice.wav'), { notice: false });
    await until('a second', () => ((far as FarEnd).received.length > quiet + 60 ? true : null));
    expect(strengthOf((far as FarEnd).heard(1), 1400)).toBeLessThan(100);
    await lab.media.sound.stopRecording(callId);
  });
});

test('a recording that cannot be written says so, and the call goes on', async () => {
  await withCalls([440], async ([far], [callId = '']) => {
    lab.media.sound.startRecording(callId, join(folder, 'nowhere', 'call.wav'), { notice: false });
    await lab.says(`recording-failed ${callId} recording-failed`);
    await hears(far as FarEnd, [microphoneHz], [microphoneHz]);
  });
});

/** Whether this tone is let through to an output. */
function playing(name: string): Promise<boolean> {
  return lab.page.evaluate(
    (wanted) => [...document.querySelectorAll<HTMLAudioElement>(`audio[data-name="${wanted}"]`)].some((a) => !a.paused),
    name,
  );
}

test('keys go as sound where the account says so, one after the other', async () => {
  const far = await FarEnd.start(440);
  try {
    await lab.media.open('keys', { ...plain, dtmf: 'inband' });
    far.sendTo(await lab.media.createOffer('keys'));
    await lab.media.setAnswer('keys', far.sdp());
    lab.media.setMuted('keys', true);
    await until('packets of silence', () =>
      far.received.length > 50 && strengthOf(far.heard(0.2), 700) < 50 ? true : null,
    );
    expect(await lab.media.sendDigit('keys', '1')).toBe('sent');
    expect(await lab.media.sendDigit('keys', '6')).toBe('sent');
    // 1: 697 and 1209 Hz; 6: 770 and 1477 Hz (ITU-T Q.23).
    await until('the 1', () => (heard(far.heard(0.1), [697, 1209], 2000).length === 2 ? true : null));
    await until('the 6', () => (heard(far.heard(0.1), [770, 1477], 2000).length === 2 ? true : null));
  } finally {
    lab.media.close('keys');
    far.close();
  }
});

test('an account whose keys go by INFO sends none in the sound', async () => {
  await lab.media.open('info', { ...plain, dtmf: 'info' });
  await lab.media.createOffer('info');
  await lab.media.setAnswer(
    'info',
    'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 26000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n',
  );
  expect(await lab.media.sendDigit('info', '5')).toBe('info-needed');
  lab.media.close('info');
});

test('a call is measured once a second, and a summary is kept', async () => {
  await withCalls([440], async (_fars, [callId = '']) => {
    await until('a quality', () => {
      const line = lab.said.findLast((one) => one.startsWith(`quality ${callId} `));
      const quality = JSON.parse(line?.slice(`quality ${callId} `.length) ?? '{}');
      return quality.mos > 4 && quality.lossIn === 0 && quality.jitter < 20 ? true : null;
    });
    const kept = lab.media.sound.qualitySummary(callId);
    expect(kept?.lossIn).toBe(0);
    expect(kept?.mos).toBeGreaterThan(3);
  });
});

test('when their sound stops, it is said within five seconds that we do not hear them', async () => {
  await withCalls([440], async ([far], [callId = '']) => {
    await lab.says(`quality ${callId} {"lossIn"`);
    (far as FarEnd).sendTo(null);
    const stopped = performance.now();
    await until('the sentence', () =>
      lab.said.some((line) => line.startsWith(`quality ${callId}`) && line.includes('we-cannot-hear-them'))
        ? true
        : null,
    );
    console.log(`said after ${((performance.now() - stopped) / 1000).toFixed(1)} s`);
    expect(performance.now() - stopped).toBeLessThan(5000);
  });
});

test('when their reports go on and do not mention us, it is said within five seconds that they do not hear us', async () => {
  await withCalls([440], async (_fars, [callId = '']) => {
    await lab.says(`quality ${callId} {"lossIn"`);
    const rtcpPort = 1 + Number(/^m=audio (\d+)/m.exec(await lab.media.createOffer(callId))?.[1]);
    const socket = createSocket('udp4');
    let sent = 0;
    // A sender report without report blocks (RFC 3550 section 6.4.1) each second: nothing of ours came to them.
    const timer = setInterval(() => {
      const report = Buffer.alloc(28);
      report.writeUInt8(0x80, 0);
      report.writeUInt8(200, 1);
      report.writeUInt16BE(6, 2);
      report.writeUInt32BE(0x1234_5678, 4);
      report.writeUInt32BE(Math.floor(Date.now() / 1000) + 2_208_988_800, 8);
      report.writeUInt32BE((sent += 1), 20);
      socket.send(report, rtcpPort, '127.0.0.1');
    }, 1000);
    const since = performance.now();
    try {
      await until('the sentence', () =>
        lab.said.some((line) => line.startsWith(`quality ${callId}`) && line.includes('they-cannot-hear-us'))
          ? true
          : null,
      );
      console.log(`said after ${((performance.now() - since) / 1000).toFixed(1)} s`);
      expect(performance.now() - since).toBeLessThan(5000);
    } finally {
      clearInterval(timer);
      socket.close();
    }
  });
});
