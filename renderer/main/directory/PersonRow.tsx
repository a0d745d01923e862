// PersonRow: a person with the number that a click on the name calls; elsewhere on the row opens the card.
import { memo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { PersonRow as Row } from '../../../contract/index.ts';
import { Highlighted, IconButton, PersonAvatar, t, usePhone } from '../../common/index.ts';
import { EnterKey } from '../field/Hints.tsx';
import './person-row.css';

/** People of one's own and of the company need no tag that says where they come from. */
const ownSources: readonly string[] = ['local', 'Company'];

export interface PersonRowProps {
  person: Row;
  /** What was searched, to mark its letters. */
  query?: string;
  isSelected?: boolean;
  /** The one tab stop of its list. */
  isStop?: boolean;
  id?: string;
  /** Its place among all rows, from 1, for screen readers of a virtual list. */
  rowIndex?: number;
  onCall: (number: string, personId: string) => void;
  onOpen: (personId: string) => void;
  /** Enter with the focus on the row: choose first, call second. */
  onChoose: (person: Row) => void;
}

export const PersonRow = memo(function PersonRow(props: PersonRowProps): ReactNode {
  const { person, query = '', isSelected, isStop, id, rowIndex, onCall, onOpen, onChoose } = props;
  const number = person.number?.value;
  const lamp = usePhone((state) => (number === undefined ? undefined : state.lamps[number]));
  const calls = number === undefined ? t('main:noNumber') : t('main:callsNumber', { number });
  // Rows take on other people while one types or scrolls: a click counts for who was there when it began.
  const pressed = useRef(person.id);
  const isMeant = ({ detail }: MouseEvent) => detail === 0 || pressed.current === person.id;
  const call = () => (number === undefined ? onOpen(person.id) : onCall(number, person.id));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onChoose(person);
    } else if (event.key === ' ') {
      event.preventDefault();
      onOpen(person.id);
    }
  };
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={rowIndex}
      aria-selected={isSelected ? true : undefined}
      className={isSelected ? 'person-row is-selected' : 'person-row'}
      onPointerDownCapture={() => (pressed.current = person.id)}
      onClick={(event) => isMeant(event) && onOpen(person.id)}
    >
      <PersonAvatar
        name={person.name}
        personId={person.id}
        hasPicture={person.hasPicture === true}
        {...(lamp && { presence: lamp })}
      />
      <div role="gridcell" className="grow">
        <span className="name-line">
          <button
            type="button"
            className="name cut"
            tabIndex={isStop ? 0 : -1}
            data-row-focus
            title={number === undefined ? person.name : `${person.name}\n${calls}`}
            aria-description={calls}
            onKeyDown={onKeyDown}
            onClick={(event) => {
              event.stopPropagation();
              if (isMeant(event)) call();
            }}
          >
            <Highlighted text={person.name} query={query} />
          </button>
        </span>
        <span className="sub parts">
          <Detail person={person} query={query} />
        </span>
      </div>
      <div role="gridcell" className="tail">
        {isSelected ? (
          <span className="side" aria-hidden="true">
            <EnterKey />
          </span>
        ) : (
          (lamp || !ownSources.includes(person.source)) && (
            <span className="side">
              {!ownSources.includes(person.source) && <span className="source">{person.source}</span>}
              {lamp && <span className="lamp-word">{t(`main:lampWord.${lamp}`)}</span>}
            </span>
          )
        )}
        {number !== undefined && (
          <span className="actions">
            <IconButton
              label={t('main:callName', { name: person.name })}
              title={t('main:callTarget', { target: number })}
              icon="phone"
              kind="call"
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation();
                if (isMeant(event)) call();
              }}
            />
          </span>
        )}
      </div>
    </div>
  );
});

/** "Keller & Co · +41 44 123 45 67". */
function Detail({ person, query }: { person: Row; query: string }): ReactNode {
  const { number, company, numberCount } = person;
  return (
    <>
      {company && (
        <span className="cut">
          <Highlighted text={company} query={query} />
        </span>
      )}
      {company && <span className="gap"> · </span>}
      {number ? (
        <span className="num">
          <Highlighted text={number.value} query={query} number />
        </span>
      ) : (
        <span className="cut">{t('main:noNumber')}</span>
      )}
      {number && numberCount > 1 && (
        <span className="cut gap">{t('main:moreNumbers', { count: numberCount - 1 })}</span>
      )}
    </>
  );
}
