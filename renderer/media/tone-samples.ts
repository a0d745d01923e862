// Ring tone and ring-back tone as samples of one period, to be played in a loop. Pure.

interface Note {
  /** Hz. */
  frequencies: readonly number[];
  /** Seconds from the start of the period. */
  from: number;
  to: number;
}

/** Seconds of fading at each end of a note, so that it does not click. */
const fade = 0.012;

function render(notes: readonly Note[], period: number, gain: number, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(period * sampleRate));
  for (const { frequencies, from, to } of notes) {
    for (let at = Math.round(from * sampleRate); at < Math.min(Math.round(to * sampleRate), samples.length); at++) {
      const time = at / sampleRate;
      const envelope = Math.min(1, (time - from) / fade, (to - time) / fade);
      const sum = frequencies.reduce((total, hz) => total + Math.sin(2 * Math.PI * hz * time), 0);
      samples[at] = (samples[at] ?? 0) + (gain * envelope * sum) / frequencies.length;
    }
  }
  return samples;
}

/** Two pairs of rising notes, then rest: 3 s. */
export function ringTone(sampleRate: number): Float32Array<ArrayBuffer> {
  const pair = (from: number): Note[] => [
    { frequencies: [587.33, 880], from, to: from + 0.18 },
    { frequencies: [739.99, 1108.73], from: from + 0.19, to: from + 0.42 },
  ];
  return render([...pair(0), ...pair(0.5)], 3, 0.8, sampleRate);
}

/** 425 Hz, 1 s on and 4 s off (ITU-T E.180 supplement 2, as in most of Europe). */
export function ringBackTone(sampleRate: number): Float32Array<ArrayBuffer> {
  return render([{ frequencies: [425], from: 0, to: 1 }], 5, 0.25, sampleRate);
}
