// Contacts: favourites first, then everybody.
import type { ReactNode } from 'react';
import type { PersonRow } from '../../../contract/index.ts';
import { Button, t, usePhone, useQuery } from '../../common/index.ts';
import { useCallNumber, useDialField } from '../field/use-dial-field.ts';
import { DirectoryList } from './DirectoryList.tsx';
import { FavouritesStrip } from './FavouritesStrip.tsx';
import type { People } from './use-people.ts';

export interface ContactsProps {
  people: People;
  onOpen: (personId: string) => void;
  onAdd: () => void;
}

export function Contacts({ people, onOpen, onAdd }: ContactsProps): ReactNode {
  const field = useDialField();
  const callNumber = useCallNumber();
  const revision = usePhone((state) => state.directoryRevision);
  const favourites = useQuery({ type: 'favourites' }, revision).data ?? [];
  const choose = (person: PersonRow) => {
    if (person.number) field.choose(person.number.value, person.id);
    else onOpen(person.id);
  };
  const add = (
    <Button kind="plain" small icon="plus" onClick={onAdd}>
      {t('main:addPerson')}
    </Button>
  );
  const isEmpty = people.total === 0;
  return (
    <>
      {!isEmpty && (
        <div className="head">
          {t(favourites.length > 0 ? 'main:favourites' : 'main:people')}
          <span className="grow" />
          {add}
        </div>
      )}
      {favourites.length > 0 && <FavouritesStrip people={favourites} onOpen={onOpen} onChoose={choose} />}
      <DirectoryList
        people={people}
        emptyAction={
          <Button kind="primary" icon="plus" onClick={onAdd}>
            {t('main:addPerson')}
          </Button>
        }
        onCall={callNumber}
        onOpen={onOpen}
        onChoose={choose}
      />
    </>
  );
}
