import { describe, expect, it } from 'vitest';
import { TransportError } from './net/index.ts';
import { connectionProblem } from './problems.ts';

function certificate(code: string): string {
  const error = new TransportError('certificate', 'said OpenSSL', { code });
  const problem = connectionProblem({ reason: 'transport', error }, 'pbx.example.com');
  expect(problem).toMatchObject({ code: 'certificate-not-trusted', detail: `${code}: said OpenSSL` });
  return problem.message;
}

describe('a refused certificate', () => {
  it.each([
    ['CERT_HAS_EXPIRED', /has expired/],
    ['CERT_NOT_YET_VALID', /not valid yet/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /is not for pbx\.example\.com/],
    ['CERT_COMMON_NAME_ONLY', /common name/],
    ['CERT_WILDCARD', /wildcard/],
    ['CERT_NOT_PINNED', /another certificate than the one in the account's settings/],
    ['CERT_REVOKED', /revoked/],
    ['INVALID_PURPOSE', /not one for servers/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /authority that this computer does not know/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /authority that this computer does not know/],
    ['CERT_SIGNATURE_FAILURE', /is not trusted/],
  ])('(%s) says why, that nothing was sent, and what to do', (code, reason) => {
    expect(certificate(code)).toMatch(reason);
    expect(certificate(code)).toContain('so nothing was sent');
    expect(certificate(code)).toMatch(/[Aa]dministrator/);
  });
});

it('a server without TLS 1.2 is told apart from one without TLS', () => {
  const sentence = (code: string): string =>
    connectionProblem({ reason: 'transport', error: new TransportError('tls', 'x', { code }) }, 'pbx').message;
  expect(sentence('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')).toContain('outdated');
  expect(sentence('ERR_SSL_UNSUPPORTED_PROTOCOL')).toContain('outdated');
  expect(sentence('ERR_SSL_WRONG_VERSION_NUMBER')).toContain('Check the port');
});
