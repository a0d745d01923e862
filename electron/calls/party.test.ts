// Who a caller is shown as, from the SIP address alone.
import { describe, expect, it } from 'vitest';
import { accountDefaults, type AccountConfig } from '../../contract/index.ts';
import { partyOf } from './party.ts';

const account: AccountConfig = {
  ...accountDefaults,
  id: 'a',
  label: 'Work',
  address: 'mara@example.com',
  server: 'wss://sip.example.com:443/ws',
};

describe('a caller', () => {
  it.each([
    ['sip:4410@example.com', '4410'],
    ['sip:4410@sip.example.com;transport=udp', '4410'],
    ['sip:+41441234567@EXAMPLE.com:5061', '+41441234567'],
    ['tel:+41441234567', '+41441234567'],
  ])('of our own company, %s, is shown as %s', (uri, number) => {
    expect(partyOf(uri, undefined, account).number).toBe(number);
  });

  it.each([
    ['sip:4410@elsewhere.example', '4410@elsewhere.example'],
    ['sip:nora@example.com', 'nora@example.com'],
    ['sips:4410@192.0.2.1:5061', '4410@192.0.2.1'],
    ['sip:elsewhere.example', 'elsewhere.example'],
  ])('from elsewhere or with a name, %s, is shown in full as %s', (uri, number) => {
    expect(partyOf(uri, undefined, account).number).toBe(number);
  });

  it('keeps the name that was sent, and has none when it is empty', () => {
    expect(partyOf('sip:4410@example.com', 'Nora Keller', account).name).toBe('Nora Keller');
    expect(partyOf('sip:4410@example.com', '  ', account)).not.toHaveProperty('name');
  });
});
