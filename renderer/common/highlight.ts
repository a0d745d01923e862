// Where a search matched a text: the same folding as the search itself (case and accents aside; numbers by their digits).

export interface Piece {
  text: string;
  match: boolean;
}

/** The text in pieces; each word of the query that occurs in it is a match, at a word's start if there is one. */
export function highlight(text: string, query: string): Piece[] {
  const marked = Array.from({ length: text.length }, () => false);
  for (const word of query.trim().split(/\s+/u)) {
    const found = word && find(text, word);
    if (found) marked.fill(true, found.start, found.end);
  }
  return pieces(text, marked);
}

/** A number in pieces: the typed digits are found through spaces and punctuation; a trunk 0 may be missing in it. */
export function highlightNumber(number: string, query: string): Piece[] {
  const marked = Array.from({ length: number.length }, () => false);
  const typed = query.replace(/[^\d]/gu, '');
  const digits = [...number.matchAll(/\d/gu)];
  const all = digits.map((match) => match[0]).join('');
  for (const wanted of [typed, typed.replace(/^0+/u, '')]) {
    const at = wanted ? all.indexOf(wanted) : -1;
    if (at === -1) continue;
    const first = digits[at]?.index ?? 0;
    const last = digits[at + wanted.length - 1]?.index ?? first;
    const hasPlus = query.trim().startsWith('+') && number[first - 1] === '+';
    marked.fill(true, hasPlus ? first - 1 : first, last + 1);
    break;
  }
  return pieces(number, marked);
}

function pieces(text: string, marked: readonly boolean[]): Piece[] {
  const result: Piece[] = [];
  for (const [index, match] of marked.entries()) {
    const last = result.at(-1);
    if (last && last.match === match) last.text += text[index];
    else result.push({ text: text[index] ?? '', match });
  }
  return result;
}

/** Where the word stands, as a range of the text's own UTF-16 units. */
function find(text: string, word: string): { start: number; end: number } | null {
  const haystack = fold(text);
  const needle = fold(word).folded;
  if (!needle) return null;
  let at = haystack.folded.indexOf(needle);
  for (let next = at; next !== -1; next = haystack.folded.indexOf(needle, next + 1)) {
    const before = haystack.folded[next - 1];
    if (before === undefined || !/[\p{L}\p{N}]/u.test(before)) {
      at = next;
      break;
    }
  }
  if (at === -1) return null;
  const start = haystack.from[at] ?? 0;
  const end = haystack.from[at + needle.length] ?? text.length;
  return { start, end };
}

/** Lower case without accents, and for each unit of it where it came from. */
function fold(text: string): { folded: string; from: number[] } {
  let folded = '';
  const from: number[] = [];
  let index = 0;
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace('ß', 'ss');
    for (let unit = 0; unit < plain.length; unit += 1) from.push(index);
    folded += plain;
    index += character.length;
  }
  return { folded, from };
}
