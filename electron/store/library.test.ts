// The library as the main process uses it: a real worker thread on a real database.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { openDatabase } from './database.ts';
import { transaction } from './index.ts';
import { call, nora, test, told } from './testing.ts';

test('people and calls are kept, found and counted', async ({ place }) => {
  const one = await place.library();
  expect(told(one)).toEqual([]);
  const { id } = await one.savePerson(nora);
  await one.setFavourite(id, true);
  await one.addCall(call('c1'));
  expect(await one.missedCalls()).toBe(1);
  expect(await one.identify('0041441234567')).toEqual({ personId: id, name: 'Nora Keller' });
  await one.close();

  const again = await place.library();
  expect(await again.query({ type: 'people', text: 'kel', offset: 0, limit: 10 })).toMatchObject({
    rows: [{ id }],
    total: 1,
  });
  expect(await again.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({
    letters: [{ letter: 'N', index: 0 }],
  });
  expect(await again.query({ type: 'favourites' })).toMatchObject([{ id, favourite: true }]);
  expect(await again.query({ type: 'person', personId: id })).toMatchObject({ name: 'Nora Keller' });
  expect(await again.query({ type: 'history', filter: 'missed', offset: 0, limit: 10 })).toEqual({
    rows: [call('c1')],
    total: 1,
  });
  await again.markSeen();
  expect(await again.missedCalls()).toBe(0);
  await again.removeCall('c1');
  expect(await again.query({ type: 'history', filter: 'all', offset: 0, limit: 10 })).toEqual({ rows: [], total: 0 });
  await again.removePerson(id);
  expect(await again.query({ type: 'person', personId: id })).toBeNull();
  await again.restorePerson(id);
  await again.replaceSource('company', [{ name: 'Ana', numbers: [] }]);
  expect(await again.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({ total: 2 });
});

test('a call that was placed makes its number the first; one that came in does not', async ({ place }) => {
  const one = await place.library();
  const { id } = await one.savePerson(nora);
  const first = async () => (await one.query({ type: 'people', text: '', offset: 0, limit: 1 })).rows[0]?.number?.value;
  await one.addCall(call('in', { personId: id }));
  expect(await first()).toBe('+41 44 123 45 67');
  await one.addCall(call('out', { personId: id, direction: 'outgoing', result: 'answered' }));
  expect(await first()).toBe('4410');
});

test('a problem comes back as a problem', async ({ place }) => {
  const one = await place.library();
  await expect(one.setFavourite('nobody', true)).rejects.toMatchObject({ problem: { code: 'person-gone' } });
});

test('what the schema refuses is refused with its reason, and changes nothing', async ({ place }) => {
  const one = await place.library();
  await expect(one.savePerson({ name: '   ', numbers: [] })).rejects.toMatchObject({
    problem: { code: 'library-request-invalid', detail: expect.stringContaining('A person needs a name.') },
  });
  await expect(one.query({ type: 'people', text: '', offset: 0, limit: 100_000 })).rejects.toMatchObject({
    problem: { code: 'library-request-invalid' },
  });
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 10 })).toMatchObject({ total: 0 });
});

test('a damaged database is told of and kept', async ({ place }) => {
  writeFileSync(place.file, 'not a database '.repeat(1000));
  const one = await place.library();
  expect(told(one)).toEqual(['database-damaged']);
  expect(readdirSync(place.folder).some((name) => name.startsWith('hookswitch.db.damaged-'))).toBe(true);
  await one.savePerson(nora);
});

/** 300 calls, and noise in the page that first or last holds what is written of the one in their middle. */
function damaged(file: string, look: 'indexOf' | 'lastIndexOf'): void {
  const { db } = openDatabase(file);
  const add = db.prepare(
    `INSERT INTO calls (id, account, direction, number, result, started_at, ended_at, seen, words)
     VALUES (?, 'a', 'incoming', '1', 'missed', 1, 1, 1, ?)`,
  );
  transaction(db, () => {
    for (let id = 0; id < 300; id += 1) add.run(`call ${id} `, 'x'.repeat(300));
  });
  db.close();
  const bytes = readFileSync(file);
  const at = bytes[look]('call 150 ');
  bytes.fill(0xa5, at - (at % 4096), at - (at % 4096) + 4096);
  writeFileSync(file, bytes);
}

