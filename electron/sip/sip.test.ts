// The room against a scripted server, over real UDP on loopback.
import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRoom, remember, sdp, startServer, type Room, type ScriptedServer } from './testing/scripted-server.ts';
import { createRequest, serialize, tagOf, type SipRequest, type SipResponse } from './wire/index.ts';

let server: ScriptedServer;
let room: Room;

beforeEach(async () => {
  server = await startServer();
  room = openRoom(server);
  await room.state('available');
  await server.request('REGISTER');
});

afterEach(async () => {
  await room.sip.close();
  server.close();
  expect(room.complaints).toEqual([]);
});

const contact = (): [string, string] => ['Contact', `<sip:bob@127.0.0.1:${server.port}>`];

/** A request within the dialog of a call that the server began with `invite` and the phone answered with `ok`. */
function inside(invite: SipRequest, ok: SipResponse): [string, string][] {
  return [
    ['Call-ID', invite.headers.get('Call-ID') ?? ''],
    ['To', ok.headers.get('To') ?? ''],
  ];
}

/** The server calls, the phone answers. */
async function answeredCall(): Promise<{ invite: SipRequest; ok: SipResponse; listener: ReturnType<typeof remember> }> {
  const invite = server.send('INVITE', { sdp });
  const session = await room.incoming();
  const listener = remember();
  session.listen(listener);
  const accepted = session.accept(sdp);
  const ok = await server.response(200);
  const cseq = `${invite.headers.get('CSeq')?.split(' ')[0]} ACK`;
  server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', cseq]] });
  await accepted;
  return { invite, ok, listener };
}

