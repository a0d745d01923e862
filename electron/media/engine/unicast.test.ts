// A stranger's description must not make this computer send to everybody.
import { expect, it } from 'vitest';
import { isUnicast } from './unicast.ts';

it.each(['192.0.2.1', '127.0.0.1', '223.255.255.255', '2001:db8::1', 'fe80::1%eth0', '::1'])(
  '%s is one host',
  (address) => expect(isUnicast(address)).toBe(true),
);

it.each([
  '224.0.0.1',
  '239.1.2.3',
  '255.255.255.255',
  '0.0.0.0',
  '0.1.2.3',
  '::',
  'ff02::1',
  '::ffff:239.1.2.3',
  'x',
  '',
])('"%s" is not', (address) => expect(isUnicast(address)).toBe(false));
