// What preferences mean for sound, the names of recordings, and the person's own ring tone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreferences, newCall, type Call, type Logger } from '../../contract/index.ts';
import type { Media } from '../media/index.ts';
import { countryOf, PhoneSound, recordingName, soundOf } from './sound.ts';

const log: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => log };
const headset = { deviceId: '1', label: 'Headset' };

function call(party: Partial<Call['party']>): Call {
  const phase = { name: 'calling' } as const;
  const whole = { number: '4410', uri: 'sip:4410@a.test', ...party };
  return newCall({ id: 'c', accountId: 'a', direction: 'outgoing', party: whole, phase, startedAt: 0 });
}

describe('sound choices', () => {
  it('of somebody who chose nothing are the system’s, with everything that helps the voice', () => {
    expect(soundOf(defaultPreferences, null, 'CH')).toEqual({
      ringOn: [null],
      echoCancellation: true,
      noiseSuppression: true,
      automaticGain: true,
      toneCountry: 'ch',
      ringTone: 'rise',
      ringFile: null,
    });
  });

  it('turn the helpers off together, and each by itself', () => {
    const off = soundOf({ ...defaultPreferences, voiceProcessing: false, noiseSuppression: true }, null, undefined);
    expect([off.echoCancellation, off.noiseSuppression, off.automaticGain]).toEqual([false, true, false]);
  });

  it('ring where the single ringer was, until several are chosen', () => {
    expect(soundOf({ ...defaultPreferences, ringer: headset }, null, undefined).ringOn).toEqual([headset]);
    const both = { ...defaultPreferences, ringOn: [null, headset] };
    expect(soundOf(both, null, undefined).ringOn).toEqual([null, headset]);
  });

  it('ring with a tone of ours while the person’s own cannot be read', () => {
    const own = { ...defaultPreferences, ringTone: 'file' as const };
    expect(soundOf(own, null, undefined)).toMatchObject({ ringTone: 'rise', ringFile: null });
    expect(soundOf(own, Buffer.from('x'), undefined)).toMatchObject({ ringTone: 'file', ringFile: Uint8Array.of(120) });
  });
});

describe('tones of a region', () => {
  it.each([
    ['DE', 'de'],
    ['GB', 'gb'],
    ['XX', 'eu'],
    [undefined, 'eu'],
  ])('%s: %s', (region, country) => expect(countryOf(region)).toBe(country));
});

describe('a recording’s name', () => {
  const at = new Date(2026, 10, 25, 14, 3, 7);

  it('says when and with whom', () => {
    expect(recordingName(call({ name: 'Nora Keller' }), at)).toBe('2026-11-25 14.03.07 Nora Keller.wav');
    expect(recordingName(call({ number: '+41441234567' }), at)).toBe('2026-11-25 14.03.07 +41441234567.wav');
  });

  it('is never a path, whatever the caller calls himself', () => {
    expect(recordingName(call({ name: '../../etc/passwd' }), at)).toBe('2026-11-25 14.03.07 etcpasswd.wav');
    expect(recordingName(call({ name: 'a\\b:c*?"<>|\u0000\u202e' }), at)).toBe('2026-11-25 14.03.07 abc.wav');
    expect(recordingName(call({ name: '...' }), at)).toBe('2026-11-25 14.03.07 call.wav');
  });
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hs-sound-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function sound() {
    const setSound = vi.fn<Media['sound']['setSound']>();
    const setPreferences = vi.fn<Media['setPreferences']>();
    const media = { setPreferences, sound: { setSound } } as unknown as Media;
    const folders = { profile: folder, documents: join(folder, 'documents') };
    return { setSound, setPreferences, sound: new PhoneSound({ media, folders, region: undefined, log }) };
  }

  it('of devices go to the media room once a change, the headset’s while it is there', () => {
    const { sound: phone, setPreferences } = sound();
    const mic = { deviceId: '7', groupId: 'g', label: 'Headset (0b0e:0307)' };
    const devices = { microphones: [mic], speakers: [] };
    const ready = { name: 'ready', product: 'Link', usbId: '0b0e:0307' } as const;
    phone.follow({ headset: ready, devices });
    expect(setPreferences).not.toHaveBeenCalled();
    phone.use(defaultPreferences);
    for (let twice = 0; twice < 2; twice += 1) phone.follow({ headset: ready, devices });
    for (let twice = 0; twice < 2; twice += 1) phone.follow({ headset: { name: 'none' }, devices });
    expect(setPreferences.mock.calls.map(([{ microphone }]) => microphone?.deviceId)).toEqual(['7', undefined]);
  });

  it('of the person’s own ring tone are copied, and used again after a start', async () => {
    await sound().sound.setRingFile(Buffer.from('RIFF....WAVEfmt '));
    const again = sound();
    await again.sound.start({ ...defaultPreferences, ringTone: 'file' });
    expect(again.setSound.mock.lastCall?.[0]).toMatchObject({ ringTone: 'file' });
  });

  it('of ring tones are told once, not with every other preference', async () => {
    const { sound: phone, setSound } = sound();
    await phone.start(defaultPreferences);
    phone.use({ ...defaultPreferences, ringVolume: 0.3 });
    expect(setSound).toHaveBeenCalledTimes(1);
    phone.use({ ...defaultPreferences, toneCountry: 'de' });
    expect(setSound).toHaveBeenCalledTimes(2);
    await phone.setRingFile(Buffer.from('OggS'));
    phone.use({ ...defaultPreferences, toneCountry: 'de', ringTone: 'file' });
    expect(setSound).toHaveBeenCalledTimes(3);
  });

  it('that are no sound are refused in words', async () => {
    await expect(sound().sound.setRingFile(Buffer.from('<html>'))).rejects.toMatchObject({
      problem: { code: 'not-a-sound-file' },
    });
  });

  it('of recordings are found again, or it is said that they are gone', async () => {
    const path = join(folder, 'call.wav');
    await expect(sound().sound.recordingAt(path)).rejects.toMatchObject({ problem: { code: 'recording-gone' } });
    writeFileSync(path, '');
    expect(await sound().sound.recordingAt(path)).toBe(path);
  });

  it('of recordings get a folder of their own, unless it cannot be made', async () => {
    const path = await sound().sound.recordingPath(call({}), defaultPreferences, new Date());
    expect(path.startsWith(join(folder, 'documents', 'Hookswitch'))).toBe(true);
    writeFileSync(join(folder, 'file'), '');
    const blocked = { ...defaultPreferences, recordingFolder: join(folder, 'file', 'inside') };
    await expect(sound().sound.recordingPath(call({}), blocked, new Date())).rejects.toMatchObject({
      problem: { code: 'recording-folder' },
    });
  });
});
