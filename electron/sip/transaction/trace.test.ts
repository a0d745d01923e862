import { expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import type { TraceEntry } from '../../../contract/index.ts';
import { createRequest } from '../wire/index.ts';
import { layerAt, MemoryNetwork, Peer } from './testing.ts';
import { blankSecrets } from './trace.ts';

test('credentials are blanked, also where they are folded, and nothing else', () => {
  const text =
    'REGISTER sip:x SIP/2.0\r\nAuthorization: Digest username="a",\r\n response="1234"\r\n' +
    'proxy-authorization:Digest response="5678"\r\nWWW-Authenticate: Digest nonce="n"\r\n\r\n';
  expect(blankSecrets(text)).toBe(
    'REGISTER sip:x SIP/2.0\r\nAuthorization: Digest [blanked]\r\n' +
      'proxy-authorization:Digest [blanked]\r\nWWW-Authenticate: Digest nonce="n"\r\n\r\n',
  );
});

test('SRTP keys are blanked', () => {
  expect(blankSecrets('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0|2^31\r\na=sendrecv')).toBe(
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[blanked]|2^31\r\na=sendrecv',
  );
});

test('each message is recorded, in and out, with its account', () => {
  const clock = handClock();
  const network = new MemoryNetwork(clock);
  const peer = new Peer(network, 'peer');
  const entries: TraceEntry[] = [];
  const trace = { record: (entry: TraceEntry) => void entries.push(entry) };
  const layer = layerAt(network, {}, { trace, accountOf: () => 'work' });
  const flow = network.flow('tcp', 'phone', 'peer');
  const request = createRequest('OPTIONS', 'sip:x', [
    ['From', '<sip:a@x>;tag=1'],
    ['To', '<sip:x>'],
    ['Call-ID', 'c'],
    ['CSeq', '1 OPTIONS'],
    ['Authorization', 'Digest response="secret"'],
  ]);
  layer.request(request, { response() {}, failure() {} }, { flow });
  clock.turn(1);
  peer.answer(peer.last('OPTIONS'), 200);
  clock.turn(1);
  expect(entries).toMatchObject([
    {
      direction: 'out',
      transport: 'tcp',
      peer: 'peer:5060',
      local: 'phone:5060',
      accountId: 'work',
      at: clock.now() - 2,
    },
    { direction: 'in', transport: 'tcp', peer: 'peer:5060', local: 'phone:5060', accountId: 'work', at: clock.now() },
  ]);
  expect(entries[0]?.text).not.toContain('secret');
});
