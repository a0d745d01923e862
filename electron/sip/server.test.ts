import { describe, expect, it } from 'vitest';
import { serverOf } from './server.ts';
import type { SipAccount } from './types.ts';

function account(rest: Partial<SipAccount>): SipAccount {
  return {
    id: 'a',
    displayName: '',
    user: 'alice',
    domain: 'example.com',
    transport: 'udp',
    expires: 60,
    ...rest,
  };
}

describe('the server of an account', () => {
  it('is the domain, by the transport that was chosen and no other', () => {
    expect(serverOf(account({ transport: 'tls' }))).toEqual({
      uri: 'sip:example.com;transport=tls',
      host: 'example.com',
      domain: 'example.com',
      transport: 'tls',
    });
  });

  it.each([
    ['sip.example.net', 'sip:sip.example.net;transport=udp', 'sip.example.net'],
    ['sip.example.net:5070', 'sip:sip.example.net:5070;transport=udp', 'sip.example.net'],
    // An address has no name that a certificate could be for; the domain has.
    ['10.0.0.1:5070', 'sip:10.0.0.1:5070;transport=udp', 'example.com'],
    ['[fd00::1]:5070', 'sip:[fd00::1]:5070;transport=udp', 'example.com'],
    ['sip:sip.example.net', 'sip:sip.example.net;transport=udp', 'sip.example.net'],
  ])('typed as %s is %s, with a certificate for %s', (server, uri, domain) => {
    expect(serverOf(account({ server }))).toMatchObject({ uri, domain });
  });

  it.each([
    ['wss://example.net/sip/ws?x=1', 'sip:example.net:443;transport=wss', '/sip/ws?x=1'],
    ['ws://example.net:8088', 'sip:example.net:8088;transport=ws', undefined],
    ['WSS://example.net', 'sip:example.net:443;transport=wss', undefined],
  ])('typed as %s is a WebSocket', (server, uri, path) => {
    expect(serverOf(account({ server, transport: 'wss' }))).toMatchObject({ uri });
    expect(serverOf(account({ server, transport: 'wss' })).path).toBe(path);
  });

  it.each(['two words', 'host:99999', 'a/b', 'host:'])('typed as "%s" is refused with a sentence', (server) => {
    expect(() => serverOf(account({ server }))).toThrow(/is no server address/);
  });
});
