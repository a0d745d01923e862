// Initials and hue of a person's avatar.

/** Words that say what kind of company it is, not its name. */
const legalForm = /^(?:gmbh|ag|sa|sàrl|sarl|ltd|llc|inc|plc|bv|nv|kg|ohg|spa|srl|as|ab|oy|co)$/iu;

/** Up to two letters: of the first and last word of a name that begin with a letter, or the first two of one word. */
export function initials(name: string): string {
  const words = name.split(/[\s,./&+-]+/u).filter((word) => /^\p{L}/u.test(word));
  const named = words.filter((word, index) => index === 0 || !legalForm.test(word));
  const [first] = named;
  if (!first) return '';
  const last = named.length > 1 ? named.at(-1) : undefined;
  const letters = last ? [firstLetter(first), firstLetter(last)] : Array.from(first).slice(0, 2);
  return letters.join('').toLocaleUpperCase();
}

function firstLetter(word: string): string {
  return Array.from(word)[0] ?? '';
}

/**
 * 1 to 6, always the same for the same name; 0, without a hue, for a company (FNV-1a; its offset is chosen so that the
 * people of the design's screens have the hues they have there).
 */
export function hue(name: string): number {
  if (isCompany(name)) return 0;
  let hash = 0x2272d;
  for (const character of name.normalize('NFC')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return ((hash >>> 8) % 6) + 1;
}

function isCompany(name: string): boolean {
  return name.includes('&') || name.split(/[\s,./]+/u).some((word, index) => index > 0 && legalForm.test(word));
}