test('damage that the start did not look for is found by the check after it, mended and told; what was written since is there', async ({
  place,
}) => {
  damaged(place.file, 'lastIndexOf');
  const one = await place.library({ checkAfter: 0 });
  expect(told(one)).toEqual([]);
  const found = new Promise((resolve) => one.whenRecovered(resolve));
  await one.addCall(call('since'));
  expect(await found).toMatchObject({ code: 'database-damaged' });
  const { total, rows } = await one.query({ type: 'history', filter: 'missed', offset: 0, limit: 1 });
  expect(rows).toMatchObject([{ id: 'since' }]);
  expect(total).toBeGreaterThan(270);
  expect(readdirSync(place.folder).some((name) => name.startsWith('hookswitch.db.damaged-'))).toBe(true);
  await one.addCall(call('after'));
});

test('what meets the damage before the check does is written all the same', async ({ place }) => {
  damaged(place.file, 'indexOf');
  const one = await place.library();
  let told = 0;
  one.whenRecovered(() => (told += 1));
  await one.addCall(call('call 150 and a half'));
  expect(told).toBe(1);
  expect(await one.query({ type: 'history', filter: 'missed', offset: 0, limit: 1 })).toMatchObject({
    rows: [{ id: 'call 150 and a half' }],
    total: 301,
  });
});

test('an import that meets damage is interrupted, and goes through when it is begun once more', async ({ place }) => {
  const before = await place.library();
  const number = (at: number) => `+41440${100_000 + at}`;
  await before.replaceSource(
    'company',
    Array.from({ length: 600 }, (_, at) => ({ name: `Person ${at}`, numbers: [{ value: number(at), kind: 'work' }] })),
  );
  await before.close();
  // A leaf (0x0a) of the index by which callers are looked up: the last five digits, and not the number.
  const bytes = readFileSync(place.file);
  for (let page = 0; page < bytes.length; page += 4096) {
    const content = bytes.subarray(page, page + 4096);
    if (content[0] === 0x0a && content.includes('00300') && !content.includes('+4144')) content.fill(0xa5);
  }
  writeFileSync(place.file, bytes);

  const one = await place.library();
  const heard = new Promise((resolve) => one.whenRecovered(resolve));
  const imported = async () => {
    await one.readImport({ name: 'people.csv', bytes: Buffer.from(`Name,Work\nNora Keller,${number(300)}\n`) });
    while ((await one.stepImport())?.name === 'reading');
    await one.writeImport();
    while ((await one.stepImport())?.name === 'writing');
    return one.stepImport();
  };
  await expect(imported()).rejects.toMatchObject({ problem: { code: 'library-interrupted' } });
  expect(await heard).toMatchObject({ code: 'database-damaged' });
  expect((await imported())?.name).toBe('written');
  expect(await one.query({ type: 'people', text: '', offset: 0, limit: 1 })).toMatchObject({ total: 601 });
});

test('a whole file is checked while it is used, and nothing is told', async ({ place, expect }) => {
  await (await place.library()).close();
  const one = await place.library({ checkAfter: 0 });
  let told = 0;
  one.whenRecovered(() => (told += 1));
  await expect.poll(() => place.workers.length).toBe(3);
  await new Promise((resolve) => place.workers[2]?.once('exit', resolve));
  expect(await one.missedCalls()).toBe(0);
  expect(told).toBe(0);
});

