// Changes inputs at random, as a fuzzer does: bytes, words of the grammar, pieces of other inputs, long repetitions.

/** 0 to 1, the same row for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Gives an input of the corpus with one to four changes. */
export type Mutate = (corpus: readonly Buffer[]) => Buffer;

export function createMutator(options: { random: () => number; words: readonly string[]; longest: number }): Mutate {
  const { random, longest } = options;
  const words = options.words.map((word) => Buffer.from(word));
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)];
  const insert = (input: Buffer, piece: Buffer): Buffer => {
    const at = below(input.length + 1);
    return Buffer.concat([input.subarray(0, at), piece, input.subarray(at)]);
  };
  const slice = (input: Buffer): Buffer => {
    const at = below(input.length + 1);
    return input.subarray(at, at + 1 + below(Math.min(64, input.length - at + 1)));
  };

  const changes: ((input: Buffer, corpus: readonly Buffer[]) => Buffer)[] = [
    (input) => {
      const copy = Buffer.from(input);
      if (copy.length > 0) copy[below(copy.length)] = below(256);
      return copy;
    },
    (input) => insert(input, pick(words) ?? input),
    (input) => insert(input, pick(words) ?? input),
    (input) => {
      const at = below(input.length + 1);
      return Buffer.concat([input.subarray(0, at), input.subarray(at + 1 + below(32))]);
    },
    (input) => insert(input, slice(input)),
    (input, corpus) => insert(input, slice(pick(corpus) ?? input)),
    (input, corpus) => {
      const other = pick(corpus) ?? input;
      return Buffer.concat([input.subarray(0, below(input.length + 1)), other.subarray(below(other.length + 1))]);
    },
    // What takes more than its share of time shows when there is much of it.
    (input) => repeat(input, random() < 0.5 ? (pick(words) ?? input) : slice(input)),
  ];

  function repeat(input: Buffer, piece: Buffer): Buffer {
    if (random() > 0.2 || piece.length === 0) return insert(input, piece);
    const count = Math.ceil(((longest - input.length) * random()) / piece.length);
    return insert(input, Buffer.concat(Array.from({ length: Math.max(1, count) }, () => piece)));
  }

  return (corpus) => {
    let input = pick(corpus) ?? Buffer.alloc(0);
    for (let left = 1 + below(4); left > 0; left -= 1) input = pick(changes)?.(input, corpus) ?? input;
    return input.subarray(0, longest);
  };
}
