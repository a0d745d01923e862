// The page about a person that is open: their card or the form. In the list's place, or beside it when there is room.
import type { ReactNode } from 'react';
import { PersonCard } from './directory/PersonCard.tsx';
import { PersonForm } from './directory/PersonForm.tsx';
import type { Views } from './use-views.ts';

export function PersonPage({ views }: { views: Views }): ReactNode {
  const { page, open, close } = views;
  if (page?.name === 'person') {
    const { personId } = page;
    return (
      <PersonCard
        key={personId}
        personId={personId}
        onBack={close}
        onEdit={() => open({ name: 'person-form', personId, number: undefined })}
      />
    );
  }
  if (page?.name === 'person-form') {
    return (
      <PersonForm
        key={page.personId}
        personId={page.personId}
        number={page.number}
        onClose={(savedId) => {
          close();
          if (savedId !== null && page.personId === null) open({ name: 'person', personId: savedId });
        }}
      />
    );
  }
  return null;
}
