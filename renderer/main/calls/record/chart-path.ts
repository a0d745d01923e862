// Lines of a chart in a box of 100 by 100: gaps where nobody can say. Pure.

/** An SVG path; '' where there is no value. Values beyond `top` run along the edge. */
export function chartPath(
  values: readonly (number | null)[],
  { bottom, top }: { bottom: number; top: number },
): string {
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  let isDown = false;
  const parts: string[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isDown = false;
      continue;
    }
    const x = round(index * step);
    const y = round(100 - (100 * (Math.min(Math.max(value, bottom), top) - bottom)) / (top - bottom));
    // A single point is a short line, else nothing is drawn of it.
    parts.push(isDown ? `L${x} ${y}` : `M${x} ${y}h0.01`);
    isDown = true;
  }
  return parts.join('');
}

/** The top of a scale that starts at 0: the next of these steps above the largest value. */
export function topOf(values: readonly (number | null)[], steps: readonly number[]): number {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return steps.find((step) => step >= largest) ?? steps.at(-1) ?? 1;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
