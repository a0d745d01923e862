// The audio devices that belong to a headset's buttons, by the names that browsers give them.
import { describe, expect, it } from 'vitest';
import { defaultPreferences, type AudioDevice, type HeadsetState } from '../../contract/index.ts';
import { withHeadsetAudio } from './headset-audio.ts';

const headset: HeadsetState = { name: 'ready', product: 'Jabra EVOLVE LINK MS', usbId: '0b0e:0307' };
const device = (label: string): AudioDevice => ({ deviceId: `id of ${label}`, groupId: `group of ${label}`, label });
const chosen = (label: string) => ({ deviceId: `id of ${label}`, groupId: `group of ${label}`, label });
const desk = device('Desk microphone (1234:5678)');

function audio(microphones: AudioDevice[], speakers: AudioDevice[], change = {}, state: HeadsetState = headset) {
  const { microphone, speaker } = withHeadsetAudio({ ...defaultPreferences, ...change }, state, {
    microphones,
    speakers,
  });
  return { microphone, speaker };
}

describe('a headset that is ready', () => {
  it('brings its microphone and speaker by the USB id in their names', () => {
    const [mic, ear] = ['Headset Microphone (0b0e:0307)', 'Headset Earphone (0B0E:0307)'];
    expect(audio([desk, device(mic)], [device(ear), desk])).toEqual({ microphone: chosen(mic), speaker: chosen(ear) });
  });

  it('brings them by its product where names carry no id, as on Linux', () => {
    const mono = 'Jabra EVOLVE LINK MS, Mono';
    expect(audio([device('Built-in'), device(mono)], [device('HDMI')])).toEqual({
      microphone: chosen(mono),
      speaker: null,
    });
  });

  it('takes no device of another id for its own, whatever that is called', () => {
    expect(audio([device('Jabra EVOLVE LINK MS (0b0e:9999)')], []).microphone).toBeNull();
  });

  it('takes nothing by a name that says nothing', () => {
    const state = { ...headset, product: 'USB' };
    expect(audio([device('USB Audio')], [], {}, state).microphone).toBeNull();
  });

  it('changes nothing that the person chose, and nothing where they do not want it', () => {
    const mic = device('Headset (0b0e:0307)');
    const mine = chosen(desk.label);
    expect(audio([desk, mic], [mic], { microphone: mine })).toEqual({ microphone: mine, speaker: chosen(mic.label) });
    expect(audio([mic], [mic], { headsetAudio: false })).toEqual({ microphone: null, speaker: null });
  });
});

it('a headset that another program uses, or none, changes nothing', () => {
  const mic = device('Headset (0b0e:0307)');
  const states: HeadsetState[] = [{ name: 'none' }, { name: 'in-use-elsewhere', product: 'Jabra EVOLVE LINK MS' }];
  for (const state of states) expect(audio([mic], [mic], {}, state)).toEqual({ microphone: null, speaker: null });
});
