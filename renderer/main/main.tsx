// The main window.
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { locale, useLanguage } from '../common/index.ts';
import { start } from '../common/start.tsx';
import { App } from './App.tsx';

/** Menus and lists open, and take arrow keys, as the language is written. */
function Main(): ReactNode {
  useLanguage();
  return (
    <I18nProvider locale={locale()}>
      <App />
    </I18nProvider>
  );
}

start(<Main />);
