// What reading a NOTIFY's body gives, and the version rules that dialog (RFC 4235 4.3) and reg (RFC 3680 5.1) share.

/** A value, and the version it is of where the package counts. */
export interface Reading<Value> {
  kind: 'value';
  value: Value;
  version: number | null;
  /** Changes were missed: the notifier has to tell all again, which a refresh makes it do. */
  stale: boolean;
}

export interface Unreadable {
  kind: 'unreadable';
  reason: string;
}

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}

export function plain<Value>(value: Value): Reading<Value> {
  return { kind: 'value', value, version: null, stale: false };
}

/**
 * A document that counts. Older ones change nothing; a full one replaces what was known; a partial one changes it, and
 * after a gap, or with nothing to change, it leaves what was known `stale`. `build` is given what stays of the old.
 */
export function versioned<Value>(
  known: Reading<Value> | null,
  version: number,
  full: boolean,
  build: (before: Value | null) => Value,
): Reading<Value> {
  const last = known?.version ?? null;
  if (known !== null && last !== null && version <= last) return known;
  if (full) return { kind: 'value', value: build(null), version, stale: false };
  const gap = last === null || version !== last + 1 || (known?.stale ?? false);
  return { kind: 'value', value: build(known?.value ?? null), version, stale: gap };
}
