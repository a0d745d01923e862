// A call of three minutes that got worse in its second and was held in its third, for the dev page and tests of the windows. Not in the product.
import type { QualitySeries } from '../../contract/index.ts';

const isHeld = (second: number): boolean => second >= 130 && second < 145;
/** 0 to 1: how bad the line was. */
const trouble = (second: number): number => Math.max(0, 1 - Math.abs(second - 80) / 18);

function column(of: (second: number) => number): (number | null)[] {
  return Array.from({ length: 180 }, (_, second) => (isHeld(second) ? null : of(second)));
}

export const fakeSeries: QualitySeries = {
  every: 1,
  mos: column((second) => 4.4 - 1.6 * trouble(second) - 0.03 * (second % 3)),
  lossIn: column((second) => 9 * trouble(second)),
  lossOut: column(() => 0),
  jitter: column((second) => 3 + 60 * trouble(second) + (second % 4)),
  roundTrip: column((second) => 24 + 180 * trouble(second) + (second % 5)),
};
