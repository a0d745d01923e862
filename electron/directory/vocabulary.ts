// The words of all names, and those that a typing error away were meant: a letter too many, too few, wrong, or two swapped.
import type { Entry } from './people-index.ts';

/** Shorter words are a typing error away from everything. */
const shortestWord = 4;
/** No more people than this for one word. */
const most = 200;

/** Who bears which word. An error spares either the first two letters or the last two, by which words are looked up. */
export class Vocabulary {
  readonly #bearers = new Map<string, Entry[]>();
  readonly #byStart = new Map<string, Set<string>>();
  readonly #byEnd = new Map<string, Set<string>>();

  add(entry: Entry): void {
    for (const word of nameWords(entry)) {
      const bearers = this.#bearers.get(word);
      if (bearers) {
        bearers.push(entry);
        continue;
      }
      this.#bearers.set(word, [entry]);
      put(this.#byStart, word.slice(0, 2), word);
      put(this.#byEnd, word.slice(-2), word);
    }
  }

  remove(entry: Entry): void {
    for (const word of nameWords(entry)) {
      const left = (this.#bearers.get(word) ?? []).filter(({ key }) => key !== entry.key);
      if (left.length > 0) {
        this.#bearers.set(word, left);
        continue;
      }
      this.#bearers.delete(word);
      this.#byStart.get(word.slice(0, 2))?.delete(word);
      this.#byEnd.get(word.slice(-2))?.delete(word);
    }
  }

  /** People with a word one error away, then those with a word that begins so; the rarer words first. */
  near(typed: string): Entry[] {
    if (typed.length < shortestWord) return [];
    const whole: Entry[][] = [];
    const begun: Entry[][] = [];
    const looked = new Set([
      ...(this.#byStart.get(typed.slice(0, 2)) ?? []),
      ...(this.#byEnd.get(typed.slice(-2)) ?? []),
    ]);
    for (const word of looked) {
      const bearers = this.#bearers.get(word) ?? [];
      if (isOneErrorAway(typed, word, false)) whole.push(bearers);
      else if (isOneErrorAway(typed, word, true)) begun.push(bearers);
    }
    const rareFirst = (a: Entry[], b: Entry[]) => a.length - b.length;
    return [...whole.sort(rareFirst), ...begun.sort(rareFirst)].flat().slice(0, most);
  }
}

function* nameWords({ words, nameLength }: Entry): Generator<string> {
  for (const word of words.slice(1, nameLength).split(' ')) if (word.length >= shortestWord - 1) yield word;
}

function put(lists: Map<string, Set<string>>, key: string, word: string): void {
  const list = lists.get(key);
  if (list) list.add(word);
  else lists.set(key, new Set([word]));
}

/**
 * Whether one letter more, less or other, or two neighbours swapped, make `typed` of `word`.
 * @param isBeginning what follows in `word` does not count
 */
export function isOneErrorAway(typed: string, word: string, isBeginning: boolean): boolean {
  let same = 0;
  while (same < typed.length && typed[same] === word[same]) same += 1;
  const rest = (fromTyped: number, fromWord: number) => {
    const left = typed.slice(same + fromTyped);
    return isBeginning ? word.startsWith(left, same + fromWord) : left === word.slice(same + fromWord);
  };
  if (rest(1, 1) || rest(1, 0) || rest(0, 1)) return true;
  return typed[same] === word[same + 1] && typed[same + 1] === word[same] && rest(2, 2);
}
