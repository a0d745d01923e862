import { describe, expect, it } from 'vitest';
import { createResponse } from '../wire/index.ts';
import { redirection } from './redirect.ts';

const own = { domain: 'example.com', host: 'pbx.example.net', addresses: ['192.0.2.1'] };

function follow(...contacts: string[]): string {
  const response = createResponse(302, { headers: contacts.map((contact) => ['Contact', contact] as const) });
  const found = redirection(response, own);
  return found.kind === 'own' ? found.uri.host : found.kind === 'foreign' ? `not ${found.host}` : 'nowhere';
}

describe('a redirected registration', () => {
  it.each(['example.com', 'sip2.EXAMPLE.com', 'pbx.example.net', 'a.pbx.example.net', '192.0.2.1'])(
    'goes to %s, which is the account’s own',
    (host) => {
      expect(follow(`<sip:${host}>`)).toBe(host);
    },
  );

  it.each(['example.org', 'evil-example.com', 'example.com.evil.test', '192.0.2.9', 'example.net'])(
    'does not go to %s',
    (host) => {
      expect(follow(`<sip:${host}>`)).toBe(`not ${host}`);
    },
  );

  it('takes the best of those that are its own', () => {
    expect(follow('<sip:evil.test>;q=1', '<sip:b.example.com>;q=0.5', '<sip:a.example.com>;q=0.7')).toBe(
      'a.example.com',
    );
  });

  it('without a Contact that makes sense leads nowhere', () => {
    expect(follow()).toBe('nowhere');
    expect(follow('<tel:+4930123>', 'nonsense')).toBe('nowhere');
  });
});
