// Contacts: favourites first, then everybody; or the import of a file of people, or what was imported.
import { useState, type ReactNode } from 'react';
import type { PeopleFormat } from '../../../contract/index.ts';
import { Button, Icon, MenuButton, run, showToast, t, usePhone, useQuery, type MenuPart } from '../../common/index.ts';
import { useCallNumber, useChoosePerson } from '../field/dial-field-context.tsx';
import { DirectoryList } from './DirectoryList.tsx';
import { FavouritesStrip } from './FavouritesStrip.tsx';
import { DropTarget } from './import/DropTarget.tsx';
import { ImportPage } from './import/ImportPage.tsx';
import { PastImports } from './import/PastImports.tsx';
import type { People } from './use-people.ts';

export interface ContactsProps {
  people: People;
  onOpen: (personId: string) => void;
  onAdd: () => void;
  onDuplicates: () => void;
}

export function Contacts(props: ContactsProps): ReactNode {
  const peopleImport = usePhone((state) => state.peopleImport);
  const [showsPast, setShowsPast] = useState(false);
  if (peopleImport) return <ImportPage state={peopleImport} />;
  return (
    <DropTarget>
      {showsPast ? (
        <PastImports onBack={() => setShowsPast(false)} />
      ) : (
        <Everybody {...props} onPastImports={() => setShowsPast(true)} />
      )}
    </DropTarget>
  );
}

function Everybody(props: ContactsProps & { onPastImports: () => void }): ReactNode {
  const { people, onOpen, onAdd } = props;
  const callNumber = useCallNumber();
  const revision = usePhone((state) => state.directoryRevision);
  const favourites = useQuery({ type: 'favourites' }, revision).data ?? [];
  const choose = useChoosePerson(onOpen);
  const isEmpty = people.total === 0;
  return (
    <>
      {!isEmpty && (
        <div className="head">
          {t(favourites.length > 0 ? 'main:favourites' : 'main:people')}
          <span className="grow" />
          <Button kind="plain" small icon="plus" onClick={onAdd}>
            {t('main:addPerson')}
          </Button>
          <MenuButton
            className="icon-button"
            label={t('main:moreContacts')}
            menuLabel={t('main:moreContacts')}
            placement="bottom end"
            parts={menu(props)}
          >
            <Icon name="ellipsis" />
          </MenuButton>
        </div>
      )}
      {favourites.length > 0 && <FavouritesStrip people={favourites} onOpen={onOpen} onChoose={choose} />}
      <DirectoryList
        people={people}
        emptyAction={
          <span className="empty-actions">
            <Button kind="primary" icon="plus" onClick={onAdd}>
              {t('main:addPerson')}
            </Button>
            <Button icon="upload" onClick={chooseImport}>
              {t('main:importPeople')}
            </Button>
          </span>
        }
        onCall={callNumber}
        onOpen={onOpen}
        onChoose={choose}
      />
    </>
  );
}

function menu({ onDuplicates, onPastImports }: { onDuplicates: () => void; onPastImports: () => void }): MenuPart[] {
  return [
    {
      entries: [
        { id: 'import', icon: 'upload', label: t('main:importPeople'), onAction: chooseImport },
        { id: 'past-imports', icon: 'undo-2', label: t('main:pastImports.title'), onAction: onPastImports },
        { id: 'vcard', icon: 'download', label: t('main:exportVcard'), onAction: () => void exportPeople('vcard') },
        { id: 'csv', icon: 'download', label: t('main:exportCsv'), onAction: () => void exportPeople('csv') },
      ],
    },
    { entries: [{ id: 'duplicates', icon: 'merge', label: t('main:findDuplicates'), onAction: onDuplicates }] },
  ];
}

function chooseImport(): void {
  void run({ type: 'choose-import' });
}

async function exportPeople(format: PeopleFormat): Promise<void> {
  const outcome = await run({ type: 'export-people', format });
  const file = outcome.ok ? outcome.value.file : undefined;
  if (file !== undefined) showToast({ kind: 'done', text: t('main:exported', { file }) });
}
