// MainColumn: the field, the notice, and under them what was found, or the view.
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { TransferPanel } from './calls/TransferPanel.tsx';
import { WaitingLines } from './calls/WaitingLines.tsx';
import { useChosenTransfer } from './calls/transfer-view.ts';
import { Contacts } from './directory/Contacts.tsx';
import { SearchResults } from './directory/SearchResults.tsx';
import { usePeople } from './directory/use-people.ts';
import { DialField } from './field/DialField.tsx';
import { DialPad } from './field/DialPad.tsx';
import { useFieldMode } from './field/dial-field-context.tsx';
import { Messages } from './messages/Messages.tsx';
import { Notices } from './Notices.tsx';
import { PersonPage } from './PersonPage.tsx';
import { RecentCalls } from './recents/RecentCalls.tsx';
import { Settings } from './settings/Settings.tsx';
import { usePhone } from '../common/index.ts';
import { hasHeading, ViewHeading } from './ViewHeading.tsx';
import type { Views } from './use-views.ts';

export interface MainColumnProps {
  views: Views;
  /** A person's page takes the list's place. */
  showsPage: boolean;
}

export function MainColumn({ views, showsPage }: MainColumnProps): ReactNode {
  const { view, show, open } = views;
  const field = useFieldMode();
  const people = usePeople();
  const chosenId = useChosenTransfer();
  const transferring = usePhone(
    (state) => state.calls.find(({ id, phase }) => id === chosenId && phase.name === 'connected') ?? null,
  );
  const openPerson = useCallback((personId: string) => open({ name: 'person', personId }), [open]);
  const addPerson = useCallback((number?: string) => open({ name: 'person-form', personId: null, number }), [open]);

  useFocusBack(showsPage, views);
  // Typing into the field closes a card, but a form keeps what was entered, under the results.
  const coversForm = showsPage && views.page?.name === 'person-form' && field.isSearching;

  const content = () => {
    if (showsPage && !coversForm) return null;
    if (field.isSearching) return <SearchResults onOpen={openPerson} onAdd={addPerson} />;
    switch (view) {
      case 'contacts':
        return (
          <Contacts
            people={people}
            onOpen={openPerson}
            onAdd={() => addPerson()}
            onDuplicates={() => open({ name: 'duplicates' })}
          />
        );
      case 'recents':
        return (
          <RecentCalls onOpen={openPerson} onAdd={addPerson} onDetails={(record) => open({ name: 'call', record })} />
        );
      case 'messages':
        return <Messages />;
      case 'settings':
        return (
          <Settings
            key={views.settingsVisit}
            section={views.settingsSection}
            onOpenAccount={(accountId) => open({ name: 'account-form', accountId })}
          />
        );
    }
  };
  if (transferring) {
    return (
      <>
        <ViewHeading view={view} />
        <TransferPanel key={transferring.id} call={transferring} />
      </>
    );
  }
  const isList = field.isSearching || view === 'contacts' || view === 'recents';
  return (
    <>
      {isList && !hasHeading(views.page) && <ViewHeading view={view} />}
      <DialField />
      <Notices onOpenAccounts={() => show('settings', 'accounts')} onOpenAudio={() => show('settings', 'audio')} />
      <WaitingLines />
      <div className="body">
        {showsPage && (
          <div className="page-slot" hidden={coversForm}>
            <PersonPage views={views} />
          </div>
        )}
        {content()}
        {field.padOpen && !showsPage && <DialPad />}
      </div>
    </>
  );
}

/** When a card that took the list's place closes, the focus goes back to the row it came from. */
function useFocusBack(showsPage: boolean, { page }: Views): void {
  const lastPerson = useRef<string | null>(null);
  useEffect(() => {
    if (page?.name === 'person') lastPerson.current = page.personId;
    if (showsPage || lastPerson.current === null) return undefined;
    const selector = `[data-person="${CSS.escape(lastPerson.current)}"] [data-row-focus]`;
    lastPerson.current = null;
    // The list draws its rows once it has been measured.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [showsPage, page]);
}
