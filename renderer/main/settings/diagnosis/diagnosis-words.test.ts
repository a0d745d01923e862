import { expect, test } from 'vitest';
import type { Check, CheckState, Diagnosis } from '../../../../contract/index.ts';
import { findingSentence, groups, verdict } from './diagnosis-words.ts';

function of(states: readonly CheckState[], endedAt: number | null = 1): Diagnosis {
  return {
    startedAt: 0,
    endedAt,
    checks: states.map((state): Check => ({ name: 'dns', accountId: null, state, finding: null })),
  };
}

test('one fault says that nobody can call; a note says nothing', () => {
  expect(verdict(of(['good', 'waiting'], null))).toEqual({ kind: 'running', count: 1 });
  expect(verdict(of(['good', 'note', 'good']))).toEqual({ kind: 'reached', count: 0 });
  expect(verdict(of(['good', 'attention', 'attention']))).toEqual({ kind: 'but', count: 2 });
  expect(verdict(of(['fault', 'skipped', 'attention']))).toEqual({ kind: 'not', count: 1 });
});

test('where one account is whole, only some cannot be called; a fault of the computer is one of all', () => {
  const check = (accountId: string | null, state: CheckState): Check => ({
    name: 'dns',
    accountId,
    state,
    finding: null,
  });
  const ofAll = (...checks: Check[]): Diagnosis => ({ startedAt: 0, endedAt: 1, checks });
  expect(verdict(ofAll(check('a', 'good'), check('b', 'fault'), check(null, 'good'))).kind).toBe('some');
  expect(verdict(ofAll(check('a', 'good'), check(null, 'fault'))).kind).toBe('not');
  expect(verdict(ofAll(check('a', 'fault'), check('b', 'fault'), check(null, 'good'))).kind).toBe('not');
});

test('a sentence has the values, a date as people write it, and a problem its own words', () => {
  expect(
    findingSentence({
      state: 'good',
      code: 'connectionTls',
      values: { names: 'sip.example.com', issuer: 'Example CA', validUntil: Date.UTC(2027, 4, 3, 12) },
    }),
  ).toBe('Secure: the certificate is for sip.example.com, vouched for by Example CA, and valid until May 3, 2027.');
  expect(findingSentence({ state: 'good', code: 'registeredBesides', values: { minutes: 5, count: 2 } })).toBe(
    'The server knows this phone, for another 5 min. 2 other phones ring as well.',
  );
  const problem = { code: 'x', message: 'There is no server named nowhere.' };
  expect(findingSentence({ state: 'fault', code: 'problem', problem })).toBe('There is no server named nowhere.');
});

test('lines stand under their accounts, those of the computer last', () => {
  const check = (accountId: string | null): Check => ({ name: 'dns', accountId, state: 'good', finding: null });
  expect(
    groups([check('a'), check('a'), check('b'), check(null)]).map(({ accountId, checks }) => [
      accountId,
      checks.length,
    ]),
  ).toEqual([
    ['a', 2],
    ['b', 1],
    [null, 1],
  ]);
});
