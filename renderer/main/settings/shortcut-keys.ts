// What is kept of a person's shortcuts, with one of them changed. Pure.

/** The keys with those of one act in place of what it had; null: the usual ones. */
export function withKeys<Id extends string>(
  chosen: Partial<Record<Id, string | undefined>>,
  id: Id,
  keys: string | null,
): Partial<Record<Id, string>> {
  const { [id]: _before, ...others } = chosen;
  const kept = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  return { ...kept, ...(keys === null ? {} : { [id]: keys }) } as Partial<Record<Id, string>>;
}
