// Sound devices that come and go in a call and while it rings, in the real media window over Chromium's fake devices.
import { expect, test } from 'playwright/test';
import { defaultPreferences, type AudioDevice, type DevicesState, type SoundChoices } from '../../contract/index.ts';
import { missingPrograms, until } from '../peers/support/child.ts';
import { FarEnd } from './support/far-end.ts';
import { strengthOf } from './support/frequencies.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';
import { installVirtualDevices, plug } from './support/virtual-devices.ts';

const microphoneHz = 700;
const plain = { media: 'rtp', encryption: 'off', transport: 'udp', localAddress: '127.0.0.1' } as const;
const withoutProcessing = { ...defaultPreferences, voiceProcessing: false };
const choices: Omit<SoundChoices, 'type'> = {
  ringOn: [null],
  echoCancellation: false,
  noiseSuppression: false,
  automaticGain: false,
  toneCountry: 'ch',
  ringTone: 'rise',
  ringFile: null,
};

const missing = missingPrograms('chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let lab: MediaLab;
test.beforeAll(async () => {
  lab = await startLab({ microphone: microphoneHz, prepare: installVirtualDevices });
  lab.media.sound.setSound(choices);
  // The first use of a microphone brings the devices' names.
  await lab.media.open('names', plain);
  await until('devices with names', () => (devices().microphones.length === 2 ? true : null));
  lab.media.close('names');
});
test.afterEach(async () => {
  for (const label of ['Input 1', 'Input 2', 'Output 1', 'Output 2']) await plug(lab.page, label, true);
  lab.media.setPreferences(withoutProcessing);
  lab.media.sound.setSound(choices);
});
test.afterAll(() => lab.close());

function devices(): Pick<DevicesState, 'microphones' | 'speakers' | 'microphoneInUse' | 'speakerInUse'> {
  const line = lab.said.findLast((one) => one.startsWith('devices '));
  return line
    ? JSON.parse(line.slice('devices '.length))
    : { microphones: [], speakers: [], microphoneInUse: null, speakerInUse: null };
}

function device(kind: 'microphones' | 'speakers', label: string): AudioDevice {
  const found = devices()[kind].find((one) => one.label.includes(label));
  if (!found) throw new Error(`no ${label}`);
  return found;
}

/** Output devices of the elements with this name that play now; empty: the system's. */
function sinks(name: string): Promise<string[]> {
  return lab.page.evaluate(
    (wanted) =>
      [...document.querySelectorAll<HTMLAudioElement>(`audio[data-name="${wanted}"]`)]
        .filter((audio) => !audio.paused)
        .map((audio) => audio.sinkId)
        .sort(),
    name,
  );
}

async function inCall(callId: string, run: (far: FarEnd) => Promise<void>): Promise<void> {
  const far = await FarEnd.start(440);
  try {
    await lab.media.open(callId, plain);
    far.sendTo(await lab.media.createOffer(callId));
    await lab.media.setAnswer(callId, far.sdp());
    await hearsUs(far);
    await run(far);
  } finally {
    lab.media.close(callId);
    far.close();
  }
}

async function hearsUs(far: FarEnd): Promise<void> {
  await until('our microphone at the far end', () => (strengthOf(far.heard(0.2), microphoneHz) > 1000 ? true : null));
}

async function says(start: string, since: number): Promise<string> {
  return until(start, () => lab.said.slice(since).find((line) => line.startsWith(start)) ?? null);
}

test('a chosen microphone that is unplugged in a call is replaced within a second, in words, and used again when it is back', async () => {
  const { deviceId, label, groupId } = device('microphones', 'Input 2');
  lab.media.setPreferences({ ...withoutProcessing, microphone: { deviceId, label, groupId } });
  await inCall('unplugged', async (far) => {
    await until('the chosen one', () => (devices().microphoneInUse === deviceId ? true : null));
    const since = lab.said.length;
    const unplugged = performance.now();
    await plug(lab.page, 'Input 2', false);
    await says('problem unplugged microphone-unplugged', since);
    await until('another one', () =>
      devices().microphoneInUse === device('microphones', 'Input 1').deviceId ? true : null,
    );
    await hearsUs(far);
    console.log(`another microphone after ${(performance.now() - unplugged).toFixed(0)} ms`);
    await plug(lab.page, 'Input 2', true);
    await says('problem unplugged none', since);
    await until('the chosen one again', () => (devices().microphoneInUse === deviceId ? true : null));
    await hearsUs(far);
  });
});

test('a chosen speaker that is unplugged in a call is replaced, in words, and used again when it is back', async () => {
  const { deviceId, label, groupId } = device('speakers', 'Output 2');
  lab.media.setPreferences({ ...withoutProcessing, speaker: { deviceId, label, groupId } });
  await inCall('speaker', async () => {
    await until('the chosen speaker', async () => ((await sinks('speaker'))[0] === deviceId ? true : null));
    const since = lab.said.length;
    const unplugged = performance.now();
    await plug(lab.page, 'Output 2', false);
    await says('problem speaker speaker-unplugged', since);
    await until('the system’s', async () => ((await sinks('speaker'))[0] === '' ? true : null));
    console.log(`another speaker after ${(performance.now() - unplugged).toFixed(0)} ms`);
    expect(Math.abs((await lab.hears('speaker')) - 440)).toBeLessThan(10);
    await plug(lab.page, 'Output 2', true);
    await says('problem speaker none', since);
    await until('the chosen speaker again', async () => ((await sinks('speaker'))[0] === deviceId ? true : null));
    expect(Math.abs((await lab.hears('speaker')) - 440)).toBeLessThan(10);
  });
});

test('a device is known again by its name when its id is another one', async () => {
  const { label, groupId } = device('speakers', 'Output 2');
  lab.media.setPreferences({ ...withoutProcessing, speaker: { deviceId: 'of another profile', label, groupId } });
  await until('by name', () => (devices().speakerInUse === device('speakers', 'Output 2').deviceId ? true : null));
});

test('it rings on every chosen output, and on those that are left', async () => {
  const one = device('speakers', 'Output 1');
  const two = device('speakers', 'Output 2');
  lab.media.sound.setSound({ ...choices, ringOn: [one, two] });
  lab.media.ring(true);
  await until('both outputs', async () =>
    (await sinks('ring')).join() === [one.deviceId, two.deviceId].sort().join() ? true : null,
  );
  await plug(lab.page, 'Output 1', false);
  await until('the one that is left', async () => ((await sinks('ring')).join() === two.deviceId ? true : null));
  await plug(lab.page, 'Output 2', false);
  await until('the system’s, rather than none', async () =>
    (await sinks('ring')).join() === '' && (await sinks('ring')).length === 1 ? true : null,
  );
  lab.media.ring(false);
  await until('no ring', async () => ((await sinks('ring')).length === 0 ? true : null));
});

test('it does not ring aloud where no output was chosen', async () => {
  lab.media.sound.setSound({ ...choices, ringOn: [] });
  lab.media.ring(true);
  await until('no output', async () => ((await sinks('ring')).length === 0 ? true : null));
  lab.media.ring(false);
});

test('the person’s own sound rings, and one that cannot be decoded does not keep the phone silent', async () => {
  lab.media.sound.setSound({ ...choices, ringTone: 'file', ringFile: wav(1000) });
  lab.media.ring(true);
  await until('1000 Hz', async () => (Math.abs((await lab.hears('ring')) - 1000) < 12 ? true : null));
  lab.media.sound.setSound({ ...choices, ringTone: 'file', ringFile: Uint8Array.from([1, 2, 3]) });
  await until('a tone of ours', async () =>
    (await lab.hears('ring')) > 500 && Math.abs((await lab.hears('ring')) - 1000) > 50 ? true : null,
  );
  lab.media.ring(false);
});

/** Three seconds of a tone. */
function wav(hz: number): Uint8Array<ArrayBuffer> {
  const rate = 8000;
  const sound = Buffer.alloc(2 * 3 * rate);
  for (let at = 0; at < 3 * rate; at += 1) {
    sound.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hz * at) / rate)), 2 * at);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + sound.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(sound.length, 40);
  return new Uint8Array(Buffer.concat([header, sound]));
}

