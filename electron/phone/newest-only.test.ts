// One question at a time, and after it only the newest.
import { expect, test } from 'vitest';
import { NewestOnly } from './newest-only.ts';

test('what was asked in between is answered with nothing, and the newest is asked when the running one is done', async () => {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const searches = new NewestOnly(async (text: string) => {
    asked.push(text);
    await new Promise<void>((resolve) => ends.push(resolve));
    return text.toUpperCase();
  }, '');
  const answers = ['n', 'no', 'nor', 'nora'].map((text) => searches.ask(text));
  expect(asked).toEqual(['n']);
  ends[0]?.();
  await answers[0];
  expect(await Promise.all([answers[1], answers[2]])).toEqual(['', '']);
  await Promise.resolve();
  expect(asked).toEqual(['n', 'nora']);
  ends[1]?.();
  expect(await Promise.all(answers)).toEqual(['N', '', '', 'NORA']);
});

test('a question that fails fails alone', async () => {
  const searches = new NewestOnly(async (text: string) => {
    if (text === 'bad') throw new Error('no');
    return text;
  }, '');
  const bad = searches.ask('bad');
  const good = searches.ask('good');
  await expect(bad).rejects.toThrow('no');
  expect(await good).toBe('good');
});
