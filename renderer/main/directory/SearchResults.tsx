// SearchResults: people and recent calls that match what is typed; the field keeps the caret.
import { memo, useEffect, useRef, useState, type ReactNode } from 'react';
import {
  Avatar,
  Banner,
  Button,
  dayHeading,
  EmptyState,
  formatDuration,
  formatTime,
  Highlighted,
  IconButton,
  t,
  useToday,
  shownNumber,
  problemText,
} from '../../common/index.ts';
import type { CallRecord } from '../../../contract/index.ts';
import { resultId, resultsId } from '../field/DialField.tsx';
import { EnterKey } from '../field/Hints.tsx';
import { useCallNumber, useChoosePerson, useDialField } from '../field/dial-field-context.tsx';
import { PersonRow } from './PersonRow.tsx';
import './directory.css';

export interface SearchResultsProps {
  onOpen: (personId: string) => void;
  /** With the typed number, when there is one. */
  onAdd: (number: string | undefined) => void;
}

export function SearchResults({ onOpen, onAdd }: SearchResultsProps): ReactNode {
  const field = useDialField();
  const callNumber = useCallNumber();
  const list = useRef<HTMLDivElement>(null);
  const { selected, people, calls, onServers } = field;
  const query = field.text.trim();

  useEffect(() => {
    if (selected >= 0) list.current?.querySelector(`#${resultId(selected)}`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const choose = useChoosePerson(onOpen);
  const marked = useAnswered(query, field.isCurrent);
  const isEmpty = field.isCurrent && !onServers.isAsking && people.length + calls.length + onServers.rows.length === 0;
  const firstOnServers = people.length + calls.length;

  return (
    <div
      className="search-results"
      ref={list}
      id={resultsId}
      // Without a row it is no grid.
      role={people.length + calls.length + onServers.rows.length > 0 ? 'grid' : 'region'}
      aria-label={t('main:people')}
      aria-busy={!field.isCurrent}
      // The text that these rows answer; the bench of a key press waits for it.
      data-answers={field.isCurrent ? query : undefined}
      data-area="list"
    >
      {field.searchProblem && (
        <Banner kind="error" title={t('main:noPeopleAnswer')} text={problemText(field.searchProblem)} />
      )}
      {people.length > 0 && <div className="head">{t('main:people')}</div>}
      {people.map((person, index) => (
        <PersonRow
          // Rows stay and take on the next people: to make them anew at each key costs twice as much.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          id={resultId(index)}
          person={person}
          query={marked}
          isSelected={index === selected}
          isStop={index === Math.max(selected, 0)}
          onCall={callNumber}
          onOpen={onOpen}
          onChoose={choose}
        />
      ))}
      {field.morePeople > 0 && <p className="more">{t('main:moreFound', { count: field.morePeople })}</p>}
      {calls.length > 0 && <div className="head">{t('main:recentCalls')}</div>}
      {calls.map((record, index) => (
        <CallHit
          key={record.id}
          record={record}
          query={marked}
          id={resultId(people.length + index)}
          isSelected={people.length + index === selected}
          onChoose={field.choose}
          onCall={callNumber}
        />
      ))}
      {onServers.rows.length > 0 && <div className="head">{t('main:onServers')}</div>}
      {onServers.rows.map((person, index) => (
        <PersonRow
          key={person.id}
          id={resultId(firstOnServers + index)}
          person={person}
          query={marked}
          isSelected={firstOnServers + index === selected}
          isStop={false}
          onCall={callNumber}
          onOpen={onOpen}
          onChoose={choose}
        />
      ))}
      {onServers.more.length > 0 && (
        <p className="more">{t('main:moreOnServers', { servers: onServers.more.join(', ') })}</p>
      )}
      {onServers.isAsking && field.isCurrent && firstOnServers === 0 && (
        <p className="more">{t('main:askingServers')}</p>
      )}
      {isEmpty && !field.padOpen && !field.searchProblem && (
        <EmptyState
          icon={field.isDialable ? 'user-plus' : 'search'}
          title={t(field.isDialable ? 'main:noSuchNumber' : 'main:nobodyFound')}
          text={t(field.isDialable ? 'main:noSuchNumberText' : 'main:nobodyFoundText')}
          action={
            <Button icon="plus" onClick={() => onAdd(field.isDialable ? query : undefined)}>
              {t('main:addPerson')}
            </Button>
          }
        />
      )}
    </div>
  );
}

/** What the rows that are shown answer: letters are marked anew when newer rows come, not before that and then again. */
function useAnswered(query: string, isCurrent: boolean): string {
  const [answered, setAnswered] = useState(query);
  if (isCurrent && answered !== query) setAnswered(query);
  return isCurrent ? query : answered;
}

interface CallHitProps {
  record: CallRecord;
  query: string;
  id: string;
  isSelected: boolean;
  onChoose: (number: string, personId: string | undefined) => void;
  onCall: (number: string, personId: string | undefined) => void;
}

/** A past call among the hits: a click chooses its number, the button calls it. */
const CallHit = memo(function CallHit(props: CallHitProps): ReactNode {
  const { record, query, id, isSelected, onChoose, onCall } = props;
  const today = useToday();
  const name = record.name ?? shownNumber(record.number);
  return (
    <div
      role="row"
      id={id}
      aria-selected={isSelected ? true : undefined}
      className={isSelected ? 'person-row is-selected' : 'person-row'}
      onClick={() => onChoose(record.number, record.personId)}
    >
      <Avatar name={name} />
      <div role="gridcell" className="grow">
        <span className="name cut">
          <Highlighted text={name} query={query} number={record.name === undefined} />
        </span>
        <span className="sub parts">
          <span className="cut">
            {dayHeading(record.startedAt, today)}, <span className="num">{formatTime(record.startedAt)}</span>
          </span>
          <span className="gap"> · </span>
          <span className="num">
            <Highlighted text={shownNumber(record.number)} query={query} number />
          </span>
        </span>
      </div>
      <div role="gridcell" className="tail">
        <span className="side">
          {isSelected ? (
            <EnterKey />
          ) : (
            record.connectedAt !== undefined && (
              <span className="num">{formatDuration(record.endedAt - record.connectedAt)}</span>
            )
          )}
        </span>
        <span className="actions">
          <IconButton
            label={t('main:callBack', { number: shownNumber(record.number) })}
            icon="phone"
            kind="call"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              onCall(record.number, record.personId);
            }}
          />
        </span>
      </div>
    </div>
  );
});
