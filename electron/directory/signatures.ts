// A few bits a person that rule out most people before a string is looked at: 96 bytes each, side by side in memory.
import { keysOf } from './dial-keys.ts';
import type { SearchText, Token } from './search-text.ts';

/**
 * What the 32-bit words of a signature hold: first letters of the name's words, and of all words; the first two letters
 * of each word (hashed); all runs of three letters (hashed); all pairs of digits in numbers, and their first digits; the pairs of
 * keys by which the name's words are typed on a dial pad, and by which they begin.
 */
const layout = {
  nameStarts: 0,
  starts: 1,
  startPairs: 2,
  triples: 4,
  digitPairs: 16,
  keyPairs: 20,
  keyStarts: 22,
} as const;
const stride = 24;
const tripleBits = (layout.digitPairs - layout.triples) * 32;

/** A signature, or what has to be in one. */
export type Bits = Int32Array;

/** In the first word: a favourite, or somebody who was called. */
const preferred = 1 << 31;

/** The signatures of all people, in their order. */
export class Signatures {
  #bits: Int32Array;
  #size = 0;

  constructor(capacity = 1024) {
    this.#bits = new Int32Array(capacity * stride);
  }

  insert(position: number, bits: Bits): void {
    if ((this.#size + 1) * stride > this.#bits.length) {
      const larger = new Int32Array(this.#bits.length * 2);
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits.copyWithin((position + 1) * stride, position * stride, this.#size * stride);
    this.#bits.set(bits, position * stride);
    this.#size += 1;
  }

  remove(position: number): void {
    this.#bits.copyWithin(position * stride, (position + 1) * stride, this.#size * stride);
    this.#size -= 1;
  }

  isPreferred(position: number): boolean {
    return (this.#word(position, layout.nameStarts) & preferred) !== 0;
  }

  /** Where, going by its first letter (from {@link startBit}), a word may begin: in the name, elsewhere, nowhere. */
  startsWithLetter(position: number, letter: number): 'name' | 'other' | null {
    if ((this.#word(position, layout.nameStarts) & letter) !== 0) return 'name';
    return (this.#word(position, layout.starts) & letter) !== 0 ? 'other' : null;
  }

  /** Whether a number begins with this digit, 0 to 9. */
  startsWithDigit(position: number, digit: number): boolean {
    const bit = firstDigits + digit;
    return (this.#word(position, layout.digitPairs + (bit >>> 5)) & (1 << (bit & 31))) !== 0;
  }

  /** Positions of those whose signature holds, for every token, one of its alternatives. */
  candidates(tokens: readonly (readonly Bits[])[]): number[] {
    const found: number[] = [];
    const needs = tokens.map((alternatives) => alternatives.map(need));
    const bits = this.#bits;
    for (let position = 0, at = 0; position < this.#size; position += 1, at += stride) {
      if (holdsAll(bits, at, needs)) found.push(position);
    }
    return found;
  }

  #word(position: number, word: number): number {
    return this.#bits[position * stride + word] ?? 0;
  }
}

/** The words of a signature that matter to a query, and what has to be in them. */
interface Need {
  words: number[];
  masks: number[];
}

function need(wanted: Bits): Need {
  const words = Array.from(wanted.keys()).filter((word) => wanted[word] !== 0);
  return { words, masks: words.map((word) => wanted[word] ?? 0) };
}

function holdsAll(bits: Int32Array, at: number, needs: readonly (readonly Need[])[]): boolean {
  for (let token = 0; token < needs.length; token += 1) {
    const alternatives = needs[token] ?? [];
    let holds = false;
    for (let one = 0; one < alternatives.length && !holds; one += 1) {
      const alternative = alternatives[one];
      holds = alternative !== undefined && holdsNeed(bits, at, alternative);
    }
    if (!holds) return false;
  }
  return true;
}

function holdsNeed(bits: Int32Array, at: number, { words, masks }: Need): boolean {
  for (let index = 0; index < words.length; index += 1) {
    const mask = masks[index] ?? 0;
    if (((bits[at + (words[index] ?? 0)] ?? 0) & mask) !== mask) return false;
  }
  return true;
}

/** The signature of a person. */
export function signature(text: SearchText, isPreferred: boolean): Bits {
  const bits = new Int32Array(stride);
  addStarts(bits, layout.nameStarts, text.words.slice(0, text.nameLength));
  addStarts(bits, layout.starts, text.words);
  addTriples(bits, text.words);
  addDigitPairs(bits, text.digits);
  for (const [, first = ''] of text.digits.matchAll(/ (\d)/g)) addDigitBit(bits, firstDigits + Number(first));
  addKeys(bits, keysOf(text.words.slice(0, text.nameLength)));
  if (isPreferred) add(bits, layout.nameStarts, preferred);
  return bits;
}

/**
 * What has to be in the signature of a match; one of these.
 * @param isShort says of a word that it is only looked for at the beginning of words
 */
export function wantedBits(token: Token, isShort: (word: string) => boolean): Bits[] {
  const wanted = token.digits.map((digits) => {
    const bits = new Int32Array(stride);
    addDigitPairs(bits, digits);
    if (isShort(digits) && /^\d/.test(digits)) addDigitBit(bits, firstDigits + Number(digits.charAt(0)));
    return bits;
  });
  for (const keys of token.keys) {
    const bits = new Int32Array(stride);
    addKeys(bits, ` ${keys}`);
    wanted.push(bits);
  }
  for (const letters of token.initials) {
    const bits = new Int32Array(stride);
    for (let at = 0; at < letters.length; at += 1) add(bits, layout.nameStarts, startBit(letters.charCodeAt(at)));
    wanted.push(bits);
  }
  if (token.words.length === 0) return wanted;
  const bits = new Int32Array(stride);
  for (const word of token.words) {
    addTriples(bits, word);
    if (isShort(word)) addStart(bits, layout.starts, word.charCodeAt(0), word.charCodeAt(1));
  }
  return [...wanted, bits];
}

/** The bit of a first letter; letters from a to z have one of their own. */
export function startBit(letter: number): number {
  if (letter >= 97 && letter <= 122) return 1 << (letter - 97);
  return 1 << (26 + (letter % 5));
}

function addStarts(bits: Bits, word: number, text: string): void {
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) {
    const first = text.charCodeAt(at + 1);
    const second = text.charCodeAt(at + 2);
    addStart(bits, word, first, second);
  }
}

const space = 32;

function addTriples(bits: Bits, text: string): void {
  for (let at = 2; at < text.length; at += 1) {
    const first = text.charCodeAt(at - 2);
    const second = text.charCodeAt(at - 1);
    const third = text.charCodeAt(at);
    if (first <= space || second <= space || third <= space) continue;
    const bit = hash(hash(first, second), third) % tripleBits;
    add(bits, layout.triples + (bit >>> 5), 1 << (bit & 31));
  }
}

function addDigitPairs(bits: Bits, text: string): void {
  for (let at = 1; at < text.length; at += 1) {
    const one = text.charCodeAt(at - 1);
    const other = text.charCodeAt(at);
    if (one > space && other > space) addDigits(bits, one, other);
  }
}

/** How a word begins; `second` is NaN or a separator for a word of one letter. */
function addStart(bits: Bits, word: number, first: number, second: number): void {
  add(bits, word, startBit(first));
  if (!(second > space)) return;
  const bit = hash(first, second) >>> 26;
  add(bits, layout.startPairs + (bit >>> 5), 1 << (bit & 31));
}

/** Bits 0 to 99 are the pairs, 100 to 109 the first digits; pairs with * or # share the rest. */
const firstDigits = 100;
const digitZero = 48;

function addDigits(bits: Bits, one: number, other: number): void {
  const isPair = one >= digitZero && other >= digitZero;
  addDigitBit(bits, isPair ? (one - digitZero) * 10 + (other - digitZero) : 110 + ((one + other) & 15));
}

function addDigitBit(bits: Bits, bit: number): void {
  add(bits, layout.digitPairs + (bit >>> 5), 1 << (bit & 31));
}

/** Keys 2 to 9 by pairs, and the pair with which a word begins, which has a space before it. */
function addKeys(bits: Bits, keys: string): void {
  for (let at = 1; at < keys.length - 1; at += 1) {
    const one = keys.charCodeAt(at) - keyTwo;
    const other = keys.charCodeAt(at + 1) - keyTwo;
    if (one < 0 || one > 7 || other < 0 || other > 7) continue;
    const pair = one * 8 + other;
    add(bits, layout.keyPairs + (pair >>> 5), 1 << (pair & 31));
    if (keys.charCodeAt(at - 1) === space) add(bits, layout.keyStarts + (pair >>> 5), 1 << (pair & 31));
  }
}

const keyTwo = 50;

/** Fibonacci hashing; the upper bits, which are the well mixed ones, are brought down. */
function hash(one: number, other: number): number {
  const product = Math.imul(Math.imul(one, 31) + other, 0x9e3779b1);
  return (product ^ (product >>> 15)) >>> 0;
}

function add(bits: Bits, word: number, mask: number): void {
  bits[word] = (bits[word] ?? 0) | mask;
}
