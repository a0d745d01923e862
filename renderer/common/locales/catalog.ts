// Catalog: what a language's words look like. English has every key; another language may lack some and then says them in English.
import type { en } from './en/index.ts';

/** Forms of a number of things (CLDR): a language gives those it has, as `missed_one`, `missed_few`. */
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** `missed` for `missed` and for `missed_one`. */
type Base<Key extends string> = Key extends `${infer Name}_${PluralForm}` ? Name : Key;

/** The shape of the English words: no key besides theirs, and each may stand in plural forms. */
export type Words<English> = {
  readonly [
    Key in keyof English & string as English[Key] extends string ? Base<Key> | `${Base<Key>}_${PluralForm}` : Key
  ]?: English[Key] extends string ? string : Words<English[Key]>;
};

/** A language in full: the English parts, and the sentences of problems by their codes, which in English come with the problem. */
export type Catalog = { readonly [Part in keyof typeof en]: Words<(typeof en)[Part]> } & {
  readonly problems: Readonly<Record<string, string>>;
};
