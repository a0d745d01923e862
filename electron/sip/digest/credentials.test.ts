import { describe, expect, it } from 'vitest';
import { createHeaders } from '../wire/index.ts';
import { Credentials, type Challenged } from './credentials.ts';

function account(password: string | null = 'secret'): { credentials: Credentials; asked: () => number } {
  let asked = 0;
  const credentials = new Credentials({
    user: 'alice',
    domain: 'example.com',
    password: () => {
      asked += 1;
      return Promise.resolve(password);
    },
  });
  return { credentials, asked: () => asked };
}

const register: Challenged = { kind: 'register', method: 'REGISTER', uri: 'sip:example.com', body: Buffer.alloc(0) };
const invite: Challenged = { kind: 'outside', method: 'INVITE', uri: 'sip:bob@example.com', body: Buffer.alloc(0) };
const bye: Challenged = { kind: 'inside', method: 'BYE', uri: 'sip:bob@10.0.0.1', body: Buffer.alloc(0) };

function www(text: string): ReturnType<typeof createHeaders> {
  return createHeaders([['WWW-Authenticate', `Digest ${text}`]]);
}

function proxy(text: string): ReturnType<typeof createHeaders> {
  return createHeaders([['Proxy-Authenticate', `Digest ${text}`]]);
}

describe('credentials', () => {
  it('answer a challenge, and the next request sends the nonce along with a higher count', async () => {
    const { credentials, asked } = account();
    const first = credentials.exchange(register);
    expect(first.headers()).toEqual([]);
    expect(await first.answer(401, www('realm="example.com", nonce="n1", qop="auth"'))).toBe('retry');
    expect(first.headers()[0]?.[1]).toContain('nc=00000001');
    const second = credentials.exchange(register);
    const [name, value] = second.headers()[0] ?? [];
    expect(name).toBe('Authorization');
    expect(value).toContain('nonce="n1"');
    expect(value).toContain('nc=00000002');
    expect(asked()).toBe(1);
  });

  it('say that the password is wrong when the same exchange is challenged again', async () => {
    const { credentials, asked } = account();
    const exchange = credentials.exchange(register);
    expect(await exchange.answer(401, www('realm="example.com", nonce="n1"'))).toBe('retry');
    expect(await exchange.answer(401, www('realm="example.com", nonce="n2"'))).toBe('rejected');
    // The person may have typed a new one since: the next time it is asked for again.
    expect(await credentials.exchange(register).answer(401, www('realm="example.com", nonce="n3"'))).toBe('retry');
    expect(asked()).toBe(2);
  });

  it('go on when the nonce was only stale, with the count at one again', async () => {
    const { credentials } = account();
    const exchange = credentials.exchange(register);
    await exchange.answer(401, www('realm="example.com", nonce="n1", qop="auth"'));
    exchange.headers();
    expect(await exchange.answer(401, www('realm="example.com", nonce="n2", qop="auth", stale=true'))).toBe('retry');
    expect(exchange.headers()[0]?.[1]).toMatch(/nonce="n2".*nc=00000001/);
  });

  it('do not go on with stale nonces for ever', async () => {
    const exchange = account().credentials.exchange(register);
    const answers = [];
    for (let i = 0; i < 8; i += 1) {
      answers.push(await exchange.answer(401, www(`realm="example.com", nonce="n${i}", stale=true`)));
    }
    expect(answers.at(-1)).toBe('rejected');
  });

  it('answer a nonce that went along unasked and was turned down without "stale"', async () => {
    const { credentials } = account();
    await credentials.exchange(register).answer(401, www('realm="example.com", nonce="n1"'));
    const later = credentials.exchange(register);
    later.headers();
    expect(await later.answer(401, www('realm="example.com", nonce="n2"'))).toBe('retry');
  });

  it('answer a proxy and then the server behind it, both at once in the end', async () => {
    const { credentials } = account();
    const exchange = credentials.exchange(invite);
    expect(await exchange.answer(407, proxy('realm="example.com", nonce="p"'))).toBe('retry');
    expect(await exchange.answer(401, www('realm="EXAMPLE.com", nonce="w"'))).toBe('retry');
    expect(exchange.headers().map(([name]) => name)).toEqual(['Proxy-Authorization', 'Authorization']);
  });

  it('take the realm that the registrar named as their own, once a REGISTER has succeeded', async () => {
    const { credentials } = account();
    expect(await credentials.exchange(register).answer(401, www('realm="asterisk", nonce="n"'))).toBe('retry');
    credentials.registered();
    expect(await credentials.exchange(invite).answer(407, proxy('realm="asterisk", nonce="n"'))).toBe('retry');
    expect(await credentials.exchange(register).answer(401, www('realm="evil.example", nonce="n"'))).toBe(
      'other-realm',
    );
  });

  it('go to no realm that only a proxy or another phone named', async () => {
    const { credentials, asked } = account();
    for (const request of [invite, bye]) {
      expect(await credentials.exchange(request).answer(407, proxy('realm="evil.example", nonce="n"'))).toBe(
        'other-realm',
      );
    }
    expect(asked()).toBe(0);
  });

  it('are not sent along unasked inside a dialog, where the other phone would get them', async () => {
    const { credentials } = account();
    await credentials.exchange(invite).answer(407, proxy('realm="example.com", nonce="p"'));
    expect(credentials.exchange(invite).headers()).toHaveLength(1);
    expect(credentials.exchange(bye).headers()).toEqual([]);
  });

  it('say so when there is no password, or no challenge that can be answered', async () => {
    expect(await account(null).credentials.exchange(register).answer(401, www('realm="example.com", nonce="n"'))).toBe(
      'no-password',
    );
    expect(await account().credentials.exchange(register).answer(401, createHeaders([]))).toBe('unknown-challenge');
  });
});
