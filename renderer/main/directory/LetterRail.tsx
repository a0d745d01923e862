// LetterRail: a press or a drag goes to a letter. For the pointer only; the keyboard types the name.
import { useLayoutEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { thinned, type Letter } from './flat-list.ts';

export interface LetterRailProps {
  letters: readonly Letter[];
  /** The letter at the top of the list. */
  here: string | undefined;
  onGo: (letter: Letter) => void;
}

/** Height of one letter, px. */
const letterHeight = 12;

export function LetterRail({ letters, here, onGo }: LetterRailProps): ReactNode {
  const rail = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(Infinity);
  useLayoutEffect(() => {
    const element = rail.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setRoom(Math.floor(element.clientHeight / letterHeight)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = thinned(letters, room);
  // The nearest letter shown stands for one that was left out.
  const marked = shown.findLast(
    (letter) => letter.index <= (letters.find((other) => other.letter === here)?.index ?? -1),
  );

  const go = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = Math.floor(((event.clientY - box.top) / box.height) * letters.length);
    const letter = letters[Math.min(Math.max(place, 0), letters.length - 1)];
    if (letter && letter.letter !== here) onGo(letter);
  };

  return (
    <div
      ref={rail}
      className="letter-rail"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) go(event);
      }}
    >
      {shown.map((letter) => (
        <span key={letter.letter} className={letter === marked ? 'here' : undefined}>
          {letter.letter}
        </span>
      ))}
    </div>
  );
}
