// npm run strings: which texts each language says in English still. Ends with 1 while there are any, so that no release has them.
import { compare, english, translations, wordsOf } from './strings/catalogs.ts';

const known = english();
let count = 0;
for (const language of translations) {
  const { missing } = compare(language, await wordsOf(language));
  count += missing.length;
  console.log(`${language}: ${missing.length === 0 ? 'complete' : `${missing.length} in English`}`);
  for (const key of missing) console.log(`  ${key}  ${known.get(key) ?? ''}`);
}
console.log(count === 0 ? 'Every text is said in every language.' : `${count} texts to translate.`);
process.exitCode = count === 0 ? 0 : 1;
