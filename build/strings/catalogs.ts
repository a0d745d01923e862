// The catalogs laid flat, and how a language's stand beside the English: what is missing, left over, or does not fit.
import { desktopWords } from '../../electron/desktop/words/index.ts';
import { languages, type Language } from '../../contract/index.ts';
import { en } from '../../renderer/common/locales/en/index.ts';
import { problemCodes } from './sources.ts';

export type Translation = Exclude<Language, 'en'>;
export const translations = languages.filter((language): language is Translation => language !== 'en');

type Tree = { readonly [key: string]: string | Tree };

/** `setup:settings.title` -> its text. */
export function flat(parts: Readonly<Record<string, object>>): Map<string, string> {
  const texts = new Map<string, string>();
  const lay = (prefix: string, tree: Tree) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') texts.set(`${prefix}${key}`, value);
      else lay(`${prefix}${key}.`, value);
    }
  };
  for (const [part, tree] of Object.entries(parts)) lay(`${part}:`, tree as Tree);
  return texts;
}

/** All English words: those of the windows and those of the desktop. */
export function english(): Map<string, string> {
  return new Map([...flat(en), ...flat({ desktop: desktopWords.en })]);
}

/** All words of a language. */
export async function wordsOf(language: Translation): Promise<Map<string, string>> {
  const { default: catalog } = (await import(`../../renderer/common/locales/${language}/index.ts`)) as {
    default: Readonly<Record<string, object>>;
  };
  return new Map([...flat(catalog), ...flat({ desktop: desktopWords[language] })]);
}

const plural = /_(zero|one|two|few|many|other)$/;
/** The key of the English text that this one stands for. */
export const keyOf = (key: string) => key.replace(plural, '');

export interface Findings {
  /** English texts that the language says in English still. */
  missing: string[];
  /** Keys that English does not have. */
  leftover: string[];
  /** What cannot be right: values that English does not put in, plural forms that the language has and the text lacks. */
  wrong: string[];
}

/** Compares a language's words with the English ones. */
export function compare(language: Translation, words: ReadonlyMap<string, string>): Findings {
  const known = english();
  const codes = problemCodes().map((code) => `problems:${code}`);
  const isProblem = (key: string) => key.startsWith('problems:');
  const given = new Set([...words.keys()].map(keyOf));
  const missing = [...known.keys(), ...codes].filter((key) => !given.has(keyOf(key)));
  const englishKeys = new Set([...known.keys()].map(keyOf));
  const leftover = [...words.keys()].filter((key) => !isProblem(key) && !englishKeys.has(keyOf(key)));
  const gone = [...words.keys()].filter((key) => isProblem(key) && !codes.includes(key));
  const wrong = [...wrongValues(known, words), ...wrongForms(language, words)];
  return { missing, leftover: [...leftover, ...gone], wrong };
}

const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

/** A number may go unsaid where the form says it: "one missed call". Everything else is said in every language. */
function wrongValues(known: ReadonlyMap<string, string>, words: ReadonlyMap<string, string>): string[] {
  return [...words].flatMap(([key, text]) => {
    const model = known.get(key) ?? known.get(keyOf(key)) ?? known.get(`${keyOf(key)}_other`);
    if (model === undefined) return [];
    const mayLack = plural.test(key) ? ['count'] : [];
    const [wanted, has] = [values(model), values(text)];
    const lacks = wanted.filter((value) => !has.includes(value) && !mayLack.includes(value));
    const strange = has.filter((value) => !wanted.includes(value));
    return lacks.length + strange.length === 0 ? [] : [`${key}: lacks {${lacks.join()}}, has {${strange.join()}}`];
  });
}

/** "Many" of the Romance languages is for millions. */
const romance = new Set<Language>(['fr', 'es', 'it', 'pt']);

function wrongForms(language: Translation, words: ReadonlyMap<string, string>): string[] {
  const forms = new Intl.PluralRules(language)
    .resolvedOptions()
    .pluralCategories.filter((form) => form !== 'many' || !romance.has(language));
  const counted = new Set([...words.keys()].filter((key) => plural.test(key)).map(keyOf));
  return [...counted].flatMap((key) => {
    const lacking = forms.filter((form) => !words.has(`${key}_${form}`));
    return lacking.length === 0 ? [] : [`${key}: lacks the form for ${lacking.join(', ')}`];
  });
}
