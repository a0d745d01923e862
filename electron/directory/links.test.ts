// tel:, sip:, sips: and callto: links, as other programs hand them over.
import { expect, test } from 'vitest';
import { parseLink } from './links.ts';

test.each([
  // RFC 3966
  ['tel:+41-44-123-45-67', '+41-44-123-45-67'],
  ['tel:+41441234567;ext=12', '+41441234567,12'],
  ['tel:+41441234567;postd=pp1p2%23', '+41441234567,,1,2#'],
  ['tel:+41441234567,,12%23', '+41441234567,,12#'],
  ['tel:+41441234567;postd=Nora', '+41441234567'],
  ['TEL:+41441234567', '+41441234567'],
  ['tel://+41441234567', '+41441234567'],
  ['tel:+49%20(241)%2012', '+49 (241) 12'],
  ['tel:+49 (241) 12', '+49 (241) 12'],
  ['tel:%2B41441234567', '+41441234567'],
  ['tel:*21*4410%23', '*21*4410#'],
  ['tel:7042;phone-context=example.com', '7042@example.com'],
  ['tel:044-123-45-67;phone-context=+41', '+41441234567'],
  ['tel:911;phone-context=+1', '911'],
  ['tel:863-1234;phone-context=+1-914-555', '863-1234'],
  ['tel:+41441234567;phone-context=example.com', '+41441234567'],
  ['tel:+41441234567?body=hello', '+41441234567'],
  // RFC 3261
  ['sip:nora@example.com', 'nora@example.com'],
  ['sip:nora@example.com;transport=tcp?subject=hello&Replaces=x', 'nora@example.com'],
  ['sip:nora:secret@example.com:5080', 'nora@example.com:5080'],
  ['sip:+41441234567;ext=5@gw.example.com;user=phone', '+41441234567@gw.example.com'],
  ['sip:nora%20keller@example.com', 'nora%20keller@example.com'],
  ['sip:%6Eora@example.com', 'nora@example.com'],
  ['sip:*21%23@example.com', '*21%23@example.com'],
  ['sip:nora%40evil.test@example.com', 'nora%40evil.test@example.com'],
  ['sip:4410', '4410'],
  ['sips:nora@example.com', 'sips:nora@example.com'],
  ['sip:nora@[2001:db8::1]:5061', 'nora@[2001:db8::1]:5061'],
  ['callto:+41441234567', '+41441234567'],
  ['callto://nora@example.com', 'nora@example.com'],
  ['callto:tel:+41441234567', '+41441234567'],
  // What hides
  ['tel:+4144%00123%0D%0A45', '+414412345'],
  ['tel:%E2%80%AE+41441234567', '+41441234567'],
])('%s puts %s into the field', (link, text) => {
  expect(parseLink(link)).toBe(text);
});

test.each([
  ['another scheme', 'mailto:nora@example.com'],
  ['a page', 'https://example.com/?tel:112'],
  ['nothing to dial', 'tel:'],
  ['only parameters', 'tel:;phone-context=example.com'],
  ['no server', 'sip:nora@'],
  ['broken escapes', 'tel:%E2%8'],
  ['broken escapes in an address', 'sip:no%zzra@example.com'],
  ['more than 512 characters', `tel:${'1'.repeat(600)}`],
  ['only what is not shown', 'tel:%E2%80%AE'],
  ['an argument', '--remote-debugging-port=9222'],
])('a link with %s is refused', (_what, link) => {
  expect(parseLink(link)).toBeNull();
});
