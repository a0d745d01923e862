// A process that writes calls and people and says each id once it is committed; it is killed in the middle of it.
import { writeSync } from 'node:fs';
import { createDirectory } from '../../../electron/directory/index.ts';
import { createHistory } from '../../../electron/history/index.ts';
import { openDatabase } from '../../../electron/store/database.ts';

const [file = '', round = '0'] = process.argv.slice(2);
const { db, recovered } = openDatabase(file);
if (recovered) throw new Error(recovered.detail ?? recovered.message);
const directory = createDirectory(db);
const history = createHistory(db);
writeSync(1, 'open\n');
for (let count = 0; ; count += 1) {
  const id = `${round}-${count}`;
  const at = Date.now();
  history.add({
    id,
    accountId: 'work',
    direction: 'incoming',
    number: String(count),
    result: 'missed',
    startedAt: at,
    endedAt: at,
    seen: false,
  });
  writeSync(1, `call ${id}\n`);
  directory.save({ id, name: `Person ${id}`, numbers: [{ value: `${1000 + count}`, kind: 'extension' }] });
  writeSync(1, `person ${id}\n`);
}
