// Languages: which ones the words exist in, and which of them this person gets.
import * as v from 'valibot';

/** BCP 47 tags of the catalogs under renderer/common/locales. */
export const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'ja', 'ar'] as const;
export const languageSchema = v.picklist(languages);
export type Language = v.InferOutput<typeof languageSchema>;

/** `system`: the first of the system's languages that we have words in. */
export const languageChoiceSchema = v.picklist(['system', ...languages]);
export type LanguageChoice = v.InferOutput<typeof languageChoiceSchema>;

export interface LanguageAndRules {
  /** Of the words. */
  language: Language;
  /** BCP 47, of dates and numbers: the system's own rules where they are of the same language, such as `de-CH`. */
  locale: string;
}

/** Rules of a language where the system names no region for it. English times have 24 hours, as most of the world's. */
const rules: Record<Language, string> = {
  en: 'en-GB',
  de: 'de',
  fr: 'fr',
  es: 'es',
  it: 'it',
  pt: 'pt',
  pl: 'pl',
  ja: 'ja',
  ar: 'ar',
};

/** The language for this choice on a system with these languages (BCP 47, the most wanted first). English where none fits. */
export function chooseLanguage(choice: LanguageChoice, system: readonly string[]): LanguageAndRules {
  const wanted = system.flatMap((tag) => {
    const language = languages.find((known) => known === tag.toLowerCase().split(/[-_]/)[0]);
    return language === undefined ? [] : [{ language, locale: tag.replaceAll('_', '-') }];
  });
  const language = choice === 'system' ? (wanted[0]?.language ?? 'en') : choice;
  const locale = wanted.find((one) => one.language === language)?.locale ?? rules[language];
  return { language, locale: withLatinDigits(locale) };
}

/** Telephone numbers have Latin digits everywhere, so times beside them have them, too. */
function withLatinDigits(locale: string): string {
  return /^ar\b/i.test(locale) && !/-u-/i.test(locale) ? `${locale}-u-nu-latn` : locale;
}

/** The direction that this language is written in. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
