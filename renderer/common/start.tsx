// Starts a window: policy, theme, styles, first render.
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { followLanguage } from './i18n.ts';
import { followTheme } from './theme.ts';
import { claimStyleIds } from './strict-csp.ts';
import './base.css';

/** Draws into #root. */
export function start(app: ReactNode): void {
  const root = document.querySelector('#root');
  if (!root) throw new Error('The page has no #root.');
  claimStyleIds(document);
  followTheme();
  followLanguage();
  createRoot(root).render(<StrictMode>{app}</StrictMode>);
}
