// FavouritesStrip: faces of those called most; one tab stop, arrows inside. A click opens the card.
import { useState, type ReactNode } from 'react';
import type { PersonRow } from '../../../contract/index.ts';
import { Avatar, onArrowKeys, t } from '../../common/index.ts';

export interface FavouritesStripProps {
  people: readonly PersonRow[];
  onOpen: (personId: string) => void;
  onChoose: (person: PersonRow) => void;
}

export function FavouritesStrip({ people, onOpen, onChoose }: FavouritesStripProps): ReactNode {
  const [stop, setStop] = useState(0);
  return (
    <div
      className="favourites"
      role="group"
      aria-label={t('main:favourites')}
      data-area="favourites"
      onKeyDown={onArrowKeys}
    >
      {people.map((person, index) => (
        <button
          key={person.id}
          type="button"
          aria-label={person.name}
          title={person.number ? `${person.name}\n${person.number.value}` : person.name}
          tabIndex={index === Math.min(stop, people.length - 1) ? 0 : -1}
          onFocus={() => setStop(index)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onChoose(person);
          }}
          onClick={() => onOpen(person.id)}
        >
          <Avatar name={person.name} size="m" />
          <span className="cut">{shortName(person.name)}</span>
        </button>
      ))}
    </div>
  );
}

/** The given name; the full one is the tooltip. */
function shortName(name: string): string {
  return name.split(/\s/u)[0] ?? name;
}
