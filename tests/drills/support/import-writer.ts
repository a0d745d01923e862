// A process that imports people and takes every second import back, and says how far it is once that is committed; it is
// killed in the middle of it.
import { writeSync } from 'node:fs';
import { createDirectory } from '../../../electron/directory/index.ts';
import { createHistory } from '../../../electron/history/index.ts';
import { openDatabase } from '../../../electron/store/database.ts';
import { fileOf, knownOf } from './imported.ts';

const [file = '', round = '0'] = process.argv.slice(2);
const { db, recovered } = openDatabase(file);
if (recovered) throw new Error(recovered.detail ?? recovered.message);
const directory = createDirectory(db);
const history = createHistory(db);
const say = (line: string) => writeSync(1, `${line}\n`);
/** Steps of the import between two calls that are written, as in the app's library. */
const stepsBetweenCalls = 4;

say('open');
for (let count = 0; ; count += 1) {
  const tag = `${round}-${count}`;
  for (const person of knownOf(tag)) directory.save(person);
  say(`import ${tag} 0`);
  directory.readImport({ name: 'people.csv', bytes: Buffer.from(fileOf(tag)) });
  let state = directory.stepImport(8);
  while (state?.name === 'reading') state = directory.stepImport(8);
  directory.writeImport();
  for (let step = 1; state?.name === 'read' || state?.name === 'writing'; step += 1) {
    // One step at a time: all of a file this short would be written in one go.
    state = directory.stepImport(0);
    if (state?.name !== 'writing' || step % stepsBetweenCalls !== 0) continue;
    directory.settle();
    history.add(call(`${tag}-${step}`));
    say(`call ${tag}-${step}`);
    say(`import ${tag} ${state.done}`);
  }
  if (state?.name !== 'written') throw new Error(`The import ended as ${JSON.stringify(state)}.`);
  say(`imported ${tag}`);
  if (count % 2 === 0) continue;
  say(`undoing ${tag}`);
  while (directory.undo(state.importId));
  say(`undone ${tag}`);
}

function call(id: string) {
  const at = Date.now();
  return {
    id,
    accountId: 'work',
    direction: 'incoming' as const,
    number: '4410',
    result: 'missed' as const,
    startedAt: at,
    endedAt: at,
    seen: false,
  };
}
