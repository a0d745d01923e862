// A transaction over several steps, and others who write between them.
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { LongTransaction } from './long-transaction.ts';

let db: DatabaseSync;
let long: LongTransaction;

beforeEach(() => {
  db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  db.exec(`CREATE TABLE t (n INTEGER PRIMARY KEY);
    CREATE TABLE u (t INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED)`);
  long = new LongTransaction(db);
});

function put(n: number): void {
  db.prepare('INSERT INTO t (n) VALUES (?)').run(n);
}

function all(): unknown[] {
  return db
    .prepare('SELECT n FROM t ORDER BY n')
    .all()
    .map(({ n }) => n);
}

test('parts are written together, and then no transaction is open', () => {
  long.add(() => put(1));
  long.add(() => put(2));
  expect(db.isTransaction).toBe(true);
  long.commit();
  expect(db.isTransaction).toBe(false);
  expect(all()).toEqual([1, 2]);
});

test('a part that fails takes those before it along, back to the last commit', () => {
  long.add(() => put(1));
  long.commit();
  long.add(() => put(2));
  expect(() => long.add(() => put(1))).toThrow('UNIQUE');
  expect(db.isTransaction).toBe(false);
  expect(all()).toEqual([1]);
});

test('what others settle is written', () => {
  long.add(() => put(1));
  long.settle();
  expect(db.isTransaction).toBe(false);
  long.add(() => put(2));
  long.commit();
  expect(all()).toEqual([1, 2]);
});

test('whoever settles is not told of a commit that fails: whoever goes on with the work is', () => {
  long.add(() => {
    put(1);
    // Only the commit finds that there is no 7.
    db.exec('INSERT INTO u VALUES (7)');
  });
  long.settle();
  expect(db.isTransaction).toBe(false);
  expect(() => long.add(() => put(2))).toThrow('FOREIGN KEY');
  expect(all()).toEqual([]);
});
