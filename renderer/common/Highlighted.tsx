// Highlighted: a text with the letters that match a search marked.
import type { ReactNode } from 'react';
import { highlight, highlightNumber } from './highlight.ts';

export function Highlighted({ text, query, number }: { text: string; query: string; number?: boolean }): ReactNode {
  if (!query) return text;
  const pieces = number ? highlightNumber(text, query) : highlight(text, query);
  return pieces.map((piece, index) =>
    // Pieces have no identity but their place.
    // oxlint-disable-next-line react/no-array-index-key
    piece.match ? <mark key={index}>{piece.text}</mark> : piece.text,
  );
}
