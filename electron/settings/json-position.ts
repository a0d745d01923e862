// Where a JSON text stops being JSON (RFC 8259), for error messages: JSON.parse itself does not always say.

export interface JsonError {
  /** Counted from 1, as editors do. */
  line: number;
  column: number;
  /** What is wrong there. */
  sentence: string;
}

/** The first place that is not JSON; null when all of it is. */
export function findJsonError(text: string): JsonError | null {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return null;
  } catch (error) {
    if (error instanceof Unexpected) return { ...lineAndColumn(text, error.at), sentence: error.message };
    throw error;
  }
}

class Unexpected extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const blank = /[ \t\r\n]*/y;
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y; // oxlint-disable-line no-control-regex
const word = /true|false|null/y;

/** Brackets are kept in a list and not on the call stack, so that no depth of them is too deep. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    const open: ('}' | ']')[] = [];
    do {
      this.#skip(blank);
      if (!this.#value(open)) this.#afterValue(open);
    } while (open.length > 0);
    this.#skip(blank);
    if (this.#at < this.#text.length) this.#fail('There is something after the end.');
  }

  /** Reads a value, or the beginning of one: then another value has to follow, and the result is true. */
  #value(open: ('}' | ']')[]): boolean {
    if (this.#take('{')) {
      this.#skip(blank);
      if (this.#take('}')) return false;
      open.push('}');
      this.#name();
      return true;
    }
    if (this.#take('[')) {
      this.#skip(blank);
      if (this.#take(']')) return false;
      open.push(']');
      return true;
    }
    if (this.#text[this.#at] === '"') this.#string();
    else if (!this.#skip(numeral) && !this.#skip(word)) this.#fail('A value is missing here.');
    return false;
  }

  /** A comma and the next value, or the ends of what was open. */
  #afterValue(open: ('}' | ']')[]): void {
    for (let end = open.at(-1); end !== undefined; end = open.at(-1)) {
      this.#skip(blank);
      if (this.#take(',')) {
        this.#skip(blank);
        if (end === '}') this.#name();
        return;
      }
      if (!this.#take(end)) this.#fail(`A comma or ${end} is missing here.`);
      open.pop();
    }
  }

  #name(): void {
    if (this.#text[this.#at] !== '"') this.#fail('The name of a field is missing here, in double quotes.');
    this.#string();
    this.#skip(blank);
    if (!this.#take(':')) this.#fail('A colon is missing here.');
  }

  #string(): void {
    this.#skip(quoted);
    if (this.#take('"')) return;
    this.#fail(
      this.#at >= this.#text.length ? 'The closing quote is missing.' : 'This cannot stand in a text in quotes.',
    );
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }

  #fail(sentence: string): never {
    throw new Unexpected(this.#at, this.#at >= this.#text.length ? `The file ends too early. ${sentence}` : sentence);
  }
}