describe('registration', () => {
  it('says when it stands, and is taken back when the phone leaves', async () => {
    expect(room.states.map((state) => state.name)).toEqual(['connecting', 'available']);
    const closing = room.sip.close();
    expect((await server.request('REGISTER')).headers.get('Expires')).toBe('0');
    await closing;
  });

  it('with a wrong password says so, in a sentence', async () => {
    const challenge: [string, string][] = [['WWW-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"']];
    server.onRegister(() => ({ status: 401, headers: challenge }));
    room.sip.setAccount({ ...room.account });
    const state = await room.state('offline');
    expect(state).toMatchObject({
      cause: {
        code: 'password-not-accepted',
        message:
          'example.com did not accept this password. Check capital letters, or ask your administrator for a new one.',
      },
    });
  });

  it('to a port where nobody listens says that the connection was refused', async () => {
    room.sip.setAccount({ ...room.account, id: 'other', server: '127.0.0.1:9', transport: 'tcp' });
    expect(await room.state('offline')).toMatchObject({ cause: { code: 'connection-refused' } });
  });

  it('with a server address that is none says so', async () => {
    room.sip.setAccount({ ...room.account, id: 'other', server: 'not a host' });
    expect(await room.state('offline')).toMatchObject({ cause: { code: 'server-address-wrong', field: 'server' } });
  });

  it('answers a strong challenge and puts instance and placeholder into Contact', async () => {
    server.onRegister((request) =>
      request.headers.has('Authorization')
        ? { status: 200 }
        : {
            status: 401,
            headers: [['WWW-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth", algorithm=SHA-256']],
          },
    );
    room.sip.setAccount({ ...room.account });
    await room.state('available');
    // The old registration is taken back, and the new one made, each with its challenge.
    let last: SipRequest | undefined;
    for (let i = 0; i < 4; i += 1) last = await server.request('REGISTER');
    expect(last?.headers.get('Authorization')).toContain('algorithm=SHA-256');
    expect(last?.headers.get('Contact')).toMatch(/^<sip:[0-9a-f]{24}@127\.0\.0\.1:\d+>;\+sip\.instance="<urn:uuid:/);
  });
});

describe('a call to us', () => {
  it('rings, whoever of us it names', async () => {
    // A DID that our server sends to our contact, in a Request-URI that names neither our user nor our token.
    server.send('INVITE', { sdp, uri: server.contact.replace(/sip:[^@]+@/, 'sip:+41445550100@') });
    const session = await room.incoming();
    session.listen(remember());
    session.ring();
    await server.response(180);
    expect(session.remote).toEqual({ displayName: 'Bob', uri: 'sip:bob@example.com' });
    expect(session.offer).toBe(sdp);
    session.reject(486);
    expect((await server.response('final')).status).toBe(486);
  });

  it('from a stranger is refused and never rings', async () => {
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.2', resolve));
    const answer = new Promise<string>((resolve) => {
      stranger.on('message', (bytes) => {
        const text = bytes.toString();
        if (!text.startsWith('SIP/2.0 100')) resolve(text);
      });
    });
    const [, host = '', port = ''] = /@([\d.]+):(\d+)/.exec(server.contact) ?? [];
    const invite = createRequest(
      'INVITE',
      server.contact,
      [
        ['Via', `SIP/2.0/UDP 127.0.0.2:${stranger.address().port};branch=z9hG4bKstranger`],
        ['From', '<sip:100@1.1.1.1>;tag=x'],
        ['To', '<sip:alice@example.com>'],
        ['Call-ID', 'ghost'],
        ['CSeq', '1 INVITE'],
        ['Contact', '<sip:100@127.0.0.2>'],
        ['Content-Type', 'application/sdp'],
      ],
      sdp,
    );
    stranger.send(serialize(invite), Number(port), host);
    expect(await answer).toMatch(/^SIP\/2\.0 403/);
    stranger.close();
  });

  it('that is answered elsewhere says so, and one that is given up does not', async () => {
    for (const [reason, result] of [
      ['SIP;cause=200;text="Call completed elsewhere"', 'answered-elsewhere'],
      [null, 'cancelled'],
    ] as const) {
      const invite = server.send('INVITE', { sdp });
      const session = await room.incoming();
      const listener = remember();
      session.listen(listener);
      session.ring();
      await server.response(180);
      const same = ['Via', 'From', 'To', 'Call-ID'].map((name): [string, string] => [
        name,
        invite.headers.get(name) ?? '',
      ]);
      const cseq = `${invite.headers.get('CSeq')?.split(' ')[0]} CANCEL`;
      const cancel = createRequest('CANCEL', invite.uri, [...same, ['CSeq', cseq]]);
      if (reason !== null) cancel.headers.append('Reason', reason);
      server.sendRaw(serialize(cancel));
      expect(await listener.end()).toMatchObject({ by: 'them', result });
      await server.response(200);
      await server.response(487);
    }
  });

  it('is answered, hears digits, and ends with their BYE', async () => {
    const { invite, ok, listener } = await answeredCall();
    const headers = inside(invite, ok);
    server.send('INFO', {
      headers: [...headers, ['Content-Type', 'application/dtmf-relay']],
      body: 'Signal=5\r\nDuration=160',
    });
    await listener.event('digit 5');
    await server.response(200);
    server.send('INFO', { headers: [...headers, ['Content-Type', 'text/html']], body: '<b>' });
    await server.response(415);
    server.send('BYE', { headers });
    expect(await listener.end()).toEqual({ by: 'them', result: 'completed', reason: null });
    await server.response(200);
  });

  it('without an offer is answered with ours, and the ACK brings their answer', async () => {
    const invite = server.send('INVITE');
    const session = await room.incoming();
    expect(session.offer).toBeNull();
    session.listen(remember());
    const accepted = session.accept(sdp);
    const ok = await server.response(200);
    const cseq = `${invite.headers.get('CSeq')?.split(' ')[0]} ACK`;
    server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', cseq]], sdp: `${sdp}a=x:theirs\r\n` });
    expect(await accepted).toContain('a=x:theirs');
  });

  it('is ended by us only after its ACK has come', async () => {
    const invite = server.send('INVITE', { sdp });
    const session = await room.incoming();
    const listener = remember();
    session.listen(listener);
    void session.accept(sdp);
    const ok = await server.response(200);
    session.hangUp();
    expect(await listener.end()).toMatchObject({ by: 'us', result: 'completed' });
    expect(server.untaken('BYE')).toBe(0);
    const cseq = `${invite.headers.get('CSeq')?.split(' ')[0]} ACK`;
    server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', cseq]] });
    server.reply(await server.request('BYE'), 200);
  });

  it('whose 200 is never acknowledged is ended after 32 s, and the phone lives on', async () => {
    vi.useFakeTimers();
    try {
      server.send('INVITE', { sdp });
      const session = await room.incoming();
      const listener = remember();
      session.listen(listener);
      const accepted = session.accept(sdp);
      await server.response(200);
      const refused = expect(accepted).rejects.toThrow(/did not confirm the call/);
      vi.advanceTimersByTime(33_000);
      await refused;
      expect(await listener.end()).toMatchObject({ by: 'network', result: 'failed' });
      server.reply(await server.request('BYE'), 200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is changed by their re-INVITE, with an offer and without', async () => {
    const { invite, ok, listener } = await answeredCall();
    const again = server.send('INVITE', { headers: inside(invite, ok), sdp });
    expect((await server.response('final')).body.toString()).toBe(sdp);
    server.send('ACK', {
      headers: [...inside(invite, ok), ['CSeq', again.headers.get('CSeq')?.replace('INVITE', 'ACK') ?? '']],
    });
    const late = server.send('INVITE', { headers: inside(invite, ok) });
    await server.response('final');
    server.send('ACK', {
      headers: [...inside(invite, ok), ['CSeq', late.headers.get('CSeq')?.replace('INVITE', 'ACK') ?? '']],
      sdp,
    });
    await listener.event('answered');
  });

  it.each([
    ['with a body that we cannot read', [['Content-Type', 'application/unknown']], 'x', 415],
    ['that takes no session description for an answer', [['Accept', 'text/plain']], '', 406],
    ['in a coding that we do not know', [['Content-Encoding', 'gzip']], '', 415],
  ] as [string, [string, string][], string, number][])('%s is refused', async (_what, headers, body, status) => {
    server.send('INVITE', { headers, body });
    expect((await server.response('final')).status).toBe(status);
  });

  it('without a Contact rings: the caller is where the From says', async () => {
    server.send('INVITE', { sdp, headers: [['Contact', '*']] });
    const session = await room.incoming();
    session.listen(remember());
    session.ring();
    await server.response(180);
    session.reject(603);
    await server.response(603);
  });

  it('is refused with 420 when it requires what we do not have', async () => {
    server.send('INVITE', { sdp, headers: [['Require', 'foo, bar']] });
    const refusal = await server.response(420);
    expect(refusal.headers.all('Unsupported')).toEqual(['foo', 'bar']);
  });
});

describe('a call of ours', () => {
  it('is challenged, rings, is answered, acknowledged at the 200 Contact, and ends', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const first = await server.request('INVITE');
    server.reply(first, 407, {
      headers: [['Proxy-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"']],
    });
    await server.request('ACK');
    const invite = await server.request('INVITE');
    expect(invite.uri).toBe('sip:4410@example.com');
    expect(invite.headers.get('Proxy-Authorization')).toContain('username="alice"');
    server.reply(invite, 100);
    server.reply(invite, 180, { headers: [['Contact', '<sip:bob@127.0.0.1:1>']] });
    await listener.event('progress 180');
    server.reply(invite, 183, { headers: [contact()], sdp });
    await listener.event('progress 183 with sdp');
    server.reply(invite, 200, { headers: [contact()], sdp });
    await listener.event('accepted with sdp');
    expect((await server.request('ACK')).uri).toBe(`sip:bob@127.0.0.1:${server.port}`);
    session.hangUp();
    const bye = await server.request('BYE');
    expect(bye.headers.get('CSeq')).toBe('3 BYE');
    // Inside a dialog nobody asked for credentials, so nobody gets them.
    expect(bye.headers.has('Proxy-Authorization')).toBe(false);
    server.reply(bye, 200);
    expect(await listener.end()).toMatchObject({ by: 'us', result: 'completed' });
  });

  it('that is hung up before anything came is cancelled as soon as something does', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await server.request('INVITE');
    session.hangUp();
    expect(await listener.end()).toMatchObject({ by: 'us', result: 'cancelled' });
    expect(server.untaken('CANCEL')).toBe(0);
    server.reply(invite, 180, { headers: [contact()] });
    const cancel = await server.request('CANCEL');
    server.reply(cancel, 200);
    server.reply(invite, 487);
    await server.request('ACK');
  });

  it('that is answered all the same after CANCEL is acknowledged and ended', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    session.listen(remember());
    const invite = await server.request('INVITE');
    server.reply(invite, 180, { headers: [contact()] });
    session.hangUp();
    await server.request('CANCEL');
    server.reply(invite, 200, { headers: [contact()], sdp });
    await server.request('ACK');
    server.reply(await server.request('BYE'), 200);
  });

  it('that two phones answer goes to the first; the second is acknowledged and ended', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await server.request('INVITE');
    server.reply(invite, 200, { headers: [contact()], sdp, toTag: 'one' });
    server.reply(invite, 200, { headers: [contact()], sdp, toTag: 'two' });
    await listener.event('accepted with sdp');
    const acks = [await server.request('ACK'), await server.request('ACK')];
    expect(new Set(acks.map((ack) => tagOf(ack.headers.get('To'))))).toEqual(new Set(['one', 'two']));
    const bye = await server.request('BYE');
    expect(tagOf(bye.headers.get('To'))).toBe('two');
    server.reply(bye, 200);
    expect(listener.log).not.toContain('ended completed');
  });

  it('rings though the 180 has neither tag nor Contact', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    const invite = await server.request('INVITE');
    const bare = serialize({
      kind: 'response',
      status: 180,
      reason: 'Ringing',
      headers: createRequest(
        'x',
        'x',
        ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => [name, invite.headers.get(name) ?? ''] as const),
      ).headers,
      body: Buffer.alloc(0),
    });
    server.sendRaw(bare);
    await listener.event('progress 180');
    session.hangUp();
    server.reply(await server.request('CANCEL'), 200);
    server.reply(invite, 487);
  });

  it('offers again after 491, and takes the answer', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    session.listen(remember());
    server.reply(await server.request('INVITE'), 200, { headers: [contact()], sdp });
    await server.request('ACK');
    const answer = session.reoffer(sdp);
    server.reply(await server.request('INVITE'), 491);
    await server.request('ACK');
    server.reply(await server.request('INVITE'), 200, { headers: [contact()], sdp: `${sdp}a=x:second\r\n` });
    expect(await answer).toContain('a=x:second');
    await server.request('ACK');
  });

  it('does not follow a redirection', async () => {
    const session = room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    session.listen(listener);
    server.reply(await server.request('INVITE'), 302, { headers: [['Contact', '<sip:0900@toll.example>']] });
    expect(await listener.end()).toMatchObject({ result: 'failed', reason: { code: 'call-redirected' } });
  });

  it('gives its password to no other realm, in or out of a dialog', async () => {
    const evil: [string, string][] = [['Proxy-Authenticate', 'Digest realm="evil.example", nonce="n"']];
    const refused = room.sip.invite('alice', '4410', sdp);
    const listener = remember();
    refused.listen(listener);
    server.reply(await server.request('INVITE'), 407, { headers: evil });
    expect(await listener.end()).toMatchObject({ reason: { code: 'realm-changed' } });
    const { invite } = await answeredCall();
    room.sip.close().catch(() => {});
    const bye = await server.request('BYE');
    server.reply(bye, 407, { headers: evil });
    expect(server.untaken('BYE')).toBe(0);
    expect(invite.method).toBe('INVITE');
    expect(room.trace.some((entry) => entry.direction === 'out' && /Authorization/.test(entry.text))).toBe(false);
  });

  it('to what cannot be dialled is refused with a sentence', () => {
    expect(() => room.sip.invite('alice', 'two words', sdp)).toThrow(/neither a number nor an address/);
    expect(() => room.sip.invite('nobody', '4410', sdp)).toThrow(/not set up any more/);
  });
});

