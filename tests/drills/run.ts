// npm run drill -- NAME: a fault on purpose, and what it cost. Without a name: lists what there is.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { report, type Bench } from '../../bench/report.ts';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));
const [name] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.log(`npm run drill -- NAME, with one of: ${names.join(', ')}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const { drill } = (await import(join(import.meta.dirname, `${name}.ts`))) as { drill: Bench };
  process.exitCode = await report('drill', name, drill);
}
