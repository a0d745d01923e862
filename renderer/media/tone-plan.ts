// The network's tones by country, as a telephone there sounds (ITU-T E.180 supplement 2, "Various tones used in national
// networks"; for `eu`, ETSI TR 101 041-2). Where supplement 2 allows several, the commonest. Data.
import type { NetworkTone, ToneCountry } from '../../contract/index.ts';

/** Hz, sounding together; seconds of sound and silence in turn, again and again. No cadence: it sounds without a pause. */
export interface TonePlan {
  hz: readonly number[];
  cadence: readonly number[];
}

/** Heard before the phone answers by itself, in every country. */
export const autoAnswerPlan: TonePlan = { hz: [880], cadence: [0.15, 0.1, 0.15, 0.4] };

type Plans = Readonly<Record<Exclude<NetworkTone, 'auto-answer'>, TonePlan>>;

const plan = (hz: number | readonly number[], ...cadence: number[]): TonePlan => ({
  hz: typeof hz === 'number' ? [hz] : hz,
  cadence,
});

/** One frequency for all; cadences differ. */
function single(
  hz: number,
  cadences: { ringBack: number[]; busy: number[]; congestion: number[]; waiting: number[]; dial?: number[] },
): Plans {
  return {
    dial: plan(hz, ...(cadences.dial ?? [])),
    'ring-back': plan(hz, ...cadences.ringBack),
    busy: plan(hz, ...cadences.busy),
    congestion: plan(hz, ...cadences.congestion),
    waiting: plan(hz, ...cadences.waiting),
  };
}

const northAmerica: Plans = {
  dial: plan([350, 440]),
  'ring-back': plan([440, 480], 2, 4),
  busy: plan([480, 620], 0.5, 0.5),
  congestion: plan([480, 620], 0.25, 0.25),
  waiting: plan(440, 0.3, 9.7),
};

export const tonePlans: Readonly<Record<ToneCountry, Plans>> = {
  at: single(420, { ringBack: [1, 5], busy: [0.4, 0.4], congestion: [0.2, 0.2], waiting: [0.04, 1.95] }),
  au: {
    dial: plan([413, 438]),
    'ring-back': plan([400, 450], 0.4, 0.2, 0.4, 2),
    busy: plan(425, 0.375, 0.375),
    congestion: plan(425, 0.375, 0.375),
    waiting: plan(425, 0.2, 0.2, 0.2, 4.4),
  },
  be: {
    ...single(425, { ringBack: [1, 3], busy: [0.5, 0.5], congestion: [0.167, 0.167], waiting: [] }),
    waiting: plan(1400, 0.175, 0.175, 0.175, 3.5),
  },
  br: single(425, {
    ringBack: [1, 4],
    busy: [0.25, 0.25],
    congestion: [0.25, 0.25, 0.75, 0.25],
    waiting: [0.05, 1],
  }),
  ca: northAmerica,
  ch: single(425, { ringBack: [1, 4], busy: [0.5, 0.5], congestion: [0.2, 0.2], waiting: [0.2, 0.2, 0.2, 4] }),
  cn: single(450, { ringBack: [1, 4], busy: [0.35, 0.35], congestion: [0.7, 0.7], waiting: [0.4, 4] }),
  de: single(425, { ringBack: [1, 4], busy: [0.48, 0.48], congestion: [0.24, 0.24], waiting: [0.2, 0.2, 0.2, 5] }),
  dk: single(425, { ringBack: [1, 4], busy: [0.5, 0.5], congestion: [0.25, 0.25], waiting: [0.2, 0.2, 0.2, 3.6] }),
  es: single(425, {
    ringBack: [1.5, 3],
    busy: [0.2, 0.2],
    congestion: [0.2, 0.2, 0.2, 0.2, 0.2, 0.6],
    waiting: [0.175, 0.175, 0.175, 3.5],
  }),
  eu: single(425, { ringBack: [1, 4], busy: [0.5, 0.5], congestion: [0.2, 0.2], waiting: [0.2, 0.6, 0.2, 3] }),
  fi: single(425, { ringBack: [1, 4], busy: [0.3, 0.3], congestion: [0.2, 0.2], waiting: [0.15, 0.15, 0.15, 8] }),
  fr: single(440, { ringBack: [1.5, 3.5], busy: [0.5, 0.5], congestion: [0.25, 0.25], waiting: [0.3, 10] }),
  gb: {
    dial: plan([350, 440]),
    'ring-back': plan([400, 450], 0.4, 0.2, 0.4, 2),
    busy: plan(400, 0.375, 0.375),
    congestion: plan(400, 0.4, 0.35, 0.225, 0.525),
    waiting: plan(400, 0.1, 4),
  },
  in: {
    ...single(400, { ringBack: [], busy: [0.75, 0.75], congestion: [0.25, 0.25], waiting: [0.2, 0.1, 0.2, 7.5] }),
    'ring-back': plan([375, 425], 0.4, 0.2, 0.4, 2),
  },
  it: single(425, {
    dial: [0.2, 0.2, 0.6, 1],
    ringBack: [1, 4],
    busy: [0.5, 0.5],
    congestion: [0.2, 0.2],
    waiting: [0.4, 0.1, 0.25, 0.1, 0.15, 14],
  }),
  jp: {
    ...single(400, { ringBack: [], busy: [0.5, 0.5], congestion: [0.5, 0.5], waiting: [0.5, 8] }),
    'ring-back': plan([384, 416], 1, 2),
  },
  nl: single(425, { ringBack: [1, 4], busy: [0.5, 0.5], congestion: [0.25, 0.25], waiting: [0.5, 9.5] }),
  no: single(425, { ringBack: [1, 4], busy: [0.5, 0.5], congestion: [0.2, 0.2], waiting: [0.2, 0.6, 0.2, 10] }),
  pl: single(425, { ringBack: [1, 4], busy: [0.5, 0.5], congestion: [0.5, 0.5], waiting: [0.15, 0.15, 0.15, 4] }),
  se: single(425, { ringBack: [1, 5], busy: [0.25, 0.25], congestion: [0.25, 0.75], waiting: [0.2, 0.5, 0.2, 9.1] }),
  us: northAmerica,
};
