// PartyLine: the number that was dialled or that called, and the company.
import type { ReactNode } from 'react';
import type { Party } from '../../../contract/index.ts';
import { shownNumber } from '../../common/index.ts';

/** A number that already stands as the name is not said twice. */
export function PartyLine({ party }: { party: Party }): ReactNode {
  const number = party.name === undefined ? null : <span className="num">{shownNumber(party.number)}</span>;
  return (
    <>
      {number}
      {number && party.company ? ' · ' : null}
      {party.company}
    </>
  );
}
