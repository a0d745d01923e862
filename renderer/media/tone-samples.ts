// Network tones and ring tones as samples of one period, to be played in a loop. Pure.
import type { NetworkTone, RingTone } from '../../contract/index.ts';
import type { TonePlan } from './tone-plan.ts';

interface Note {
  /** Hz. */
  frequencies: readonly number[];
  /** Seconds from the start of the period. */
  from: number;
  to: number;
  /** Seconds after which it has faded by itself to a third, as a struck thing does; absent: it does not. */
  decay?: number;
}

type Samples = Float32Array<ArrayBuffer>;

/** Seconds of fading at each end of a note, so that it does not click. */
const fade = 0.012;
/** Of full scale: well below a voice, which reaches the loudspeaker at about 0.3. */
const toneLevel = 0.25;
/** The waiting tone sounds in an ear that listens to somebody. */
const softLevel = 0.05;
/** Seconds of a tone without a cadence: whole periods of every frequency in hertz, so that the loop has no seam. */
const steadyPeriod = 1;

function render(notes: readonly Note[], period: number, gain: number, sampleRate: number, seam = fade): Samples {
  const samples = new Float32Array(Math.round(period * sampleRate));
  for (const { frequencies, from, to, decay } of notes) {
    for (let at = Math.round(from * sampleRate); at < Math.min(Math.round(to * sampleRate), samples.length); at++) {
      const time = at / sampleRate;
      const edges = seam > 0 ? Math.min(1, (time - from) / seam, (to - time) / seam) : 1;
      const envelope = edges * (decay === undefined ? 1 : Math.exp((from - time) / decay));
      const sum = frequencies.reduce((total, hz) => total + Math.sin(2 * Math.PI * hz * time), 0);
      samples[at] = (samples[at] ?? 0) + (gain * envelope * sum) / frequencies.length;
    }
  }
  return samples;
}

/** One period of a network tone. */
export function networkTone(tone: NetworkTone, { hz, cadence }: TonePlan, sampleRate: number): Samples {
  const level = tone === 'waiting' ? softLevel : toneLevel;
  if (cadence.length === 0) {
    return render([{ frequencies: hz, from: 0, to: steadyPeriod }], steadyPeriod, level, sampleRate, 0);
  }
  const notes: Note[] = [];
  let time = 0;
  for (const [index, length] of cadence.entries()) {
    if (index % 2 === 0) notes.push({ frequencies: hz, from: time, to: time + length });
    time += length;
  }
  return render(notes, time, level, sampleRate);
}

const ringLevel = 0.8;

/** Two pairs of rising notes, then rest: 3 s. */
function rise(sampleRate: number): Samples {
  const pair = (from: number): Note[] => [
    { frequencies: [587.33, 880], from, to: from + 0.18 },
    { frequencies: [739.99, 1108.73], from: from + 0.19, to: from + 0.42 },
  ];
  return render([...pair(0), ...pair(0.5)], 3, ringLevel, sampleRate);
}

/** Two gongs struck in turn, as in an old telephone: 1.2 s, then rest; 4 s. */
function bell(sampleRate: number): Samples {
  const notes: Note[] = [];
  for (let strike = 0; strike < 24; strike += 1) {
    const from = strike * 0.05;
    const frequencies = strike % 2 === 0 ? [1180, 2590, 3870] : [1330, 2910, 4350];
    notes.push({ frequencies, from, to: from + 0.4, decay: 0.08 });
  }
  return render(notes, 4, 0.45, sampleRate);
}

/** A falling and rising chord on wood: 3.2 s. */
function marimba(sampleRate: number): Samples {
  const scale = [784, 659.26, 523.25, 659.26, 784, 1046.5];
  const notes = scale.map((hz, index) => ({
    frequencies: [hz, 4 * hz],
    from: index * 0.17,
    to: index * 0.17 + 0.6,
    decay: 0.16,
  }));
  return render(notes, 3.2, 0.7, sampleRate);
}

/** Two soft pulses for shared rooms: 3 s. */
function pulse(sampleRate: number): Samples {
  const at = (from: number): Note => ({ frequencies: [440, 554.37], from, to: from + 0.3 });
  return render([at(0), at(0.4)], 3, 0.6, sampleRate);
}

/** One period of a ring tone that is made here. */
export function ringTone(tone: Exclude<RingTone, 'file'>, sampleRate: number): Samples {
  return { rise, bell, marimba, pulse }[tone](sampleRate);
}

/** What both sides hear while a call is recorded: 1400 Hz for a quarter of a second, every 15 s. */
export function recordingNotice(sampleRate: number): Samples {
  return render([{ frequencies: [1400], from: 0, to: 0.25 }], 15, 0.12, sampleRate);
}

/** Row and column of each key (ITU-T Q.23), Hz. */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = '123A456B789C*0#D';

/** Seconds of a key sent as sound, and of the pause after it (ITU-T Q.24: at least 40 ms each). */
export const keyLength = 0.12;
const keyPause = 0.08;

/** A key as sound with the pause after it; silence for what is no key. */
export function keyTone(key: string, sampleRate: number): Samples {
  const index = keys.indexOf(key);
  const frequencies = [rows[Math.floor(index / 4)], columns[index % 4]].filter((hz) => hz !== undefined);
  const notes = index < 0 || key.length !== 1 ? [] : [{ frequencies, from: 0, to: keyLength }];
  return render(notes, keyLength + keyPause, 0.5, sampleRate, 0.003);
}
