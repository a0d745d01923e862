// Words of what the system draws for us: tray, notifications, file dialogs. In the language of the windows.
import { createInstance } from 'i18next';
import { languages, type Language } from '../../../contract/index.ts';
import { ar } from './locales/ar.ts';
import { de } from './locales/de.ts';
import { en, type DesktopWords } from './locales/en.ts';
import { es } from './locales/es.ts';
import { fr } from './locales/fr.ts';
import { it } from './locales/it.ts';
import { ja } from './locales/ja.ts';
import { pl } from './locales/pl.ts';
import { pt } from './locales/pt.ts';

export const desktopWords: Record<Language, Partial<DesktopWords>> = { en, de, fr, es, it, pt, pl, ja, ar };

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(languages.map((language) => [language, { translation: desktopWords[language] }])),
  initAsync: false,
  // The system draws plain text.
  interpolation: { escapeValue: false },
});

/** A text in this language, English where it lacks one; values by name. */
export function say(language: Language, key: keyof DesktopWords, values: Record<string, string> = {}): string {
  return i18n.t(key, { lng: language, defaultValue: '', ...values });
}
