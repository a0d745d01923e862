// A zone where it is about noon: what a spec calls today stays today, at whatever hour the specs run.

/** The time zone whose clocks show 12:00 to 12:59 at `at`, as the tz database names it: `Etc/GMT-2` is two hours ahead. */
export function middayZone(at: Date): string {
  const behind = at.getUTCHours() - 12;
  return `Etc/GMT${behind < 0 ? '' : '+'}${behind}`;
}
