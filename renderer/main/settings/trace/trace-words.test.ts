import { expect, test } from 'vitest';
import { isRefusal, wordsOf } from './trace-words.ts';

test.each([
  ['INVITE sip:4417@example.com SIP/2.0', 'INVITE', 'INVITE', 'sip:4417@example.com', false],
  ['SIP/2.0 486 Busy Here', 'INVITE', '486 Busy Here', 'INVITE', true],
  ['SIP/2.0 401 Unauthorized', 'REGISTER', '401 Unauthorized', 'REGISTER', false],
  ['SIP/2.0 487 Request Terminated', 'INVITE', '487 Request Terminated', 'INVITE', false],
  ['SIP/2.0 200 OK', '', '200 OK', '', false],
  ['<b>nonsense', '', '<b>nonsense', '', false],
])('%s', (line, method, first, second, refusal) => {
  expect(wordsOf({ line, method })).toEqual({ first, second });
  expect(isRefusal({ line })).toBe(refusal);
});
