// App: the main window. Title line; what the person looks at; the call, always in sight; navigation.
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { EmptyState, t, Toasts, useLanguage, useMedia, usePhone, WorkingLine } from '../common/index.ts';
import { AccountForm } from './account/AccountForm.tsx';
import { CallDock } from './calls/CallDock.tsx';
import { OpenRecordContext } from './calls/record/open-record.ts';
import { DialFieldProvider, useFieldMode, type FieldMode } from './field/dial-field-context.tsx';
import { Hints } from './field/Hints.tsx';
import { FirstRun } from './first-run/FirstRun.tsx';
import { MainColumn } from './MainColumn.tsx';
import { Navigation } from './Navigation.tsx';
import { Notices } from './Notices.tsx';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { PersonPage } from './PersonPage.tsx';
import { AccountLine } from './title/AccountLine.tsx';
import { useViews, type View, type Views } from './use-views.ts';
import { useWindowKeys } from './use-window-keys.ts';
import { useZoomKeys } from './zoom.ts';
import './app.css';

export function App(): ReactNode {
  const views = useViews();
  const { page, close } = views;
  const closeCard = useCallback(() => {
    if (page?.name === 'person') close();
  }, [page, close]);
  return (
    <DialFieldProvider onTyped={closeCard}>
      <MainWindow views={views} />
    </DialFieldProvider>
  );
}

function MainWindow({ views }: { views: Views }): ReactNode {
  const language = useLanguage();
  const isReady = usePhone((state) => state.ready && state.language === language);
  const hasAccount = usePhone((state) => state.accounts.length > 0);
  const hasCalls = usePhone((state) => state.calls.length > 0);
  const isWide = useMedia('(min-width: 700px)');
  const hasRail = useMedia('(min-width: 960px)');
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const closePalette = useCallback(() => setPaletteOpen(false), []);
  const { view, page, show, open, close } = views;
  const field = useFieldMode();

  const isAccountForm = page?.name === 'account-form';
  const hasField = isReady && hasAccount && !isAccountForm;
  const hasPage = hasField && page !== null;
  const isBrowsing = !hasField || hasPage || field.isSearching || field.padOpen || view !== 'contacts';
  const hasHints = field.isSearching && !field.padOpen && (isWide || !hasPage);

  const openRecord = useCallback((callId: string, who: string) => open({ name: 'call-record', callId, who }), [open]);
  const openNewAccount = () => open({ name: 'account-form', accountId: null });
  const showView = (next: View) => {
    field.clear();
    field.setPadOpen(false);
    show(next);
  };
  useShowRequests(views, field);
  useStayOnLanguage(language, views);
  useZoomKeys();
  useWindowKeys({
    focusField: hasField ? field.focus : null,
    onSettings: () => {
      if (hasField) showView('settings');
    },
    back: () => goBack(views, field),
    onPalette: () => setPaletteOpen((isOpen) => isReady && !isOpen),
  });

  return (
    <OpenRecordContext value={hasField ? openRecord : null}>
      <div className="window app-motion" key={language}>
        <AccountLine
          quiet={!hasField}
          onOpenAccounts={() => show('settings', 'accounts')}
          onOpenAccount={(accountId) => open({ name: 'account-form', accountId })}
          onOpenHeadset={() => show('settings', 'headset')}
          onOpenPalette={() => setPaletteOpen(true)}
        />
        <div className={hasField ? 'stage' : 'stage is-single'} data-calls={hasCalls}>
          <main className="col list">
            {hasField && <MainColumn views={views} showsPage={hasPage && !isWide} />}
            {isReady && isAccountForm && (
              <AccountForm key={page.accountId} accountId={page.accountId} onClose={close} />
            )}
            {isReady && !hasAccount && !isAccountForm && (
              <>
                <Notices onOpenAccounts={openNewAccount} onOpenAudio={openNewAccount} />
                <FirstRun onAddAccount={openNewAccount} />
              </>
            )}
            {hasField && hasRail && hasHints && <Hints />}
          </main>
          <div className="col call">
            <div className="calls" data-area="call">
              <CallDock browsing={isBrowsing && !isWide} />
            </div>
            {hasPage && isWide && <PersonPage views={views} />}
            {hasField && isWide && !page && !hasCalls && (
              <section className="calls" aria-label={t('main:noCall')}>
                <EmptyState icon="phone" title={t('main:noCall')} text={t('main:noCallText')} />
              </section>
            )}
          </div>
          {hasField && (hasRail || !hasHints) && <Navigation here={view} asRail={hasRail} onShow={showView} />}
          {hasField && !hasRail && hasHints && (
            <footer className="hint-line">
              <Hints />
            </footer>
          )}
        </div>
        {isPaletteOpen && <CommandPalette views={views} onClose={closePalette} />}
        <WorkingLine />
        <Toasts />
      </div>
    </OpenRecordContext>
  );
}

/** Esc: clears the field, closes the dial pad, goes back; one of these at a time. */
function goBack(views: Views, field: FieldMode): boolean {
  const isInField = Boolean(document.activeElement?.closest('[data-area="field"]'));
  if (!field.isEmpty && (views.page === null || isInField)) field.clear();
  else if (field.padOpen) field.setPadOpen(false);
  else if (views.page) views.close();
  else return false;
  return true;
}

/** Menu and tray ask for a view. */
function useShowRequests(views: Views, field: FieldMode): void {
  const latest = useRef({ views, field });
  useEffect(() => {
    latest.current = { views, field };
  });
  useEffect(
    () =>
      window.hookswitch.phone.onShow((what) => {
        const { views: now, field: typed } = latest.current;
        if (what === 'field') {
          typed.focus();
          return;
        }
        typed.clear();
        if (what === 'accounts') now.show('settings', 'accounts');
        if (what === 'contacts' || what === 'recents' || what === 'messages' || what === 'settings') now.show(what);
      }),
    [],
  );
}

/** Everything is drawn anew in another language; who chose it in the settings stays there. */
function useStayOnLanguage(language: string, { view, page, show }: Views): void {
  const last = useRef(language);
  useEffect(() => {
    if (last.current === language) return;
    last.current = language;
    if (view === 'settings' && page === null) show('settings', 'language');
  }, [language, view, page, show]);
}
