// CallFacts: what is known of a call that rings beside who it is: whom it was for, whose place it takes, the last call with them.
import type { ReactNode } from 'react';
import type { Call, LastCall } from '../../contract/index.ts';
import { dayHeading, formatTime, Icon, shownNumber, t, type IconName } from '../common/index.ts';

export interface CallFactsProps {
  call: Call;
  calls: readonly Call[];
}

/** Each with its icon, the most important first. */
export function factsOf(call: Call, calls: readonly Call[]): [IconName, string][] {
  const replaced = calls.find(({ id }) => id === call.replaces);
  const facts: [IconName, string][] = [];
  if (call.divertedFrom) facts.push(['phone-forwarded', t('incoming:forwardedFrom', { name: call.divertedFrom })]);
  if (replaced) {
    const name = replaced.party.name ?? shownNumber(replaced.party.number);
    facts.push(['arrow-up-down', t('incoming:takesPlace', { name })]);
  }
  if (call.lastCall) facts.push(['history', lastCallWords(call.lastCall, call.startedAt)]);
  return facts;
}

export function CallFacts({ call, calls }: CallFactsProps): ReactNode {
  const facts = factsOf(call, calls);
  if (facts.length === 0) return null;
  return (
    <ul className="facts">
      {facts.map(([icon, words]) => (
        <li key={icon} title={words}>
          <Icon name={icon} size={14} />
          <span className="cut">{words}</span>
        </li>
      ))}
    </ul>
  );
}

function lastCallWords({ startedAt, direction, result }: LastCall, now: number): string {
  const when = `${dayHeading(startedAt, now)}, ${formatTime(startedAt)}`;
  if (result === 'answered') return t('incoming:lastCall', { when, what: t('incoming:last.talked') });
  if (direction === 'outgoing') return t('incoming:lastCall', { when, what: t('incoming:last.toThem') });
  const what = t(result === 'declined' ? 'incoming:last.declined' : 'incoming:last.missed');
  return t('incoming:lastCall', { when, what });
}
