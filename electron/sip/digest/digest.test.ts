import { describe, expect, it } from 'vitest';
import { parseChallenges, strongest, type Challenge } from './challenge.ts';
import { credentialsHeader, digestResponse, secretOf } from './digest.ts';
import type { Algorithm } from './hash.ts';

function challenge(algorithm: Algorithm, rest: Partial<Challenge>): Challenge {
  return { realm: '', nonce: '', algorithm, qop: 'auth', stale: false, ...rest };
}

describe('a digest response', () => {
  // RFC 7616 3.9.1: Mufasa, "Circle of Life".
  const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
  const opaque = 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS';
  const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
  const get = { method: 'GET', uri: '/dir/index.html', body: Buffer.alloc(0), nonceCount: 1, cnonce };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('with %s is that of RFC 7616 3.9.1', (algorithm, expected) => {
    const realm = 'http-auth@example.org';
    const secret = secretOf(algorithm, 'Mufasa', realm, 'Circle of Life');
    const input = { ...get, user: 'Mufasa', secret, challenge: challenge(algorithm, { realm, nonce, opaque }) };
    expect(digestResponse(input)).toBe(expected);
  });

  it('with SHA-512-256 is that of RFC 7616 3.9.2, as its errata correct it', () => {
    // Erratum 4897: the RFC's own figures were made with another hash.
    const realm = 'api@example.org';
    const secret = secretOf('SHA-512-256', 'Jäsøn Doe', realm, 'Secret, or not?');
    const input = {
      ...get,
      user: 'Jäsøn Doe',
      secret,
      uri: '/doe.json',
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
      challenge: challenge('SHA-512-256', { realm, nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK' }),
    };
    expect(digestResponse(input)).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });

  it('to a challenge without qop is that of RFC 2069', () => {
    const realm = 'testrealm@host.com';
    const secret = secretOf('MD5', 'Mufasa', realm, 'CircleOfLife');
    const input = {
      ...get,
      user: 'Mufasa',
      secret,
      challenge: challenge('MD5', { realm, nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', qop: null }),
    };
    // RFC 2069 2.4 with its erratum 749.
    expect(digestResponse(input)).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it('of a session algorithm depends on nonce and client nonce', () => {
    const input = { ...get, user: 'a', secret: secretOf('MD5', 'a', 'r', 'p') };
    const plain = digestResponse({ ...input, challenge: challenge('MD5', { realm: 'r', nonce: 'n' }) });
    const session = digestResponse({ ...input, challenge: challenge('MD5-sess', { realm: 'r', nonce: 'n' }) });
    expect(session).not.toBe(plain);
  });

  it('with auth-int covers the body', () => {
    const input = { ...get, user: 'a', secret: 's', challenge: challenge('MD5', { qop: 'auth-int' }) };
    expect(digestResponse({ ...input, body: Buffer.from('x') })).not.toBe(digestResponse(input));
  });

  it('is written with the count as eight hexadecimal digits and quotes escaped', () => {
    const header = credentialsHeader({
      ...get,
      user: 'say "hi"',
      secret: 's',
      nonceCount: 10,
      challenge: challenge('SHA-256', { realm: 'r', nonce: 'n', opaque: 'o' }),
    });
    expect(header).toMatch(
      /^Digest username="say \\"hi\\"", realm="r", nonce="n", uri="\/dir\/index\.html", response="/,
    );
    expect(header).toContain('algorithm=SHA-256, qop=auth, nc=0000000a, cnonce="');
    expect(header).toContain('opaque="o"');
  });
});

describe('challenges', () => {
  it('are read in one pass, however many spaces a server sends', () => {
    // A pattern that tries each space twice takes hours here.
    const spaces = ' '.repeat(1_000_000);
    expect(parseChallenges([`Digest${spaces}(`])).toEqual([]);
    expect(parseChallenges([`Digest realm="r",${spaces},nonce="n"`])).toMatchObject([{ realm: 'r', nonce: 'n' }]);
  });

  it('are read from one line or several, in any order, and the strongest of each realm is taken', () => {
    const found = parseChallenges([
      'Digest realm="a", nonce="1", algorithm=MD5, qop="auth", Digest realm="a", nonce="2", algorithm=SHA-256, qop="auth"',
      'Digest algorithm=SHA-512-256,nonce="3",realm="b" , qop="auth-int,auth"',
      'Digest realm="b", nonce="4"',
    ]);
    expect(found.map((one) => [one.realm, one.algorithm, one.nonce, one.qop])).toEqual([
      ['a', 'MD5', '1', 'auth'],
      ['a', 'SHA-256', '2', 'auth'],
      ['b', 'SHA-512-256', '3', 'auth'],
      ['b', 'MD5', '4', null],
    ]);
    expect(strongest(found).map((one) => one.nonce)).toEqual(['2', '3']);
  });

  it('that cannot be answered are left out: Basic, unknown algorithms, unknown qop, no nonce', () => {
    const values = [
      'Basic realm="x"',
      'Digest realm="x", nonce="n", algorithm=SHA-1024',
      'Digest realm="x", nonce="n", qop="token"',
      'Digest realm="x"',
      'Bearer authz_server="https://x", scope="a b"',
      '',
      'Digest',
    ];
    expect(parseChallenges(values)).toEqual([]);
  });

  it('know stale in either spelling, and unescape quoted values', () => {
    const [one] = parseChallenges([String.raw`digest REALM="a \"b\"", NONCE="n,=x", stale="TRUE"`]);
    expect(one).toMatchObject({ realm: 'a "b"', nonce: 'n,=x', stale: true });
  });

  it('are read in linear time', () => {
    const before = performance.now();
    parseChallenges([`Digest realm="${'\\"'.repeat(30_000)}`, `Digest ${'a=b,'.repeat(15_000)}`, ' ,'.repeat(30_000)]);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
