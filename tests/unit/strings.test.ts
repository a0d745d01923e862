// Every text lies in a catalog and is used; every language fits the English one. What is not translated yet is said in
// English, and listed by `npm run strings`.
import { describe, expect, it } from 'vitest';
import { compare, english, keyOf, translations, wordsOf } from '../../build/strings/catalogs.ts';
import { problemCodes, readSource, readWindows, type Spoken } from '../../build/strings/sources.ts';

const spoken = readWindows();
const literally = (text: string) => text.replaceAll(/[.+?^$()[\]{}|\\]/g, '\\$&');

describe('the sources of the windows', () => {
  it('hold no word that a person would see', () => {
    expect(spoken.direct).toEqual([]);
  });

  it('use every English text', () => {
    const exact = spoken.strings;
    const patterns = [...exact]
      .filter((text) => text.includes('*') && /[\w:.]/.test(text) && !/\s/.test(text))
      .map((text) => new RegExp(`^${text.split('*').map(literally).join('[\\w-]+')}$`));
    const isUsed = (key: string) => exact.has(key) || patterns.some((pattern) => pattern.test(key));
    const unused = [...english().keys()]
      .filter((key) => !key.startsWith('desktop:'))
      .map(keyOf)
      .filter((key) => !isUsed(key) && !(key.startsWith('common:') && isUsed(key.slice('common:'.length))));
    expect(unused).toEqual([]);
  });

  it('are read as a person reads the screen', () => {
    const found: Spoken = { strings: new Set(), direct: [] };
    readSource('a.tsx', '<b title="Two words" key="not shown">{a} · Hello {t(`x:${y}`)}</b>', found);
    expect(found.direct.map(({ text }) => text)).toEqual(['Two words', '· Hello']);
    expect(found.strings).toContain('x:*');
  });
});

describe.each(translations)('%s', (language) => {
  it('has a sentence for every problem of a directory server', async () => {
    const words = await wordsOf(language);
    const codes = problemCodes().filter((code) => /^(?:server|directory|ca-file)-/.test(code));
    expect(codes).toEqual(expect.arrayContaining(['server-silent', 'directory-refused', 'server-base']));
    expect(codes.filter((code) => !words.has(`problems:${code}`))).toEqual([]);
  });

  it('has no key that English lacks, and the same values in each text, in every form that it counts by', async () => {
    const { leftover, wrong } = compare(language, await wordsOf(language));
    expect({ leftover, wrong }).toEqual({ leftover: [], wrong: [] });
  });
});