describe('other requests', () => {
  it.each([
    ['OPTIONS', [], 200],
    ['MESSAGE', [], 405],
    ['REFER', [['Refer-To', '<sip:0900@toll.example>']], 405],
    ['SUBSCRIBE', [['Event', 'dialog']], 489],
    ['NOTIFY', [['Event', 'dialog']], 481],
    ['NOTIFY', [['Event', 'message-summary']], 200],
    ['PRACK', [], 481],
    ['UPDATE', [], 481],
    ['PUBLISH', [], 405],
    ['INVENTED', [], 405],
  ] as [string, [string, string][], number][])('%s %j gets %i', async (method, headers, status) => {
    server.send(method, { headers });
    expect((await server.response('final')).status).toBe(status);
  });

  it('for a dialog that is none get 481', async () => {
    server.send('BYE', { headers: [['To', '<sip:alice@example.com>;tag=gone']] });
    expect((await server.response('final')).status).toBe(481);
  });

  it('inside a dialog that make no sense are answered, and nothing breaks', async () => {
    const { invite, ok, listener } = await answeredCall();
    const headers = inside(invite, ok);
    server.send('REFER', { headers: [...headers, ['Refer-To', '<sip:0900@toll.example>']] });
    expect((await server.response('final')).status).toBe(405);
    server.send('PRACK', { headers });
    expect((await server.response('final')).status).toBe(405);
    server.send('BYE', { headers: [...headers, ['CSeq', '0 BYE']] });
    expect((await server.response('final')).status).toBe(500);
    server.send('BYE', { headers });
    expect(await listener.end()).toMatchObject({ by: 'them' });
  });
});
