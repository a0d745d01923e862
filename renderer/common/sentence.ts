// A catalog's sentence, taken apart once and filled in often.

/** @param mark how a value stands in the sentence */
export type Sentence = (values: PlainValues, mark: (value: string) => string) => string | undefined;
export type PlainValues = Readonly<Record<string, string>>;

/** Null where i18next has more to do than to put values in: formats and sentences inside of sentences. */
export function sentenceOf(text: string): Sentence | null {
  if (text.includes('$t(')) return null;
  const parts = text.split(/\{\{(.*?)\}\}/u);
  const names = parts.filter((_, at) => at % 2 === 1).map((name) => name.trim());
  if (!names.every((name) => /^\w+$/u.test(name))) return null;
  const [first = '', ...words] = parts.filter((_, at) => at % 2 === 0);
  return (values, mark) => {
    let whole = first;
    for (const [at, name] of names.entries()) {
      const value = values[name];
      if (value === undefined) return undefined;
      whole += mark(value) + (words[at] ?? '');
    }
    return whole;
  };
}

/** Only texts by name: a `count` or a `context` makes another sentence of it. */
export function isPlain(values: unknown): values is PlainValues {
  if (typeof values !== 'object' || values === null || 'context' in values || 'defaultValue' in values) return false;
  return Object.values(values).every((value) => typeof value === 'string');
}

/** A count and nothing else. */
export function isCount(values: unknown): values is { count: number } {
  if (typeof values !== 'object' || values === null) return false;
  return Object.keys(values).join() === 'count' && 'count' in values && typeof values.count === 'number';
}
