// Lines of a text one after the other, with their numbers: a long file is not copied into a list of lines first.

export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
  /** Where in the text the next line begins. */
  end: number;
}

/** Ends of lines are CRLF, LF or CR. An empty text is one empty line. */
export function* lines(text: string): Generator<TextLine> {
  let at = 0;
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  for (let number = 1; at <= text.length; number += 1) {
    if (feed !== -1 && feed < at) feed = text.indexOf('\n', at);
    if (carriage !== -1 && carriage < at) carriage = text.indexOf('\r', at);
    const stop = first(feed, carriage) ?? text.length;
    const end = stop + (carriage === stop && feed === stop + 1 ? 2 : 1);
    yield { number, text: text.slice(at, stop), end };
    at = end;
  }
}

function first(one: number, other: number): number | null {
  if (one === -1) return other === -1 ? null : other;
  return other === -1 ? one : Math.min(one, other);
}
