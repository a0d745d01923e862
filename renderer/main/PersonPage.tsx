// The page that is open: a person's card or form, duplicates, a call, its record. In the list's place, or beside it when there is room.
import type { ReactNode } from 'react';
import { ask } from '../common/index.ts';
import { CallRecordPage } from './calls/record/CallRecordPage.tsx';
import { Duplicates } from './directory/Duplicates.tsx';
import { PersonCard } from './directory/PersonCard.tsx';
import { PersonForm } from './directory/PersonForm.tsx';
import { openConversation } from './messages/open-conversation.ts';
import { CallDetails } from './recents/CallDetails.tsx';
import type { Views } from './use-views.ts';

/** Opens the conversation by the number as it is dialled: the card may have it grouped for reading. */
async function write(number: string): Promise<void> {
  const answer = await ask({ type: 'dial-preview', text: number });
  openConversation(answer.ok && answer.value.dialable ? answer.value.target : number);
}

export function PersonPage({ views }: { views: Views }): ReactNode {
  const { page, open, close, show } = views;
  if (page?.name === 'person') {
    const { personId } = page;
    return (
      <PersonCard
        key={personId}
        personId={personId}
        onBack={close}
        onAdded={(addedId) => open({ name: 'person', personId: addedId })}
        onMessage={(number) => void write(number).then(() => show('messages'))}
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
  if (page?.name === 'duplicates') {
    return <Duplicates onBack={close} onOpen={(personId) => open({ name: 'person', personId })} />;
  }
  if (page?.name === 'call') {
    const { record } = page;
    return (
      <CallDetails
        key={record.id}
        record={record}
        onBack={close}
        onOpen={(personId) => open({ name: 'person', personId })}
        onAdd={(number) => open({ name: 'person-form', personId: null, number })}
      />
    );
  }
  if (page?.name === 'call-record') {
    return <CallRecordPage key={page.callId} callId={page.callId} who={page.who} onBack={close} />;
  }
  return null;
}
