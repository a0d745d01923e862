// A stranger who got into the signalling asks for the password: at the far end of a call in either direction, when the phone
// says BYE, re-INVITE, INFO or REFER straight to it, the same after the account's own server asked inside another call, or behind
// a registrar that sends REGISTER on; with 401 and 407, for a realm of its own and for the account's, whose nonce the phone has
// in use. 52 combinations. No credentials may come to it. Three things keep them: a challenge counts only from the account's own
// server, its realm must be the account's, and a request to anybody else is stripped of credentials before it leaves. Each would
// hide that another is gone, so what is counted is also whether the phone asked again after the challenge, with or without them.
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../bench/report.ts';
import {
  createRequest,
  randomBranch,
  serialize,
  tagOf,
  type SipMessage,
  type SipRequest,
} from '../../electron/sip/wire/index.ts';
import { until } from '../peers/support/index.ts';
import { plainSdp, startPhone, type Phone, type PhoneCall } from '../peers/support/room.ts';
import { contactOf, respond, startHostileServer, type HostileServer } from './support/hostile-server.ts';

const domain = 'example.com';
const secret = /^(proxy-)?authorization\s*:/im;

const inDialog: Record<string, (call: PhoneCall) => void> = {
  BYE: (call) => call.hangUp(),
  INVITE: (call) => void call.reoffer(plainSdp('127.0.0.1', 'sendonly')).catch(() => {}),
  INFO: (call) => void call.info('text/plain', 'x').catch(() => {}),
  REFER: (call) => void call.session.refer('sip:carol@example.com').catch(() => {}),
};

interface Combination {
  /** `primed`: outgoing, and the phone has a nonce in use that its own server gave it inside another dialog. */
  way: 'incoming' | 'outgoing' | 'primed' | 'redirected';
  method: string;
  status: 401 | 407;
  realm: string;
}

const ways = [
  ...(['incoming', 'outgoing', 'primed'] as const).flatMap((way) =>
    Object.keys(inDialog).map((method) => ({ way, method })),
  ),
  { way: 'redirected' as const, method: 'REGISTER' },
];
const combinations: readonly Combination[] = ways.flatMap((one) =>
  ([401, 407] as const).flatMap((status) => [domain, 'evil.test'].map((realm) => ({ ...one, status, realm }))),
);

interface Scene {
  registrar: HostileServer;
  stranger: HostileServer;
  phone: Phone;
}

export const drill: Bench = async (measure, note) => {
  const registrar = await startHostileServer('udp', '127.85.0.1');
  const stranger = await startHostileServer('udp', '127.85.0.2');
  let asked = 0;
  let leaks = 0;
  let answered = 0;
  try {
    for (const one of combinations) {
      const name = `${one.way} ${one.method}, ${one.status}, ${one.realm}`;
      const from = { heard: stranger.heard.length, registers: stranger.registers.length };
      registrar.answer = (register) => grantOrChallenge(register);
      stranger.answer = (register) => challenge(register, one);
      const phone = startPhone({ user: 'alice', domain, server: registrar.server, transport: 'udp' });
      try {
        await phone.state('available');
        const challenged = await run(one, { registrar, stranger, phone });
        if (challenged === null) note('not asked', name);
        else asked += 1;
        await delay(300);
        if (challenged !== null && askedAgain(challenged, stranger)) {
          answered += 1;
          note('answered', name);
        }
      } finally {
        await phone.close();
      }
      const got: SipMessage[] = [...stranger.heard.slice(from.heard), ...stranger.registers.slice(from.registers)];
      const leaked = got.filter((message) => secret.test(serialize(message).toString('latin1')));
      if (leaked.length > 0) {
        leaks += 1;
        note('leak', `${name}: ${leaked.length} of ${got.length} messages carry credentials`);
      }
    }
  } finally {
    registrar.close();
    stranger.close();
  }
  measure({ name: 'digest_leak_asked', value: asked, unit: `of ${combinations.length}` });
  measure({ name: 'digest_leak_answered', value: answered, unit: `of ${asked}` });
  measure({ name: 'digest_leak', value: leaks, unit: `of ${combinations.length}` });
};

/** What the stranger was asked and challenged; null when it was not. A REGISTER that is sent on may well be kept at home. */
async function run(one: Combination, scene: Scene): Promise<SipRequest | null> {
  const { registrar, stranger, phone } = scene;
  if (one.way === 'redirected') {
    const from = stranger.registers.length;
    registrar.answer = (register) =>
      serialize(respond(register, 302, [['Contact', `<sip:${stranger.address}:${stranger.port}>`]]));
    phone.sip.networkChanged({ woke: true });
    await delay(1500);
    return stranger.registers[from] ?? null;
  }
  if (one.way === 'primed') await prime(scene);
  const from = stranger.heard.length;
  const call = one.way === 'incoming' ? await called(scene) : await calls(scene);
  inDialog[one.method]?.(call);
  const request = await until(`${one.method} at the stranger`, () => {
    return requests(stranger.heard.slice(from), one.method)[0] ?? null;
  });
  stranger.say(challenge(request, one));
  // A challenge that never came to the phone would prove nothing.
  await until('the challenge at the phone', () => {
    const heard = phone.trace.some(({ direction, text }) => {
      return direction === 'in' && text.startsWith(`SIP/2.0 ${one.status} `) && text.includes(` ${one.method}\r\n`);
    });
    return heard || null;
  });
  return request;
}

