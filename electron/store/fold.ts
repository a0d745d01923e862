// Folding: the plain letters by which people are sorted and found, whatever the accents and the spelling.

/** Letters that Unicode does not take apart into a base and a mark. */
const plain: Record<string, string> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e',
};
const special = /[łđðøßæœıþħŧŋĸə]/gu;
/** Marks of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels. Indic signs are letters of their own and stay. */
const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0655\u0670]/gu;
/** Written without spaces: each character begins a word, so that a given name is found. */
const unspaced = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/gu;
/** O'Brien is found as "obrien" and as "o'brien". */
const apostrophes = /['’‘ʼ`´]/gu;
const notWord = /[^\p{L}\p{N}\p{M}]+/u;

/** Lower case, without accents; ł ø ß æ and their like become plain letters. `Łukasz Weiß` -> `lukasz weiss`. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replace(special, (letter) => plain[letter] ?? letter);
}

/** The folded words of a text: `Anne-Marie O'Brien` -> `anne`, `marie`, `obrien`. */
export function words(text: string): string[] {
  return latinWords(text) ?? anyWords(text);
}

function anyWords(text: string): string[] {
  const spaced = text.normalize('NFC').replace(apostrophes, '').replace(unspaced, ' $&');
  return fold(spaced)
    .split(notWord)
    .filter((word) => word !== '');
}

/** Basic Latin, Latin-1 and Latin Extended-A: what stands for each character in words; null: a space, which parts them. */
const latin = Array.from({ length: 0x180 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (character.replace(apostrophes, '') === '') return '';
  const plainly = fold(character);
  // Not those few which become several words, such as ½.
  if (/[\p{L}\p{N}\p{M}]/u.test(plainly)) return notWord.test(plainly) ? undefined : plainly;
  return null;
});

/** Without Unicode's tables, a tenth of the time: an import of 100,000 people feels it. null: other letters are there, too. */
function latinWords(text: string): string[] | null {
  const found: string[] = [];
  let word = '';
  for (let at = 0; at < text.length; at += 1) {
    const plainly = latin[text.charCodeAt(at)];
    if (plainly === undefined) return null;
    if (plainly !== null) {
      word += plainly;
    } else if (word !== '') {
      found.push(word);
      word = '';
    }
  }
  if (word !== '') found.push(word);
  return found;
}

/** The letters that have another spelling, whole or with their marks apart. */
const spelledTwice = /[äöüøåÄÖÜØÅ\u212b]|\u0308|\u030a/;
const spelledOut: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** The other spelling that people type for ä ö ü ø å: `Müller` -> `mueller`. Empty where there is none. */
export function otherSpelling(text: string): string[] {
  if (!spelledTwice.test(text)) return [];
  const lower = text.toLowerCase().normalize('NFC');
  const other = lower.replace(/[äöüøå]/gu, (letter) => spelledOut[letter] ?? letter);
  if (other === lower) return [];
  const usual = new Set(words(lower));
  return words(other).filter((word) => !usual.has(word));
}

/** The letter a name is filed under: A to Z, or `#` for all that begins otherwise. Takes folded words. */
export function initial(folded: string): string {
  const first = folded.trimStart().charAt(0);
  return first >= 'a' && first <= 'z' ? first.toUpperCase() : '#';
}