test('a file is read, written and, after a restart, taken back in steps between which others are answered', async ({
  place,
}) => {
  const one = await place.library();
  const rows = Array.from({ length: 500 }, (_, index) => `Person ${index},${10_000 + index}\n`);
  await one.readImport({ name: 'people.csv', bytes: Buffer.from(`Name,Work\n${rows.join('')}`) });
  const finish = async (library = one) => {
    for (;;) {
      const [state, missed] = await Promise.all([library.stepImport(), library.missedCalls()]);
      expect(missed).toBe(0);
      if (state?.name !== 'reading' && state?.name !== 'writing' && state?.name !== 'undoing') return state;
    }
  };
  expect(await finish()).toMatchObject({ name: 'read', added: 500 });
  expect(await one.query({ type: 'import-rows', show: 'new', offset: 499, limit: 5 })).toMatchObject({
    rows: [{ line: 501, name: 'Person 499' }],
    total: 500,
  });
  await one.writeImport();
  const written = await finish();
  expect(written).toMatchObject({ name: 'written', added: 500 });
  expect((await one.exportPeople('csv')).split('\r\n')).toHaveLength(502);
  await one.closeImport();
  await one.close();
  const two = await place.library();
  const [past] = await two.query({ type: 'past-imports' });
  expect(past).toMatchObject({ file: 'people.csv', added: 500, changed: 0 });
  expect(await two.undoImport(past?.id ?? '')).toMatchObject({ name: 'undoing', total: 500 });
  expect(await finish(two)).toEqual({ name: 'undone', file: 'people.csv', kept: 0 });
  expect(await two.query({ type: 'past-imports' })).toEqual([]);
  expect(await two.query({ type: 'people', text: '', offset: 0, limit: 1 })).toMatchObject({ total: 0 });
});

test('twins become one and two again; the blocked are told; old calls go', async ({ place }) => {
  const one = await place.library();
  const [first, second] = [await one.savePerson(nora), await one.savePerson({ ...nora, blocked: true })];
  expect(await one.query({ type: 'duplicates' })).toHaveLength(1);
  const { undo } = await one.mergePeople([first.id, second.id]);
  expect(await one.query({ type: 'duplicates' })).toEqual([]);
  await one.undoPeople(undo);
  expect(await one.query({ type: 'duplicates' })).toHaveLength(1);
  expect(await one.blockedNumbers()).toEqual(nora.numbers.map(({ value }) => value));
  await one.addCall(call('old'));
  expect(await one.keepCalls(30)).toBe(1);
});

test('after closing, questions are refused and the thread has ended', async ({ place }) => {
  const one = await place.library();
  const ended = new Promise((resolve) => place.workers[0]?.once('exit', resolve));
  await one.close();
  await one.close();
  expect(await ended).toBe(0);
  await expect(one.missedCalls()).rejects.toMatchObject({ problem: { code: 'library-stopped' } });
});

test('main keeps turning while the thread works', async ({ place }) => {
  const one = await place.library();
  const many = Array.from({ length: 500 }, (_, index) => ({ name: `Person ${index}`, numbers: [] }));
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  await one.replaceSource('many', many);
  clearInterval(turning);
  expect(turns).toBeGreaterThan(5);
});

test('a call keeps its recordings and its quality on the way to the worker and back', async ({ place }) => {
  const one = await place.library();
  const quality = { mos: 4.2, worstMos: 3.9, lossIn: 0, lossOut: null, jitter: 2, roundTrip: 30 };
  await one.addCall(call('c1', { recordings: ['call.wav'], quality }));
  const { rows } = await one.query({ type: 'history', filter: 'all', offset: 0, limit: 1 });
  expect(rows[0]).toMatchObject({ recordings: ['call.wav'], quality });
});

test('the facts of the database have numbers, and nothing of what is in it', async ({ place }) => {
  const opened = await place.library();
  await opened.savePerson(nora);
  await opened.addCall(call('one'));
  const facts = await opened.facts();
  expect(facts).toMatchObject({ check: 'ok', rows: { people: 1, numbers: 2, calls: 1 } });
  expect(facts.version).toBeGreaterThan(0);
  expect(facts.size).toBeGreaterThan(0);
  expect(JSON.stringify(facts)).not.toMatch(/Nora|4410/);
});
