// Past calls as CSV.
import { expect, test } from 'vitest';
import { callsCsv } from './calls-csv.ts';

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
