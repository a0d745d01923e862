// What the field shows for what is typed: people, past calls, and what would be dialled, all in one answer.
import type { DialPreview, Found, Query } from '../../contract/index.ts';
import { problemOf } from '../calls/index.ts';
import type { Library } from '../store/index.ts';

interface Previews {
  preview(asked: Extract<Query, { type: 'dial-preview' }>): DialPreview;
}

/** Never rejects: without people there is a problem in their place, for what is typed can be dialled all the same. */
export async function find(
  { text, accountId, people: mostPeople, calls: mostCalls }: Extract<Query, { type: 'find' }>,
  dialling: Previews,
  opening: Promise<Pick<Library, 'query'>>,
): Promise<Found> {
  const previewOf = (what: string) =>
    dialling.preview({ type: 'dial-preview', text: what, ...(accountId === undefined ? {} : { accountId }) });
  const preview = previewOf(text);
  const typed = text.trim();
  const [people, calls] = await Promise.allSettled([
    opening.then((library) => library.query({ type: 'people', text: typed, offset: 0, limit: mostPeople })),
    opening.then((library) =>
      library.query({ type: 'history', filter: 'all', text: typed, offset: 0, limit: mostCalls }),
    ),
  ]);
  const found: Found = {
    people: people.status === 'fulfilled' ? people.value : { rows: [], total: 0 },
    calls: calls.status === 'fulfilled' ? calls.value : { rows: [], total: 0 },
    problem: people.status === 'rejected' ? problemOf(people.reason) : null,
    preview,
    ofFirst: null,
  };
  const number = firstNumber(found);
  if (preview.dialable || number === undefined) return found;
  return { ...found, ofFirst: { number, preview: previewOf(number) } };
}

function firstNumber({ people, calls }: Found): string | undefined {
  const [person] = people.rows;
  return person ? person.number?.value : calls.rows[0]?.number;
}
