// Who calls: by number in any spelling, by extension and by SIP address, in a real database.
import { expect } from 'vitest';
import { draft, test } from './testing.ts';

const nora = { ...draft('Nora Keller', '+41 44 123 45 67', '4410', 'sip:Nora@Globex.example'), company: 'Globex' };

test.for([
  ['the number itself', '+41441234567'],
  ['with 00', '0041 44 123 45 67'],
  ['without its plus', '41441234567'],
  ['its national form', '0441234567'],
  ['an address with the number', 'sip:+41441234567@gateway.example.net;user=phone'],
  ['the extension', '4410'],
  ['the SIP address', 'nora@globex.example'],
  ['the SIP address as a URI', 'sip:NORA@globex.EXAMPLE:5060;transport=tcp'],
])('a caller is recognised by %s', ([, caller = ''], { directory }) => {
  const { id } = directory.save(nora);
  directory.save(draft('Zoe', '+49 30 1234567', '4411'));
  expect(directory.identify(caller)).toEqual({ personId: id, name: 'Nora Keller', company: 'Globex' });
});

test.for([
  ['another number', '+41441234568'],
  ['the same digits in another country', '+49441234567'],
  ['an extension that ends the number', '4567'],
  ["somebody else's 4410", '4410@evil.example'],
  ['another address', 'nora@evil.example'],
  ['no number at all', 'anonymous'],
  ['nothing', ''],
])('a caller is not recognised by %s', ([, caller = ''], { directory }) => {
  directory.save(nora);
  expect(directory.identify(caller)).toBeNull();
});

test('the surest match wins, and among equals whom one calls', ({ directory }) => {
  directory.save(draft('By last digits', '0441234567'));
  const exact = directory.save(draft('Exactly', '441234567'));
  expect(directory.identify('441234567')?.personId).toBe(exact.id);
  directory.save(draft('Switchboard one', '5555'));
  const two = directory.save(draft('Switchboard two', '5555'));
  directory.called(two.id, '5555', Date.UTC(2026, 0, 1));
  expect(directory.identify('5555')?.personId).toBe(two.id);
});

test('a caller is looked up by the one index that numbers have', ({ db }) => {
  const plan = db
    .prepare("EXPLAIN QUERY PLAN SELECT person FROM numbers n WHERE coalesce(n.tail, n.digits, n.address) = '34567'")
    .get();
  expect(plan?.['detail']).toContain('numbers_lookup');
});
