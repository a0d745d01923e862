// Words: typed catalogs, one per part of the app. `t('close')`, `t('main:available')`. A language is loaded when it is chosen.
import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import { directionOf, type Language } from '../../contract/index.ts';
import type { Catalog } from './locales/catalog.ts';
import { en } from './locales/en/index.ts';
import { onPhoneState, phoneState } from './phone-store.ts';
import { isCount, isPlain, sentenceOf, type Sentence } from './sentence.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
    enableSelector: false;
  }
}

const load: Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalog }>> = {
  de: () => import('./locales/de/index.ts'),
  fr: () => import('./locales/fr/index.ts'),
  es: () => import('./locales/es/index.ts'),
  it: () => import('./locales/it/index.ts'),
  pt: () => import('./locales/pt/index.ts'),
  pl: () => import('./locales/pl/index.ts'),
  ja: () => import('./locales/ja/index.ts'),
  ar: () => import('./locales/ar/index.ts'),
};

const i18n = createInstance();
let shown: Language = 'en';

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en },
  ns: Object.keys(en),
  defaultNS: 'common',
  initAsync: false,
  // React escapes what it draws. What is put into a sentence keeps its own direction: "+41 44" in Arabic.
  interpolation: { escapeValue: true, escape: (value) => (directionOf(shown) === 'rtl' ? isolated(value) : value) },
});

/** Between FSI and PDI (Unicode UAX 9, 2.4) a name or number is laid out by itself. */
function isolated(value: string): string {
  return `\u2068${value}\u2069`;
}

const found = i18n.getFixedT(null, ['common', 'main', 'calls', 'setup', 'incoming', 'notices', 'diagnostics']);
/** Sentences of the language that is shown, to be filled in: rows ask for the same ones dozens of times at each key. */
const known = new Map<string, Sentence | null>();
/** Sentences that go by a count, as i18next said them. */
const counted = new Map<string, string>();
const mostCounted = 500;
i18n.on('languageChanged', () => {
  known.clear();
  counted.clear();
});

/** The sentence of a key, where nothing but its values decides how it reads; null: i18next has to say it. */
function sentence(key: string): Sentence | null {
  const there = known.get(key);
  if (there !== undefined) return there;
  const text: unknown = Reflect.apply(found, undefined, [key, { defaultValue: '', skipInterpolation: true }]);
  const made = typeof text === 'string' && text !== '' ? sentenceOf(text) : null;
  known.set(key, made);
  return made;
}

function quick([key, values, ...more]: readonly unknown[]): string | undefined {
  if (typeof key !== 'string' || more.length > 0) return undefined;
  if (isCount(values)) return byCount(key, values);
  if (values !== undefined && !isPlain(values)) return undefined;
  return sentence(key)?.(values ?? {}, (value) => (directionOf(shown) === 'rtl' ? isolated(value) : value));
}

/** i18next looks for the form that goes with the count anew each time, which a list that is scrolled feels. */
function byCount(key: string, values: { count: number }): string | undefined {
  const of = `${key} ${values.count}`;
  const there = counted.get(of);
  if (there !== undefined) return there;
  const said: unknown = Reflect.apply(found, undefined, [key, values]);
  if (typeof said !== 'string') return undefined;
  if (counted.size >= mostCounted) counted.clear();
  counted.set(of, said);
  return said;
}

/** A text by its key; values by name: `t('main:callPerson', { name })`. */
export const t = new Proxy(found, {
  apply: (target, self, given: unknown[]): unknown => quick(given) ?? Reflect.apply(target, self, given),
});

/** The language of the words now. */
export function language(): Language {
  return shown;
}

/** BCP 47, for dates and numbers. */
export function locale(): string {
  const { language, locale } = phoneState();
  return language === shown ? locale : shown;
}

/** The sentence of a problem by its code, with its values, in the words' language; undefined: there is none, or it is English. */
export function problemSentence(code: string, values: Record<string, string> = {}): string | undefined {
  const sentence: unknown = i18n.getResource(shown, 'problems', code);
  if (typeof sentence !== 'string') return undefined;
  return i18n.t(`problems:${code}`, { ...values, lng: shown, defaultValue: sentence });
}

/** A word that the catalogs may lack, such as one for a code that a later phone sends. */
export function word(key: string, values: Record<string, string> = {}): string | undefined {
  return i18n.exists(key) ? i18n.t(key, { defaultValue: '', ...values }) : undefined;
}

/** Takes another language's words and shows them. */
export async function showLanguage(next: Language): Promise<void> {
  if (next !== 'en' && !i18n.hasResourceBundle(next, 'common')) {
    const { default: catalog } = await load[next]();
    for (const [part, words] of Object.entries(catalog)) i18n.addResourceBundle(next, part, words);
  }
  shown = next;
  document.documentElement.lang = next;
  document.documentElement.dir = directionOf(next);
  await i18n.changeLanguage(next);
}

/** Follows the phone's language for the life of the window. */
export function followLanguage(): void {
  let wanted: Language = shown;
  const follow = () => {
    const { language } = phoneState();
    if (language === wanted) return;
    wanted = language;
    void showLanguage(language);
  };
  follow();
  onPhoneState(follow);
}

/** The language of the words now, as state: what is drawn under it is drawn anew with it. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      i18n.on('languageChanged', listener);
      return () => i18n.off('languageChanged', listener);
    },
    () => shown,
  );
}