test('busy and congestion sound as in the chosen country', async () => {
  lab.media.sound.setSound({ ...choices, toneCountry: 'us' });
  lab.media.sound.tone('busy');
  await until('480 or 620 Hz', async () => {
    const hz = await lab.hears('network-tone');
    return Math.abs(hz - 480) < 8 || Math.abs(hz - 620) < 8 ? true : null;
  });
  lab.media.sound.setSound({ ...choices, toneCountry: 'at' });
  await until('420 Hz', async () => (Math.abs((await lab.hears('network-tone')) - 420) < 8 ? true : null));
  lab.media.sound.tone(null);
  await until('silence', async () => ((await sinks('network-tone')).length === 0 ? true : null));
});

test('echo cancelling, noise suppression and gain are switched each by itself, in a call too', async () => {
  await inCall('processing', async (far) => {
    lab.media.sound.setSound({ ...choices, echoCancellation: true, automaticGain: true });
    await until('a microphone with two of three', async () => {
      const settings = await lab.page.evaluate(() => Reflect.get(window, 'virtualDevices').settings());
      return settings.echoCancellation === true &&
        settings.noiseSuppression === false &&
        settings.autoGainControl === true
        ? true
        : null;
    });
    await hearsUs(far);
  });
});

test('the test in settings shows the level and plays back what it heard, and holds no microphone after', async () => {
  lab.media.sound.testSound('level');
  await until('a level', () => (lastTest().level > 0.5 ? true : null));
  expect(await lab.openMicrophones()).toBeGreaterThan(0);
  lab.media.sound.testSound('hear-yourself');
  await until('recording', () => (lastTest().name === 'recording' ? true : null));
  await until('playing', () => (lastTest().name === 'playing' ? true : null));
  await until('the level again', () => (lastTest().name === 'level' ? true : null));
  lab.media.sound.testSound('off');
  await until('off', () => (lastTest().name === 'off' ? true : null));
  await until('no open microphone', async () => ((await lab.openMicrophones()) === 0 ? true : null));
});

function lastTest(): { name: string; level: number } {
  const line = lab.said.findLast((one) => one.startsWith('sound-test '));
  return line ? JSON.parse(line.slice('sound-test '.length)) : { name: '', level: 0 };
}

test('the microphone is warm while it rings, so that an answer need not wait for it', async () => {
  await lab.media.open('ringing', plain);
  await until('an open microphone', async () => ((await lab.openMicrophones()) > 0 ? true : null));
  lab.media.close('ringing');
  await until('none after', async () => ((await lab.openMicrophones()) === 0 ? true : null));
});
