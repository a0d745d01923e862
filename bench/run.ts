// npm run bench -- NAME: measures, side by side with peers where there are any. Without a name: lists what there is.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { report, type Bench } from './report.ts';

const directory = join(import.meta.dirname, 'benches');
const names = readdirSync(directory)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
const [name] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.log(`npm run bench -- NAME, with one of: ${names.join(', ')}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const { bench } = (await import(join(directory, `${name}.ts`))) as { bench: Bench };
  process.exitCode = await report('bench', name, bench);
}
