import { expect, test } from 'vitest';
import { createRequest } from '../wire/index.ts';
import { toSipJsRequest, WireUri } from './sipjs-messages.ts';

test('a Record-Route without angle brackets keeps its ";lr" on the way into the route set', () => {
  const request = createRequest('INVITE', 'sip:a@b.test', [
    ['From', '<sip:b@b.test>;tag=1'],
    ['To', '<sip:a@b.test>'],
    ['Call-ID', 'c'],
    ['CSeq', '1 INVITE'],
    ['Record-Route', 'sip:one.test;lr'],
    ['Record-Route', '<sip:two.test;lr>;x=y'],
  ]);
  const message = toSipJsRequest(request, 'branch', new WireUri('sip:a@b.test'));
  expect(message.getHeaders('Record-Route')).toEqual(['<sip:one.test;lr>', '<sip:two.test;lr>;x=y']);
});
