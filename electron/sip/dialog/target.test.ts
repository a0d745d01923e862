import { describe, expect, it } from 'vitest';
import { targetUri } from './target.ts';

describe('what is dialled', () => {
  it.each([
    ['4410', 'sip:4410@example.com'],
    ['+41 44 123 45 67', 'sip:+41441234567@example.com'],
    ['(044) 123-45.67', 'sip:0441234567@example.com'],
    ['*21#', 'sip:*21%23@example.com'],
    ['bob', 'sip:bob@example.com'],
    ['bob@other.org', 'sip:bob@other.org'],
    ['sip:bob@other.org:5070;transport=tcp', 'sip:bob@other.org:5070;transport=tcp'],
    ['SIP:bob@other.org', 'sip:bob@other.org'],
    ['sips:bob@other.org', 'sips:bob@other.org'],
    ['sip:4410', 'sip:4410@example.com'],
    ['sip:10.0.0.1', 'sip:10.0.0.1'],
    ['tel:+41-44-123-45-67;ext=3', 'sip:+41441234567@example.com'],
  ])('%s is called as %s', (typed, uri) => {
    expect(targetUri(typed, 'example.com')).toBe(uri);
  });

  it('keeps nothing that would change what the call is', () => {
    expect(targetUri('sip:bob@other.org;method=REFER?Replaces=x&Route=%3Csip:evil%3E', 'example.com')).toBe(
      'sip:bob@other.org',
    );
  });

  it.each(['', '   ', 'two words', 'a@b@c d', 'sip:', '<x>', 'bob@'])('"%s" is refused with a sentence', (typed) => {
    expect(() => targetUri(typed, 'example.com')).toThrow(/neither a number nor an address/);
  });
});