/** The same request with another number: repeats of the one that was challenged (RFC 3261 17.1.2.2) do not count. */
function askedAgain(challenged: SipRequest, stranger: HostileServer): boolean {
  const isAgain = (one: SipRequest): boolean =>
    one.headers.get('Call-ID') === challenged.headers.get('Call-ID') &&
    one.headers.get('CSeq') !== challenged.headers.get('CSeq');
  return [...requests(stranger.heard, challenged.method), ...stranger.registers].some(isAgain);
}

/** A call through the account's own server, which asks for the password at BYE, and gets it: so its nonce is in use inside. */
async function prime({ registrar, phone }: Scene): Promise<void> {
  const from = registrar.heard.length;
  const call = await calls({ registrar, stranger: registrar, phone });
  call.hangUp();
  const first = await until('BYE at the registrar', () => requests(registrar.heard.slice(from), 'BYE')[0] ?? null);
  const wanted = `Digest realm="${domain}", nonce="inside", algorithm=MD5, qop="auth"`;
  registrar.say(serialize(respond(first, 407, [['Proxy-Authenticate', wanted]])));
  const second = await until('BYE with credentials', () => {
    const byes = requests(registrar.heard.slice(from), 'BYE');
    return byes.find((bye) => bye.headers.get('Proxy-Authorization') !== undefined) ?? null;
  });
  registrar.say(serialize(respond(second, 200)));
  await call.end();
}

async function called({ registrar, stranger, phone }: Scene): Promise<PhoneCall> {
  const from = registrar.heard.length;
  const callId = `leak-${randomBranch()}`;
  const invite = request('INVITE', registrar, stranger, callId);
  registrar.say(serialize(invite));
  const call = await phone.incoming();
  const answered = phone.answer(call);
  const ok = await until('the 200', () => {
    return (
      registrar.heard
        .slice(from)
        .find((m) => m.kind === 'response' && m.status === 200 && m.headers.get('Call-ID') === callId) ?? null
    );
  });
  const ack = request('ACK', registrar, stranger, callId);
  ack.headers.set('To', ok.headers.get('To') ?? '');
  registrar.say(serialize(ack));
  return answered;
}

/** The phone calls; who answers has the stranger's Contact. */
async function calls({ registrar, stranger, phone }: Scene): Promise<PhoneCall> {
  const from = registrar.heard.length;
  const call = await phone.call('bob');
  const invite = await until('the INVITE', () => requests(registrar.heard.slice(from), 'INVITE')[0] ?? null);
  const headers: [string, string][] = [
    ['Contact', `<sip:m@${stranger.address}:${stranger.port}>`],
    ['Content-Type', 'application/sdp'],
    ['Allow', 'INVITE, ACK, BYE, CANCEL, INFO, REFER'],
  ];
  registrar.say(serialize(respond(invite, 200, headers, plainSdp('127.0.0.1'))));
  await call.event('accepted');
  return call;
}

function request(method: string, by: HostileServer, contact: HostileServer, callId: string): SipRequest {
  const sdp = method === 'INVITE' ? plainSdp('127.0.0.1') : '';
  return createRequest(
    method,
    by.contact,
    [
      ['Via', `SIP/2.0/UDP ${by.address}:${by.port};branch=${randomBranch()};rport`],
      ['Max-Forwards', '70'],
      ['From', '<sip:m@example.com>;tag=m'],
      ['To', '<sip:alice@example.com>'],
      ['Call-ID', callId],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:m@${contact.address}:${contact.port}>`],
      ['Allow', 'INVITE, ACK, BYE, CANCEL, INFO, REFER'],
      ...(sdp === '' ? [] : ([['Content-Type', 'application/sdp']] satisfies [string, string][])),
    ],
    sdp,
  );
}

function challenge(to: SipRequest, { status, realm }: Combination): Buffer {
  const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  return serialize(
    respond(to, status, [[name, `Digest realm="${realm}", nonce="hostile", algorithm=MD5, qop="auth"`]]),
  );
}

/** As the account's registrar: so that the phone has a nonce in use. */
function grantOrChallenge(register: SipRequest): Buffer {
  if (register.headers.get('Authorization') === undefined) {
    const wanted = `Digest realm="${domain}", nonce="own", algorithm=MD5, qop="auth"`;
    return serialize(respond(register, 401, [['WWW-Authenticate', wanted]]));
  }
  return serialize(respond(register, 200, [['Contact', `<${contactOf(register)}>;expires=60`]]));
}

function requests(messages: readonly SipMessage[], method: string): SipRequest[] {
  return messages
    .filter((message) => message.kind === 'request')
    .filter((one) => one.method === method && tagOf(one.headers.get('From')) !== undefined);
}
