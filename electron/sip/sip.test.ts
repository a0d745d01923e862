// The room against a scripted server, over real UDP on loopback: registration, and requests that are no calls.
import { describe, expect, it } from 'vitest';
import { inside, useStage } from './testing/use-stage.ts';
import { type SipRequest } from './wire/index.ts';

const stage = useStage();

describe('registration', () => {
  it('says when it stands, and is taken back when the phone leaves', async () => {
    expect(stage.room.states.map((state) => state.name)).toEqual(['connecting', 'available']);
    const closing = stage.room.sip.close();
    expect((await stage.server.request('REGISTER')).headers.get('Expires')).toBe('0');
    await closing;
  });

  it('with a wrong password says so, in a sentence', async () => {
    const challenge: [string, string][] = [['WWW-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"']];
    stage.server.onRegister(() => ({ status: 401, headers: challenge }));
    stage.room.sip.setAccount({ ...stage.room.account }, { newPassword: true });
    const state = await stage.room.state('offline');
    expect(state).toMatchObject({
      cause: {
        code: 'password-not-accepted',
        message:
          'example.com did not accept this password. Check capital letters, or ask your administrator for a new one.',
      },
    });
  });

  it('to a port where nobody listens says that the connection was refused', async () => {
    stage.room.sip.setAccount({ ...stage.room.account, id: 'other', server: '127.0.0.1:9', transport: 'tcp' });
    expect(await stage.room.state('offline')).toMatchObject({ cause: { code: 'connection-refused' } });
  });

  it('with a server address that is none says so', async () => {
    stage.room.sip.setAccount({ ...stage.room.account, id: 'other', server: 'not a host' });
    expect(await stage.room.state('offline')).toMatchObject({
      cause: { code: 'server-address-wrong', field: 'server' },
    });
  });

  it('answers a strong challenge and puts instance and placeholder into Contact', async () => {
    stage.server.onRegister((request) =>
      request.headers.has('Authorization')
        ? { status: 200 }
        : {
            status: 401,
            headers: [['WWW-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth", algorithm=SHA-256']],
          },
    );
    stage.room.sip.setAccount({ ...stage.room.account, displayName: 'Alice B.' });
    await stage.room.state('available');
    // The old registration is taken back, and the new one made, each with its challenge.
    let last: SipRequest | undefined;
    for (let i = 0; i < 4; i += 1) last = await stage.server.request('REGISTER');
    expect(last?.headers.get('Authorization')).toContain('algorithm=SHA-256');
    expect(last?.headers.get('Contact')).toMatch(/^<sip:[0-9a-f]{24}@127\.0\.0\.1:\d+>;\+sip\.instance="<urn:uuid:/);
  });
});

describe('an account that is saved again', () => {
  it('as it was stays registered, and asks nothing', async () => {
    const { account, sip, states } = stage.room;
    sip.setAccount({ ...account });
    const closing = sip.close();
    expect((await stage.server.request('REGISTER')).headers.get('Expires')).toBe('0');
    await closing;
    expect(states.map(({ name }) => name)).toEqual(['connecting', 'available']);
  });

  it('with a new password registers with it, while the contact stands', async () => {
    const { account, sip, states } = stage.room;
    sip.setAccount({ ...account }, { newPassword: true });
    expect((await stage.server.request('REGISTER')).headers.get('Expires')).toBe('60');
    await stage.room.state('available');
    expect(states.map(({ name }) => name)).not.toContain('offline');
  });

  it('with other settings says that it connects, before its contact is taken back, and is known all the while', async () => {
    const { account, sip, states } = stage.room;
    sip.setAccount({ ...account, displayName: 'Alice B.' });
    expect(states.at(-1)).toEqual({ name: 'connecting' });
    expect(await sip.localAddress(account.id)).toBe('127.0.0.1');
    expect((await stage.server.request('REGISTER')).headers.get('Expires')).toBe('0');
    await stage.room.state('available');
  });

  it('three times at once ends with the last, registered once', async () => {
    const { account, sip, states } = stage.room;
    for (const displayName of ['A', 'B', 'C']) sip.setAccount({ ...account, displayName });
    await stage.room.state('available');
    const asked = [await stage.server.request('REGISTER'), await stage.server.request('REGISTER')];
    expect(asked.map(({ headers }) => headers.get('Expires'))).toEqual(['0', '60']);
    expect(stage.server.untaken('REGISTER')).toBe(0);
    expect(states.at(-1)).toMatchObject({ name: 'available' });
  });
});

describe('a change of network', () => {
  it('that leaves our address as it was brings no REGISTER; a wake brings one, however many events it has', async () => {
    const { sip } = stage.room;
    sip.networkChanged();
    await stage.room.logged('network');
    sip.networkChanged({ woke: true });
    sip.networkChanged();
    sip.networkChanged({ woke: true });
    await stage.room.state('available');
    sip.networkChanged();
    await stage.room.logged('network');
    await stage.server.request('REGISTER');
    expect(stage.server.untaken('REGISTER')).toBe(0);
  });
});

describe('fifty accounts', () => {
  it('are all up though one of them is broken', async () => {
    const { account, sip } = stage.room;
    for (let i = 1; i < 50; i += 1) {
      sip.setAccount({ ...account, id: `a${i}`, user: `user${i}`, ...(i === 7 ? { server: '127.0.0.1:9' } : {}) });
    }
    for (let i = 1; i < 49; i += 1) await stage.room.state('available');
    expect(await stage.room.state('offline')).toMatchObject({ cause: { code: 'connection-refused' } });
  });
});

describe('other requests', () => {
  it.each([
    ['OPTIONS', [], 200],
    ['MESSAGE', [], 405],
    ['REFER', [['Refer-To', '<sip:0900@toll.example>']], 403],
    ['SUBSCRIBE', [['Event', 'dialog']], 489],
    ['NOTIFY', [['Event', 'dialog']], 481],
    ['NOTIFY', [['Event', 'message-summary']], 200],
    ['PRACK', [], 481],
    ['UPDATE', [], 481],
    ['PUBLISH', [], 405],
    ['INVENTED', [], 405],
  ] as [string, [string, string][], number][])('%s %j gets %i', async (method, headers, status) => {
    stage.server.send(method, { headers });
    expect((await stage.server.response('final')).status).toBe(status);
  });

  it('for a dialog that is none get 481', async () => {
    stage.server.send('BYE', { headers: [['To', '<sip:alice@example.com>;tag=gone']] });
    expect((await stage.server.response('final')).status).toBe(481);
  });

  it('for a dialog that is none, at another host, get 404 (RFC 3261 8.2.2.1 comes before 12.2.2)', async () => {
    const headers: [string, string][] = [['To', '<sip:alice@example.com>;tag=gone']];
    for (const [uri, status] of [
      ['sip:alice@elsewhere.test', 404],
      ['sip:anyone@EXAMPLE.com', 481],
      ['tel:+4930', 481],
    ] as const) {
      stage.server.send('INVITE', { uri, headers });
      const refused = await stage.server.response('final');
      expect([uri, refused.status]).toEqual([uri, status]);
    }
  });

  it('inside a dialog that make no sense are answered, and nothing breaks', async () => {
    const { invite, ok, listener } = await stage.answeredCall();
    const headers = inside(invite, ok);
    stage.server.send('REFER', { headers: [...headers, ['Refer-To', '<sip:0900@toll.example>']] });
    (await listener.refer()).refuse();
    expect((await stage.server.response('final')).status).toBe(603);
    stage.server.send('PRACK', { headers });
    expect((await stage.server.response('final')).status).toBe(481);
    stage.server.send('BYE', { headers: [...headers, ['CSeq', '0 BYE']] });
    expect((await stage.server.response('final')).status).toBe(500);
    stage.server.send('BYE', { headers });
    expect(await listener.end()).toMatchObject({ by: 'them' });
  });
});
