// Each correction, red without it and green with it. Corrections stay applied once they are, so the order matters.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserAgentCore as Core } from 'sip.js/lib/core/index.js';
import { DigestAuthentication } from 'sip.js/lib/core/messages/digest-authentication.js';
import { Credentials } from '../../digest/index.ts';
import {
  createRequest,
  createResponse,
  parseMessage,
  tagOf,
  type SipRequest,
  type SipResponse,
} from '../../wire/index.ts';
import { answerTo, corrections, markCancelled, useCredentials } from './index.ts';
import { METHODS } from '../capabilities.ts';
import { toSipJsRequest, toSipJsResponse, WireUri } from '../sipjs-messages.ts';
import {
  AllowedMethods,
  LoggerFactory,
  Timers,
  type IncomingInviteRequest,
  type OutgoingInviteRequestDelegate,
  type Session,
} from '../sipjs.ts';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
const body = { contentDisposition: 'session', contentType: 'application/sdp', content: SDP };

interface Bench {
  core: Core;
  /** Everything that SIP.js sent, oldest first. */
  sent: (SipRequest | SipResponse)[];
  requests(method: string): SipRequest[];
  invite(delegate?: OutgoingInviteRequestDelegate): ReturnType<Core['invite']>;
  /** Answers a request that SIP.js sent. */
  answer(request: SipRequest | undefined, status: number, headers?: [string, string][], sdp?: string): void;
  /** A request from the other side; resolves to what was answered so far. */
  receive(method: string, cseq: number, headers?: [string, string][], sdp?: string): void;
  statuses(): number[];
}

function bench(authentication?: () => DigestAuthentication, onInvite?: (invite: IncomingInviteRequest) => void): Bench {
  const sent: (SipRequest | SipResponse)[] = [];
  const loggerFactory = new LoggerFactory();
  loggerFactory.builtinEnabled = false;
  const aor = new WireUri('sip:alice@example.com');
  const contact = new WireUri('sip:token@hookswitch.invalid');
  const core = new Core(
    {
      aor,
      contact: { pubGruu: undefined, tempGruu: undefined, uri: contact, toString: () => `<${contact.toString()}>` },
      displayName: '',
      loggerFactory,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: '',
      supportedOptionTags: ['outbound'],
      supportedOptionTagsResponse: ['outbound'],
      userAgentHeaderFieldValue: 'test',
      viaForceRport: true,
      viaHost: 'hookswitch.invalid',
      authenticationFactory: () => authentication?.(),
      transportAccessor: () => ({
        protocol: 'UDP',
        send: (text) => {
          const message = parseMessage(Buffer.from(text));
          if (message.kind !== 'malformed') sent.push(message);
          return Promise.resolve();
        },
      }),
    },
    onInvite === undefined ? {} : { onInvite },
  );
  let received = 0;
  return {
    core,
    sent,
    requests: (method) => sent.filter((one): one is SipRequest => one.kind === 'request' && one.method === method),
    statuses: () => sent.flatMap((one) => (one.kind === 'response' ? [one.status] : [])),
    invite(delegate) {
      const target = new WireUri('sip:bob@example.com');
      const message = core.makeOutgoingRequestMessage(
        'INVITE',
        target,
        aor,
        target,
        {},
        ['Contact: <sip:token@x>'],
        body,
      );
      return core.invite(message, delegate);
    },
    answer(request, status, headers = [], sdp = '') {
      if (request === undefined) throw new Error('nothing was sent');
      const response = createResponse(status, { headers, body: sdp });
      if (sdp !== '') response.headers.set('Content-Type', 'application/sdp');
      for (const name of ['From', 'Call-ID', 'CSeq']) response.headers.set(name, request.headers.get(name) ?? '');
      const to = request.headers.get('To') ?? '';
      response.headers.set('To', tagOf(to) === undefined ? `${to};tag=theirs` : to);
      const branch = /branch=([^;]+)/.exec(request.headers.get('Via') ?? '')?.[1] ?? '';
      core.receiveIncomingResponseFromTransport(toSipJsResponse(response, branch, request.uri));
    },
    receive(method, cseq, headers = [], sdp = '') {
      const ours = sent.findLast((one) => one.kind === 'response' && tagOf(one.headers.get('To')) !== undefined);
      const request = createRequest(
        method,
        'sip:alice@example.com',
        [
          ['From', '<sip:bob@example.com>;tag=theirs'],
          ['To', ours?.headers.get('To') ?? '<sip:alice@example.com>'],
          ['Call-ID', 'call-1'],
          ['CSeq', `${cseq} ${method}`],
          ['Contact', '<sip:bob@10.0.0.1>'],
          ...headers,
          ...(sdp === '' ? [] : ([['Content-Type', 'application/sdp']] as [string, string][])),
        ],
        sdp,
      );
      received += 1;
      core.receiveIncomingRequestFromTransport(toSipJsRequest(request, `id-${received}`, aor));
    },
  };
}

