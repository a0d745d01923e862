// Which screen is open: one of the views, and on top of it a person's card, a person's form or an account's form.
import { useCallback, useMemo, useState } from 'react';
import type { CallRecord } from '../../contract/index.ts';

import type { SettingPlace } from './settings/setting-lines.ts';

export type View = 'contacts' | 'recents' | 'messages' | 'settings';
export type SettingsSection = 'accounts' | 'audio' | 'headset' | 'language' | SettingPlace | null;

export type Page =
  | { name: 'person'; personId: string }
  | { name: 'duplicates' }
  | { name: 'call'; record: CallRecord }
  | { name: 'person-form'; personId: string | null; number: string | undefined }
  /** How a call was heard and what SIP said of it. */
  | { name: 'call-record'; callId: string; who: string }
  | { name: 'account-form'; accountId: string | null };

export interface Views {
  view: View;
  settingsSection: SettingsSection;
  /** Grows when settings are opened anew, so that they start at their first page. */
  settingsVisit: number;
  page: Page | null;
  show: (view: View, section?: SettingsSection) => void;
  open: (page: Page) => void;
  /** Back to what was under the page. */
  close: () => void;
}

export function useViews(): Views {
  const [view, setView] = useState<View>('contacts');
  const [settings, setSettings] = useState<{ section: SettingsSection; visit: number }>({ section: null, visit: 0 });
  /** The last is on top. */
  const [pages, setPages] = useState<readonly Page[]>([]);

  const show = useCallback((next: View, section: SettingsSection = null) => {
    setView(next);
    setPages([]);
    setSettings(({ visit }) => ({ section, visit: visit + 1 }));
  }, []);
  const open = useCallback((page: Page) => {
    // A card in place of a card: Back leads to the list, not through everybody looked at.
    setPages((open) => [...open.filter((other) => other.name !== page.name), page]);
  }, []);
  const close = useCallback(() => setPages((open) => (open.length > 0 ? open.slice(0, -1) : open)), []);

  return useMemo(
    () => ({
      view,
      settingsSection: settings.section,
      settingsVisit: settings.visit,
      page: pages.at(-1) ?? null,
      show,
      open,
      close,
    }),
    [view, settings, pages, show, open, close],
  );
}
