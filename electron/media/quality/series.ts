// A call's quality second by second, in so many points at most: when there are too many, each two become the worse of both. Pure.
import type { CallStats, QualitySeries } from '../../../contract/index.ts';
import { qualityBetween } from './meter.ts';

/** How a second was heard; null where nobody can say, such as on hold. */
export interface Point {
  mos: number | null;
  lossIn: number | null;
  lossOut: number | null;
  jitter: number | null;
  roundTrip: number | null;
}

export interface Series {
  /** Seconds from one point to the next. */
  readonly every: number;
  readonly points: readonly Point[];
  /** Seconds of the point that is being made. */
  readonly open: readonly Point[];
  readonly last: CallStats | null;
}

/** Ten minutes by the second; an hour by eight. */
const mostPoints = 600;

export const noSeries: Series = { every: 1, points: [], open: [], last: null };

/** One second further. */
export function addSecond(series: Series, stats: CallStats): Series {
  const { last } = series;
  const before = last && stats.packetsReceived >= last.packetsReceived ? last : null;
  const next = { ...series, last: stats };
  return before === null ? next : added(next, pointBetween(before, stats));
}

function added(series: Series, point: Point): Series {
  const open = [...series.open, point];
  if (open.length < series.every) return { ...series, open };
  const points = [...series.points, worst(open)];
  if (points.length <= mostPoints) return { ...series, points, open: [] };
  const halved = Array.from({ length: Math.ceil(points.length / 2) }, (_, index) =>
    worst(points.slice(2 * index, 2 * index + 2)),
  );
  return { ...series, every: 2 * series.every, points: halved, open: [] };
}

function pointBetween(from: CallStats, to: CallStats): Point {
  if (to.packetsReceived === from.packetsReceived) {
    return { mos: null, lossIn: null, lossOut: null, jitter: null, roundTrip: null };
  }
  return qualityBetween(from, to);
}

function worst(points: readonly Point[]): Point {
  const most = (of: (point: Point) => number | null, pick: (...values: number[]) => number): number | null => {
    const known = points.map(of).filter((value) => value !== null);
    return known.length === 0 ? null : pick(...known);
  };
  return {
    mos: most(({ mos }) => mos, Math.min),
    lossIn: most(({ lossIn }) => lossIn, Math.max),
    lossOut: most(({ lossOut }) => lossOut, Math.max),
    jitter: most(({ jitter }) => jitter, Math.max),
    roundTrip: most(({ roundTrip }) => roundTrip, Math.max),
  };
}

/** As it is drawn and kept; null where there is no point yet. */
export function seriesOf({ every, points }: Series): QualitySeries | null {
  if (points.length === 0) return null;
  const column = (of: (point: Point) => number | null, places: number): (number | null)[] =>
    points.map((point) => {
      const value = of(point);
      return value === null ? null : Number(value.toFixed(places));
    });
  return {
    every,
    mos: column(({ mos }) => mos, 2),
    lossIn: column(({ lossIn }) => lossIn, 1),
    lossOut: column(({ lossOut }) => lossOut, 1),
    jitter: column(({ jitter }) => jitter, 1),
    roundTrip: column(({ roundTrip }) => roundTrip, 0),
  };
}
