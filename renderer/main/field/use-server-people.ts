// People on servers that match what is typed: they come when a server answers, after those that are here.
import { useMemo } from 'react';
import type { PersonRow } from '../../../contract/index.ts';
import { usePhone, useQuery } from '../../common/index.ts';
import { bareDigits } from './dial-words.ts';

/** One letter is in everybody's name. */
const shortest = 2;

export interface ServerRows {
  rows: readonly PersonRow[];
  /** Names of servers that have more than they gave. */
  more: readonly string[];
  /** A server has not answered yet. */
  isAsking: boolean;
}

/** `here`: people of this computer, who are not shown a second time; nobody else is before they are whole. */
export function useServerPeople(typed: string, here: readonly PersonRow[], isWhole: boolean): ServerRows {
  const hasServers = usePhone((state) => state.servers.some(({ config }) => config.kind === 'ldap'));
  const wants = hasServers && typed.length >= shortest;
  const answer = useQuery(wants ? { type: 'server-people', text: typed } : null);
  const found = answer.data;
  const rows = useMemo(
    () => (isWhole ? (found?.rows.filter((row) => !here.some((known) => isSame(known, row))) ?? []) : []),
    [found, here, isWhole],
  );
  return { rows, more: answer.isCurrent ? (found?.more ?? []) : [], isAsking: wants && !answer.isCurrent };
}

function isSame(one: PersonRow, other: PersonRow): boolean {
  if (one.name !== other.name) return false;
  const numbers = [one, other].map(({ number }) => bareDigits(number?.value ?? ''));
  return numbers[0] === numbers[1] || one.number?.value === other.number?.value;
}