/** A call that we made and that was answered, with this Contact in the 180 and that one in the 200. */
function connect(inviting: Bench, ringing: string, answered: string): Session {
  let session: Session | undefined;
  inviting.invite({
    onAccept: (response) => {
      response.ack();
      session = response.session;
    },
  });
  const [invite] = inviting.requests('INVITE');
  inviting.answer(invite, 180, [['Contact', `<${ringing}>`]]);
  inviting.answer(invite, 200, [['Contact', `<${answered}>`]], SDP);
  if (session === undefined) throw new Error('not connected');
  return session;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('targetRefresh', () => {
  it('without it ACK goes to the Contact of the 180', () => {
    const one = bench();
    connect(one, 'sip:bob@10.0.0.1', 'sip:bob@10.0.0.2');
    expect(one.requests('ACK')[0]?.uri).toBe('sip:bob@10.0.0.1');
  });

  it('with it ACK goes to the Contact of the 200, letter by letter', () => {
    corrections.targetRefresh();
    const one = bench();
    connect(one, 'sip:bob@10.0.0.1', 'sip:bo%62@10.0.0.2:5070;ob;X=Y');
    expect(one.requests('ACK')[0]?.uri).toBe('sip:bo%62@10.0.0.2:5070;ob;X=Y');
  });

  it('with it the 200 to a re-INVITE moves the dialog too', () => {
    const one = bench();
    const session = connect(one, 'sip:bob@10.0.0.1', 'sip:bob@10.0.0.2');
    session.invite({ onAccept: (response) => void response.ack() }, { body });
    one.answer(one.requests('INVITE')[1], 200, [['Contact', '<sip:bob@10.0.0.3>']], SDP);
    session.bye();
    expect(one.requests('ACK')[1]?.uri).toBe('sip:bob@10.0.0.3');
    expect(one.requests('BYE')[0]?.uri).toBe('sip:bob@10.0.0.3');
  });
});

describe('reInviteAckTimeout', () => {
  /** A call to us whose re-INVITE we answered, and no ACK for 33 s. */
  function unacknowledged(): { one: Bench; timedOut: () => number } {
    vi.useFakeTimers();
    let timedOut = 0;
    const one = bench(undefined, (invite) => {
      const { session } = invite.accept({ statusCode: 200, body });
      session.delegate = {
        onInvite: (again) => void again.accept({ statusCode: 200, body }),
        onAckTimeout: () => (timedOut += 1),
      };
    });
    one.receive('INVITE', 1, [], SDP);
    one.receive('ACK', 1);
    one.receive('INVITE', 2, [], SDP);
    vi.advanceTimersByTime(33_000);
    return { one, timedOut: () => timedOut };
  }

  it('without it nobody is told, and each later re-INVITE gets a 500', () => {
    const { one, timedOut } = unacknowledged();
    expect(timedOut()).toBe(0);
    one.receive('INVITE', 3, [], SDP);
    expect(one.statuses().at(-1)).toBe(500);
  });

  it('with it the session is told', () => {
    corrections.reInviteAckTimeout();
    const { one, timedOut } = unacknowledged();
    expect(timedOut()).toBe(1);
    one.receive('INVITE', 3, [], SDP);
    expect(one.statuses().at(-1)).toBe(200);
  });
});

describe('digest', () => {
  const challenges: [string, string][] = [
    ['Proxy-Authenticate', 'Digest realm="example.com", nonce="n1", algorithm=MD5, qop="auth"'],
    ['Proxy-Authenticate', 'Digest realm="example.com", nonce="n2", algorithm=SHA-256, qop="auth"'],
    ['Contact', '<sip:bob@10.0.0.1>'],
  ];

  function withCredentials(own = true): Bench {
    const one = bench();
    const credentials = new Credentials({
      user: 'alice',
      domain: 'example.com',
      password: () => Promise.resolve('secret'),
    });
    useCredentials(one.core, { exchange: (request) => credentials.exchange(request), mayAnswer: () => own });
    return one;
  }

  it('without it challenges that SIP.js does not know end the call', () => {
    const one = bench(() => new DigestAuthentication(new LoggerFactory(), undefined, 'alice', 'secret'));
    one.invite();
    one.answer(one.requests('INVITE')[0], 407, challenges.slice(1));
    expect(one.requests('INVITE')).toHaveLength(1);
  });

  it('with it the strongest one is answered, with the next CSeq', async () => {
    corrections.digest();
    const one = withCredentials();
    one.invite();
    one.answer(one.requests('INVITE')[0], 407, challenges);
    await vi.waitFor(() => expect(one.requests('INVITE')).toHaveLength(2));
    expect(one.requests('INVITE')[1]?.headers.get('Proxy-Authorization')).toMatch(/nonce="n2".*algorithm=SHA-256/);
    expect(one.requests('INVITE')[1]?.headers.get('CSeq')).toBe('2 INVITE');
  });

  it('with it credentials go to nobody but the own server', async () => {
    const one = withCredentials(false);
    const rejected = vi.fn();
    one.invite({ onReject: ({ message }) => rejected(answerTo(message)) });
    one.answer(one.requests('INVITE')[0], 407, challenges);
    await vi.waitFor(() => expect(rejected).toHaveBeenCalledWith('other-realm'));
    expect(one.requests('INVITE')).toHaveLength(1);
  });

  it('with it a call cancelled while the challenge was under way is not made after all', async () => {
    const one = withCredentials();
    const rejected = vi.fn();
    const invite = one.invite({ onReject: rejected });
    markCancelled(invite);
    one.answer(one.requests('INVITE')[0], 407, challenges);
    await vi.waitFor(() => expect(rejected).toHaveBeenCalledOnce());
    expect(one.requests('INVITE')).toHaveLength(1);
  });

  it('with it a challenged request inside a dialog takes the next number of that dialog', async () => {
    const one = withCredentials();
    const session = connect(one, 'sip:bob@10.0.0.1', 'sip:bob@10.0.0.1');
    session.info(undefined, { body: { contentDisposition: 'render', contentType: 'text/plain', content: 'x' } });
    one.answer(one.requests('INFO')[0], 407, challenges);
    await vi.waitFor(() => expect(one.requests('INFO')).toHaveLength(2));
    session.bye();
    expect(one.requests('INFO')[1]?.headers.get('CSeq')).toBe('3 INFO');
    // SIP.js itself would send 3 again, which the other side must refuse (RFC 3261 12.2.2).
    expect(one.requests('BYE')[0]?.headers.get('CSeq')).toBe('4 BYE');
  });
});

describe('randomTokens', () => {
  const branchOf = (one: Bench): string =>
    /branch=([^;]+)/.exec(one.requests('INVITE')[0]?.headers.get('Via') ?? '')?.[1] ?? '';
  const tag = (): string => {
    const one = bench(undefined, (invite) => void invite.progress());
    one.receive('INVITE', 1, [], SDP);
    return tagOf(one.sent[0]?.headers.get('To')) ?? '';
  };

  it('without it a branch has seven digits and a tag ten letters of Math.random', () => {
    const one = bench();
    one.invite();
    expect(branchOf(one)).toMatch(/^z9hG4bK\d{1,7}$/);
    expect(tag()).toHaveLength(10);
  });

  it('with it both are random enough to be secrets', () => {
    corrections.randomTokens();
    const one = bench();
    one.invite();
    expect(branchOf(one)).toMatch(/^z9hG4bK[0-9a-f]{32}$/);
    expect(tag()).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('timers', () => {
  /** Is a call given up that got no answer within 33 s? */
  function givenUp(): boolean {
    vi.useFakeTimers();
    const one = bench();
    const rejected = vi.fn();
    one.invite({ onReject: rejected });
    vi.advanceTimersByTime(33_000);
    return rejected.mock.calls.length > 0;
  }

  /** Is a refused call still kept, 100 ms after the refusal? */
  function keepsRefused(): boolean {
    vi.useFakeTimers();
    const one = bench(undefined, (invite) => void invite.reject({ statusCode: 486 }));
    one.receive('INVITE', 1, [], SDP);
    vi.advanceTimersByTime(100);
    return one.core.userAgentServers.size > 0;
  }

  it('without it SIP.js gives up while a second server is being tried, and keeps refused calls', () => {
    expect(givenUp()).toBe(true);
    expect(keepsRefused()).toBe(true);
  });

  it('with it the floor below decides', () => {
    corrections.timers();
    expect(givenUp()).toBe(false);
    expect(keepsRefused()).toBe(false);
    expect(Timers.TIMER_L).toBe(32_000);
  });
});

describe('allowedMethods', () => {
  /** The status of an UPDATE that reached SIP.js, and Allow of its 200 to the INVITE. */
  function offered(): { update: number | undefined; allow: string | undefined } {
    const one = bench(undefined, (invite) => void invite.accept({ statusCode: 200, body }));
    one.receive('INVITE', 1, [], SDP);
    one.receive('ACK', 1);
    one.receive('UPDATE', 2);
    const ok = one.sent.find((message) => message.kind === 'response' && message.status === 200);
    return { update: one.statuses().at(-1), allow: ok?.headers.all('Allow').join() };
  }

  it('without it SIP.js tells callers that UPDATE is not allowed', () => {
    expect(offered()).toMatchObject({ update: 405, allow: expect.not.stringContaining('UPDATE') });
  });

  it('with it they are told what this phone answers', () => {
    corrections.allowedMethods();
    expect(AllowedMethods).toEqual([...METHODS]);
    expect(offered().allow).toBe(METHODS.join(','));
  });
});

describe('all corrections', () => {
  it('have a test here', () => {
    const tested = ['targetRefresh', 'reInviteAckTimeout', 'digest', 'randomTokens', 'timers', 'allowedMethods'];
    expect(Object.keys(corrections)).toEqual(tested);
  });
});
