// TransferPanel: whom the caller goes to, and how: "Transfer now" or "Ask first". Takes the list's place.
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Call, PersonRow } from '../../../contract/index.ts';
import { Avatar, Button, Icon, IconButton, run, shownNumber, t, usePhone, useQuery } from '../../common/index.ts';
import { nameOf } from './call-look.ts';
import { chooseTransfer } from './transfer-view.ts';
import './transfer-panel.css';
import '../directory/person-row.css';
import '../field/dial-field.css';

interface Choice {
  target: string;
  name: string;
  company?: string | undefined;
  personId?: string;
}

/** As many as are looked through at a glance. */
const most = 20;

function choiceOf({ id, name, company, number }: PersonRow): Choice | null {
  return number ? { target: number.value, name, company, personId: id } : null;
}

export function TransferPanel({ call }: { call: Call }): ReactNode {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const revision = usePhone((state) => state.directoryRevision);
  const parkCode = usePhone((state) => state.preferences.parkCode);
  const typed = text.trim();
  const people = useQuery({ type: 'people', text: typed, offset: 0, limit: most }, revision);
  const preview = useQuery(typed === '' ? null : { type: 'dial-preview', text: typed, accountId: call.accountId });
  const found = (people.data?.rows ?? []).map(choiceOf).filter((choice) => choice !== null);
  const number = preview.data?.dialable
    ? [{ target: preview.data.target, name: t('calls:transfer.number', { number: preview.data.shown }) }]
    : [];
  const choices: Choice[] = [...found, ...number];
  const chosen = choices[Math.min(at, choices.length - 1)];

  const go = (type: 'transfer' | 'ask-first', choice = chosen) => {
    if (!choice) return;
    const { target, personId } = choice;
    chooseTransfer(null);
    void run({ type, callId: call.id, target, ...(personId === undefined ? {} : { personId }) });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') chooseTransfer(null);
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement)
      go(event.ctrlKey || event.metaKey ? 'ask-first' : 'transfer');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section
      className="transfer-panel"
      aria-label={t('calls:transfer.title', { name: nameOf(call) })}
      onKeyDown={onKey}
      data-area="field"
    >
      <div className="title">
        <Icon name="phone-forwarded" />
        <span className="grow cut">{t('calls:transfer.title', { name: nameOf(call) })}</span>
        <Button small kind="plain" onClick={() => chooseTransfer(null)}>
          {t('calls:transfer.cancel')}
        </Button>
      </div>
      <div className="dial-field">
        <div className="entry">
          <Icon name="search" />
          <input
            className="text"
            // The panel opens at a press of Transfer, and typing is its first step.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            aria-label={t('calls:transfer.search')}
            placeholder={t('calls:transfer.search')}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
          />
          {text !== '' && <IconButton label={t('calls:transfer.clear')} icon="x" onClick={() => setText('')} />}
        </div>
      </div>
      {parkCode !== undefined && (
        <Button
          icon="pause"
          onClick={() => {
            chooseTransfer(null);
            void run({ type: 'park', callId: call.id });
          }}
        >
          {t('calls:park.park')}
        </Button>
      )}
      <div className="choices">
        {choices.map((choice, index) => (
          <ChoiceRow
            key={choice.personId ?? choice.target}
            choice={choice}
            isChosen={choice === chosen}
            onChoose={() => setAt(index)}
            onGo={(type) => go(type, choice)}
          />
        ))}
        <p className="note">
          {t(choices.length === 0 ? 'calls:transfer.nobody' : 'calls:transfer.comesBack', { name: nameOf(call) })}
        </p>
      </div>
    </section>
  );
}

interface ChoiceRowProps {
  choice: Choice;
  isChosen: boolean;
  onChoose: () => void;
  onGo: (type: 'transfer' | 'ask-first') => void;
}

function ChoiceRow({ choice, isChosen, onChoose, onGo }: ChoiceRowProps): ReactNode {
  const row = (
    <button type="button" className="person-row" aria-pressed={isChosen} onClick={onChoose}>
      <Avatar name={choice.name} />
      <span className="grow">
        <span className="name cut">{choice.name}</span>
        <span className="sub cut">
          {choice.company && `${choice.company} · `}
          <span className="num">{shownNumber(choice.target)}</span>
        </span>
      </span>
    </button>
  );
  if (!isChosen) return row;
  return (
    <div className="choice-group">
      {row}
      <div className="choice">
        <Button kind="primary" className="grow" onClick={() => onGo('transfer')}>
          {t('calls:transfer.now')}
        </Button>
        <Button className="grow" onClick={() => onGo('ask-first')}>
          {t('calls:transfer.askFirst')}
        </Button>
      </div>
    </div>
  );
}
