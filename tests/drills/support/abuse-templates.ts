// Abuse that needs a live exchange: answers to what the phone asked, filled in and sent back.
import { setTimeout as delay } from 'node:timers/promises';
import {
  createRequest,
  MAGIC_COOKIE,
  MAX_MESSAGE,
  parseVia,
  randomBranch,
  serialize,
  tagOf,
  type SipMessage,
  type SipRequest,
} from '../../../electron/sip/wire/index.ts';
import { plainSdp } from '../../peers/support/room.ts';
import { until } from '../../peers/support/index.ts';
import { fill, type HostileCase } from './hostile-cases.ts';
import type { HostileRoom } from './hostile-room.ts';
import { sayAndJudge, type Verdict } from './hostile-run.ts';
import { contactOf, startHostileServer, type HostileServer } from './hostile-server.ts';

export interface Scene {
  room: HostileRoom;
  udp: HostileServer;
  tcp: HostileServer;
  /** An address of loopback that nobody has yet. */
  address(): string;
}

/** How long the phone is watched for what it must not do, ms. */
const watch = 3000;

/** Most REGISTERs in that time: an account may ask once, and once more with credentials. */
const calm = 2;

/** Runs one template of the abuse set. */
export async function runTemplate(one: HostileCase, scene: Scene): Promise<Verdict> {
  if (one.id.startsWith('xml-')) return notify(one, scene);
  const ok = await (one.id === '302-toll'
    ? followsNoRedirect(one, scene)
    : one.id === '401-other-realm'
      ? leaksNoDigest(one, scene)
      : staysCalm(one, scene));
  return { id: one.id, ok, answer: 'silence' };
}

/** Without its subscription a NOTIFY has no effect, whatever its body. */
function notify(one: HostileCase, { udp, tcp, room }: Scene): Promise<Verdict> {
  const bytes = fill(one.bytes, { TAG: 'nobody' });
  const large = bytes.length > MAX_MESSAGE;
  const codes = large ? [513] : one.codes;
  return sayAndJudge({ ...one, bytes, codes, mustNotRing: true }, large ? tcp : udp, room);
}

async function followsNoRedirect(one: HostileCase, { room, udp }: Scene): Promise<boolean> {
  const from = udp.heard.length;
  const session = room.sip.invite('udp', 'sip:x@example.com', plainSdp('127.0.0.1'));
  const ended = new Promise<string>((resolve) => {
    session.listen({ reoffered: () => Promise.resolve(''), ended: (end) => resolve(end.result) });
  });
  const invite = await until('the INVITE', () => requests(udp.heard.slice(from), 'INVITE')[0] ?? null);
  const branch = parseVia(invite.headers.get('Via') ?? '')?.params.get('branch') ?? '';
  udp.say(
    fill(one.bytes, {
      BRANCH: branch.slice(MAGIC_COOKIE.length),
      TAG: tagOf(invite.headers.get('From')) ?? '',
      CALLID: invite.headers.get('Call-ID') ?? '',
    }),
  );
  const result = await ended;
  await delay(500);
  const acked = requests(udp.heard.slice(from), 'ACK').length > 0;
  return result === 'failed' && acked && requests(udp.heard.slice(from), 'INVITE').length === 1;
}

/** A call whose other end is not the account's server asks for our password when we hang up. */
async function leaksNoDigest(one: HostileCase, scene: Scene): Promise<boolean> {
  const { room, udp } = scene;
  const direct = await startHostileServer('udp', scene.address());
  const refuse = room.onIncoming;
  try {
    const answered = new Promise<() => void>((resolve, reject) => {
      room.onIncoming = (session) => {
        session.listen({ reoffered: () => Promise.resolve(plainSdp('127.0.0.1')), ended() {} });
        session.accept(plainSdp('127.0.0.1')).then(() => resolve(() => session.hangUp()), reject);
      };
    });
    const invite = inviteTo(udp.contact, direct);
    const from = udp.heard.length;
    udp.say(serialize(invite));
    const ok = await until(
      'the 200',
      () => udp.heard.slice(from).find((m) => m.kind === 'response' && m.status === 200) ?? null,
    );
    const ack = inviteTo(udp.contact, direct, 'ACK');
    for (const name of ['From', 'Call-ID'] as const) ack.headers.set(name, invite.headers.get(name) ?? '');
    ack.headers.set('To', ok.headers.get('To') ?? '');
    udp.say(serialize(ack));
    const hangUp = await answered;
    hangUp();
    const bye = await until('the BYE at the other end', () => requests(direct.heard, 'BYE')[0] ?? null);
    direct.say(fillFrom(one.bytes, bye));
    await delay(1000);
    return !direct.heard.some((message) => /authorization/i.test(serialize(message).toString('latin1')));
  } finally {
    room.onIncoming = refuse;
    direct.close();
  }
}

/** REGISTER answered with the template: no storm, no password in the clear, no wait for ever. */
async function staysCalm(one: HostileCase, scene: Scene): Promise<boolean> {
  const { room } = scene;
  const server = await startHostileServer('udp', scene.address());
  try {
    server.answer = (register) => fillFrom(one.bytes, register);
    room.addAccount(one.id, server);
    await delay(watch);
    const state = room.state(one.id);
    const { registers } = server;
    if (registers.length === 0 || registers.length > calm) return false;
    if (registers.some((register) => register.headers.has('Authorization'))) return false;
    // What an account that is kept for 0 s calls itself is its own matter.
    if (one.id.startsWith('200-')) return one.id.endsWith('-0') || state?.name === 'available';
    if (state?.name !== 'offline' || state.retryAt === null) return false;
    return state.retryAt - Date.now() <= 1_800_000;
  } finally {
    await room.sip.removeAccount(one.id);
    server.close();
  }
}

function fillFrom(template: Buffer, request: SipRequest): Buffer {
  const { headers } = request;
  return fill(template, {
    VIA: headers.get('Via') ?? '',
    FROM: headers.get('From') ?? '',
    TO: tagOf(headers.get('To')) === undefined ? `${headers.get('To')};tag=hostile` : (headers.get('To') ?? ''),
    CALLID: headers.get('Call-ID') ?? '',
    CSEQ: headers.get('CSeq') ?? '',
    CONTACT: `<${contactOf(request)}>`,
  });
}

function inviteTo(contact: string, from: HostileServer, method = 'INVITE'): SipRequest {
  const sdp = method === 'INVITE' ? plainSdp('127.0.0.1') : '';
  return createRequest(
    method,
    contact,
    [
      ['Via', `SIP/2.0/UDP ${from.address}:${from.port};branch=${randomBranch()};rport`],
      ['Max-Forwards', '70'],
      ['From', '<sip:m@evil.example>;tag=m'],
      ['To', '<sip:user@example.com>'],
      ['Call-ID', `leak@${from.address}`],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:m@${from.address}:${from.port}>`],
      ...(sdp === '' ? [] : ([['Content-Type', 'application/sdp']] satisfies [string, string][])),
    ],
    sdp,
  );
}

function requests(messages: readonly SipMessage[], method: string): SipRequest[] {
  return messages.filter((message) => message.kind === 'request').filter((request) => request.method === method);
}
