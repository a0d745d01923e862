// Requests from somewhere else than the account's own server: scanners, ghost calls, and the other phone of a call.
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sdp } from './testing/scripted-server.ts';
import { startStranger, type Stranger } from './testing/stranger.ts';
import { ackOf, inside, useStage } from './testing/use-stage.ts';

const stage = useStage();
let stranger: Stranger;
let incoming: string[];

beforeEach(async () => {
  stranger = await startStranger();
  incoming = [];
  stage.room.sip.listen({ registration() {}, incoming: (session) => incoming.push(session.remote.uri) });
});

afterEach(() => stranger.close());

function phonePort(): number {
  return Number(/:(\d+)$/.exec(stage.server.contact)?.[1]);
}

/** Everything sent before this has been handled when it resolves, and what it led to is here. */
async function afterAll(): Promise<void> {
  stage.server.send('OPTIONS');
  await stage.server.response(200);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

/** Lines of the trace that have the stranger as their peer. */
function traced(): string[] {
  const { trace } = stage.room;
  return trace.filter(({ peer }) => peer.startsWith(stranger.address)).map(({ direction }) => direction);
}

describe('a stranger', () => {
  it.each(['INVITE', 'OPTIONS', 'REGISTER', 'CANCEL', 'BYE', 'NOTIFY', 'REFER', 'MESSAGE', 'SUBSCRIBE', 'INVENTED'])(
    'gets no answer to %s, nothing rings, and the trace stays clean',
    async (method) => {
      for (const uri of ['sip:alice@example.com', stage.server.contact, 'sip:100@127.0.0.1']) {
        await stranger.send(method, uri, phonePort(), [
          ['Event', 'message-summary'],
          ['Refer-To', '<sip:0900@toll.example>'],
        ]);
      }
      await afterAll();
      expect(stranger.received).toEqual([]);
      expect(incoming).toEqual([]);
      expect(traced()).toEqual([]);
    },
  );

  it.each([
    [
      'a request without an end',
      'INVITE sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKa;rport\r\n',
    ],
    ['another version', 'OPTIONS sip:a@b SIP/7.0\r\nVia: SIP/7.0/UDP x;branch=z9hG4bKb;rport\r\nTo: <sip:a@b>\r\n\r\n'],
    [
      'a bad length',
      'OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKc;rport\r\nContent-Length: -1\r\n\r\n',
    ],
    ['what is no SIP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('gets no answer to %s', async (_what, bytes) => {
    await stranger.sendRaw(bytes, phonePort());
    await afterAll();
    expect(stranger.received).toEqual([]);
    expect(traced()).toEqual([]);
  });

  it('who repeats what our server said, without knowing the branch, cannot cancel the call', async () => {
    const invite = stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    session.ring();
    await stage.server.response(180);
    const copied = ['From', 'To', 'Call-ID'].map((name): [string, string] => [name, invite.headers.get(name) ?? '']);
    const cseq: [string, string] = ['CSeq', (invite.headers.get('CSeq') ?? '').replace('INVITE', 'CANCEL')];
    await stranger.send('CANCEL', invite.uri, phonePort(), [...copied, cseq]);
    await stranger.send('BYE', invite.uri, phonePort(), copied.slice(0, 2));
    await afterAll();
    expect(stranger.received).toEqual([]);
    expect(stage.server.untaken('INVITE')).toBe(0);
    session.reject(486);
    expect((await stage.server.response('final')).status).toBe(486);
  });

  it('that comes by TCP is hung up on, without a word', async () => {
    const connection = await stranger.connect(phonePort());
    let said = '';
    connection.on('data', (chunk: Buffer) => (said += chunk.toString()));
    connection.write(
      'OPTIONS sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/TCP x;branch=z9hG4bKa\r\nMax-Forwards: 70\r\n' +
        'From: <sip:a@x>;tag=1\r\nTo: <sip:b@x>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n',
    );
    await once(connection, 'close');
    expect(said).toBe('');
  });

  it('that talks nonsense by TCP is hung up on, without a word', async () => {
    const connection = await stranger.connect(phonePort());
    let said = '';
    connection.on('data', (chunk: Buffer) => (said += chunk.toString()));
    connection.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(connection, 'close');
    expect(said).toBe('');
  });
});

describe('the other phone of a call', () => {
  it('may acknowledge and hang up by itself', async () => {
    const invite = stage.server.send('INVITE', { sdp });
    const session = await stage.room.incoming();
    const accepted = session.accept(sdp);
    const ok = await stage.server.response(200);
    const from: [string, string] = ['From', invite.headers.get('From') ?? ''];
    const dialog = [...inside(invite, ok), from];
    await stranger.send('ACK', stage.server.contact, phonePort(), [...dialog, ['CSeq', ackOf(invite)]]);
    await accepted;
    const answer = stranger.next();
    await stranger.send('BYE', stage.server.contact, phonePort(), [...dialog, ['CSeq', '900 BYE']]);
    expect(await answer).toMatchObject({ status: 200 });
  });

  it('is nobody without both tags', async () => {
    const { invite, ok } = await stage.answeredCall();
    const callId: [string, string] = ['Call-ID', invite.headers.get('Call-ID') ?? ''];
    await stranger.send('BYE', stage.server.contact, phonePort(), [...inside(invite, ok), ['CSeq', '900 BYE']]);
    await stranger.send('BYE', stage.server.contact, phonePort(), [
      callId,
      ['From', invite.headers.get('From') ?? ''],
      ['To', '<sip:alice@example.com>;tag=guessed'],
      ['CSeq', '901 BYE'],
    ]);
    await afterAll();
    expect(stranger.received).toEqual([]);
  });
});

describe('with direct calls allowed', () => {
  beforeEach(async () => {
    stage.room.sip.setAccount({ ...stage.room.account, allowDirect: true });
    await stage.room.state('available');
  });

  it('a stranger rings, and is shown by the address that it comes from, not by the name that it gives', async () => {
    await stranger.send('INVITE', 'sip:alice@127.0.0.1', phonePort());
    const session = await stage.room.incoming();
    expect(session.remote).toEqual({ uri: `sip:bank@${stranger.address}`, asserted: false, anonymous: false });
    const answer = stranger.next();
    session.reject(486);
    expect(await answer).toMatchObject({ status: 486 });
  });

  it('a guess at other names still gets no answer, nor do other requests', async () => {
    await stranger.send('INVITE', 'sip:100@127.0.0.1', phonePort());
    for (const method of ['OPTIONS', 'REFER', 'NOTIFY', 'BYE', 'CANCEL', 'MESSAGE']) {
      await stranger.send(method, 'sip:alice@127.0.0.1', phonePort());
    }
    await afterAll();
    expect(stranger.received).toEqual([]);
    expect(incoming).toEqual([]);
  });

  it.each(['Replaces', 'Join'])('%s is not for strangers', async (name) => {
    const value = 'call-1;to-tag=a;from-tag=b';
    await stranger.send('INVITE', 'sip:alice@127.0.0.1', phonePort(), [[name, value]]);
    await afterAll();
    expect(stranger.received).toEqual([]);
    expect(incoming).toEqual([]);
  });

  it('REFER in a direct call is refused', async () => {
    await stranger.send('INVITE', 'sip:alice@127.0.0.1', phonePort(), [['Call-ID', 'direct']]);
    const session = await stage.room.incoming();
    let answer = stranger.next();
    const accepted = session.accept(sdp);
    const ok = await answer;
    const dialog: [string, string][] = [
      ['Call-ID', 'direct'],
      ['To', ok.headers.get('To') ?? ''],
    ];
    const cseq = Number.parseInt(ok.headers.get('CSeq') ?? '', 10);
    await stranger.send('ACK', stage.server.contact, phonePort(), [...dialog, ['CSeq', `${cseq} ACK`]]);
    await accepted;
    answer = stranger.next();
    const toll: [string, string] = ['Refer-To', '<sip:0900@toll.example>'];
    await stranger.send('REFER', stage.server.contact, phonePort(), [...dialog, toll]);
    expect(await answer).toMatchObject({ status: 403 });
    answer = stranger.next();
    await stranger.send('BYE', stage.server.contact, phonePort(), dialog);
    expect(await answer).toMatchObject({ status: 200 });
  });
});
