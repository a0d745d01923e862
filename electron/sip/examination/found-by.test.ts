// Which record led to a server.
import { expect, test } from 'vitest';
import { foundBy, noted, type Answers } from './found-by.ts';

test('an SRV record, a plain name and a typed address are told apart', async () => {
  const answers: Answers = { srv: [], addresses: [] };
  const dns = noted(
    {
      naptr: () => Promise.resolve([]),
      srv: (name) =>
        Promise.resolve(
          name === '_sip._udp.example.com' ? [{ name: 'SIP1.example.com', port: 5070, priority: 1, weight: 1 }] : [],
        ),
      addresses: (name) => Promise.resolve([name === '192.0.2.9' ? name : '192.0.2.7']),
    },
    answers,
  );
  await dns.srv('_sip._udp.example.com');
  await dns.addresses('sip1.example.com');
  await dns.addresses('example.com');
  await dns.addresses('192.0.2.9');
  expect(foundBy({ host: '192.0.2.7', port: 5070 }, answers)).toEqual({ kind: 'srv', name: '_sip._udp.example.com' });
  expect(foundBy({ host: '192.0.2.7', port: 5060 }, answers)).toEqual({ kind: 'address', name: 'sip1.example.com' });
  expect(foundBy({ host: '192.0.2.9', port: 5060 }, answers)).toEqual({ kind: 'typed' });
});
