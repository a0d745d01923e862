// Past calls as CSV: quoting, and names that want to be formulas.
import { expect, test } from 'vitest';
import { callsCsv, field } from './calls-csv.ts';

test.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', "'=1", '|calc', '%0A', '+A1'])(
  'a formula is text: %j',
  (hostile) => {
    expect(field(hostile).replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test.each([
  ['+41 44 123 45 67', '+41 44 123 45 67'],
  ['Nora Keller', 'Nora Keller'],
  ['Keller, Nora', '"Keller, Nora"'],
  ['the "boss"', '"the ""boss"""'],
  ['two\nlines', '"two\nlines"'],
  ['', ''],
])('%j is written as %j', (value, written) => {
  expect(field(value)).toBe(written);
});

test('a call is one line, in UTC, with its seconds of talk', () => {
  const call = { id: 'a', accountId: 'work', direction: 'incoming', seen: true } as const;
  const csv = callsCsv([
    { ...call, number: '4410', name: '=Nora', result: 'answered', startedAt: 0, connectedAt: 2000, endedAt: 65_000 },
    { ...call, number: '4411', result: 'failed', reason: 'No such number', startedAt: 1000, endedAt: 2000 },
  ]);
  expect(csv).toBe(
    'started,direction,result,name,number,account,seconds,reason,recordings\r\n' +
      "1970-01-01T00:00:00.000Z,incoming,answered,'=Nora,4410,work,63,,\r\n" +
      '1970-01-01T00:00:01.000Z,incoming,failed,,4411,work,,No such number,\r\n',
  );
});
