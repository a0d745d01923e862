// Words: typed catalogs, one per part of the app. `t('close')`, `t('main:available')`.
import { createInstance } from 'i18next';
import { calls } from './locales/en/calls.ts';
import { common } from './locales/en/common.ts';
import { diagnostics } from './locales/en/diagnostics.ts';
import { incoming } from './locales/en/incoming.ts';
import { main } from './locales/en/main.ts';
import { setup } from './locales/en/setup.ts';

const en = { common, main, calls, setup, incoming, diagnostics } as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
    enableSelector: false;
  }
}

const i18n = createInstance();

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en },
  ns: Object.keys(en),
  defaultNS: 'common',
  initAsync: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
});

/** A text by its key; values by name: `t('main:callPerson', { name })`. */
export const t = i18n.getFixedT(null, ['common', 'main', 'calls', 'setup', 'incoming', 'diagnostics']);

/** BCP 47, for dates and numbers. */
export function language(): string {
  return i18n.language;
}
