// FavouritesStrip: faces of those called most, with their busy lamps; one tab stop, arrows inside. A click opens the card, or picks up what rings there.
import { useState, type ReactNode } from 'react';
import type { Lamp, PersonRow } from '../../../contract/index.ts';
import { onArrowKeys, PersonAvatar, run, t, usePhone } from '../../common/index.ts';

export interface FavouritesStripProps {
  people: readonly PersonRow[];
  onOpen: (personId: string) => void;
  onChoose: (person: PersonRow) => void;
}

export function FavouritesStrip({ people, onOpen, onChoose }: FavouritesStripProps): ReactNode {
  const [stop, setStop] = useState(0);
  const lamps = usePhone((state) => state.lamps);
  const lampOf = ({ number }: PersonRow) => (number ? lamps[number.value] : undefined);
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
          aria-label={labelOf(person, lampOf(person))}
          title={person.number ? `${person.name}\n${person.number.value}` : person.name}
          tabIndex={index === Math.min(stop, people.length - 1) ? 0 : -1}
          onFocus={() => setStop(index)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onChoose(person);
          }}
          onClick={() => {
            if (person.number && lampOf(person) === 'ringing')
              void run({ type: 'pick-up', number: person.number.value });
            else onOpen(person.id);
          }}
        >
          <PersonAvatar
            name={person.name}
            size="m"
            personId={person.id}
            hasPicture={person.hasPicture === true}
            {...presenceOf(lampOf(person))}
          />
          <span className="cut">{shortName(person.name)}</span>
        </button>
      ))}
    </div>
  );
}

function labelOf({ name }: PersonRow, lamp: Lamp | undefined): string {
  return lamp ? t(`main:lamp.${lamp}`, { name }) : name;
}

function presenceOf(lamp: Lamp | undefined): { presence?: Lamp } {
  return lamp ? { presence: lamp } : {};
}

/** The given name; the full one is the tooltip. */
function shortName(name: string): string {
  return name.split(/\s/u)[0] ?? name;
}
