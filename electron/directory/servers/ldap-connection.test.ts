// What ldapts says when a server hangs up, at each moment that it can, in words.
import { expect, it } from 'vitest';
import type { LdapServer } from '../../../contract/index.ts';
import { ldapProblem } from './ldap-connection.ts';

const server: LdapServer = {
  id: 'company',
  kind: 'ldap',
  name: 'Company',
  host: 'ldap.example.com',
  security: 'none',
  baseDn: 'dc=example,dc=com',
};

it.each([
  'Connection closed before message response was received. Message type: BindRequest (0x60)',
  'Socket connection not established',
  'Socket error. Message type: BindRequest (0x60)\nread ECONNRESET',
  'Socket error. Message type: SearchRequest (0x63)\nwrite EPIPE',
])('"%s" is a server that hung up', (message) => {
  expect(ldapProblem(new Error(message), server)?.problem.code).toBe('server-hung-up');
});

it('any other trouble of the connection is told by the system’s word for it', () => {
  expect(ldapProblem(new Error('Socket error. Message type: BindRequest (0x60)\nno such thing'), server)).toBeNull();
});
