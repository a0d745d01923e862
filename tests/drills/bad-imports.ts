// Mutates vCard, CSV and LDIF files 10,000 times: how many make a reader throw, or name a line that is not in the file?
import type { Bench } from '../../bench/report.ts';
import { readFile } from '../../electron/directory/import/read-file.ts';
import type { Parsed } from '../../electron/directory/import/types.ts';

const inputs = 10_000;
const files = [
  {
    name: 'people.vcf',
    text: 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Nora\r\nTEL;TYPE="work":+41 44\r\nEND:VCARD\r\n'.repeat(4),
  },
  { name: 'people.csv', text: `Name,Phone,Note\r\n${'"Nora ""K""",+41 44,"one\r\ntwo"\r\n'.repeat(4)}` },
  { name: 'people.ldif', text: 'dn: cn=nora\ncn:: TsO2cmE=\nmobile: 079\n  12\n\n'.repeat(4) },
];
const pieces = [
  '"',
  ':',
  ';',
  ',',
  '\n',
  '\r',
  '\0',
  '\\',
  ' ',
  '=',
  '\uD800',
  '\u202E',
  'BEGIN:VCARD\n',
  'x'.repeat(5000),
];

export const drill: Bench = async (measure) => {
  let seed = 1;
  // Numerical Recipes' generator: the same files in every run.
  const below = (end: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * end);
  };
  let thrown = 0;
  let wrongLines = 0;
  let faulty = 0;
  for (let input = 0; input < inputs; input += 1) {
    const [file = files[0]] = files.slice(input % files.length);
    if (!file) continue;
    let { text } = file;
    for (let change = 1 + below(8); change > 0; change -= 1) {
      const at = below(text.length);
      text = text.slice(0, at) + (pieces[below(pieces.length)] ?? '') + text.slice(at + below(6));
    }
    try {
      const parsed: Parsed = { entries: [], faults: [] };
      Array.from(readFile(file.name, Buffer.from(text), parsed));
      const { entries, faults } = parsed;
      const lines = text.split(/\r\n|\n|\r/).length;
      if (faults.length > 0) faulty += 1;
      if ([...entries, ...faults].some(({ line }) => line < 1 || line > lines)) wrongLines += 1;
    } catch {
      thrown += 1;
    }
  }
  measure({ name: 'bad_imports_inputs', value: inputs, unit: 'files' });
  measure({ name: 'bad_imports_with_faults', value: faulty, unit: 'files' });
  measure({ name: 'bad_imports_thrown', value: thrown, unit: 'files' });
  measure({ name: 'bad_imports_wrong_lines', value: wrongLines, unit: 'files' });
};
