// The last calls with a person, on their card.
import type { ReactNode } from 'react';
import type { CallRecord, Person } from '../../../contract/index.ts';
import { dayHeading, formatTime, Icon, t, useToday, usePhone, useQuery } from '../../common/index.ts';
import { callIcon, callOutcome } from '../recents/call-words.ts';

const shown = 5;

/** The newest first. */
export function usePersonCalls(person: Person): readonly CallRecord[] {
  const revision = usePhone((state) => state.historyRevision);
  const numbers = new Set(person.numbers.map((number) => number.value));
  const answer = useQuery({ type: 'history', filter: 'all', text: person.name, offset: 0, limit: 50 }, revision);
  return (answer.data?.rows ?? [])
    .filter((record) => record.personId === person.id || numbers.has(record.number))
    .slice(0, shown);
}

export function PersonCalls({ calls }: { calls: readonly CallRecord[] }): ReactNode {
  const today = useToday();
  if (calls.length === 0) return null;
  return (
    <>
      <div className="group-head">{t('main:personCalls')}</div>
      <div className="group">
        {calls.map((record) => (
          <div key={record.id} className="line">
            <Icon name={callIcon(record)} />
            <span className="grow">
              {dayHeading(record.startedAt, today)}, <span className="num small">{formatTime(record.startedAt)}</span>
            </span>
            <span className="v num">{callOutcome(record)}</span>
          </div>
        ))}
      </div>
    </>
  );
}
