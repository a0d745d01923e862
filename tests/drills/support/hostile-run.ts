// Says one hostile message to the phone and judges what comes back.
import { setTimeout as delay } from 'node:timers/promises';
import { createFramer, parseMessage, type SipResponse } from '../../../electron/sip/wire/index.ts';
import { until } from '../../peers/support/index.ts';
import type { HostileCase } from './hostile-cases.ts';
import type { HostileRoom } from './hostile-room.ts';
import { ackFor, type HostileServer } from './hostile-server.ts';

/** How long nothing must come for silence to be the answer, and how long an answer that must come may take, ms. */
const silence = 400;
const patience = 3000;

export interface Verdict {
  id: string;
  ok: boolean;
  /** The final status, or how it was left unanswered. */
  answer: number | 'silence' | 'connection closed';
}

/** Says the message on the account's own flow, and waits until account and connection stand as before. */
export async function sayAndJudge(one: HostileCase, server: HostileServer, room: HostileRoom): Promise<Verdict> {
  const { heard, registers } = server;
  const from = heard.length;
  const rungBefore = room.rings.length;
  const registersBefore = registers.length;
  const breaks = server.transport === 'tcp' ? breaksStream(one.bytes) : null;
  const callId = callIdOf(one.bytes);
  server.say(one.bytes);

  const final = (): SipResponse | undefined =>
    heard
      .slice(from)
      .filter((message) => message.kind === 'response')
      .find((response) => response.status >= 200 && (callId === null || response.headers.get('Call-ID') === callId));
  const ms = one.maySilence || breaks === 'unanswerable' ? silence : patience;
  await until('an answer', () => (final() || !server.connected ? true : null), ms).catch(() => null);
  // What else the message holds (RFC 4475 3.1.1.8 on a stream) is answered now.
  await delay(20);
  const answer = final()?.status ?? (server.connected ? 'silence' : 'connection closed');
  const rang = room.rings.length > rungBefore;
  if (breaks !== null) {
    server.hangUp();
    await until(
      'the phone to come back',
      () => (registers.length > registersBefore && server.connected ? true : null),
      60_000,
    );
  }
  const refusals = heard.slice(from).filter((message) => message.kind === 'response' && message.status >= 300);
  for (const refusal of refusals) {
    if (refusal.headers.get('CSeq')?.endsWith('INVITE')) server.say(ackFor(refusal, uriOf(one.bytes)));
  }
  const answered =
    typeof answer === 'number' ? one.codes.includes(answer) : one.maySilence || breaks === 'unanswerable';
  // On a stream the INVITE behind the REGISTER of `dblreq` is a message of its own.
  const mayRing = !one.mustNotRing || (server.transport === 'tcp' && one.id === 'dblreq');
  return { id: one.id, ok: answered && (mayRing || !rang), answer };
}

/**
 * What a message does to a stream: `unanswerable` when its end cannot be told (RFC 4475 3.1.2.2, 3.1.2.3, 3.3.9), `rest`
 * when bytes are left that would begin the next message; null when the next one can follow.
 */
function breaksStream(bytes: Buffer): 'unanswerable' | 'rest' | null {
  const framer = createFramer();
  const events = framer.push(bytes);
  if (!events.some((event) => event.kind === 'message')) return 'unanswerable';
  return framer.waiting || events.some((event) => event.kind === 'error') ? 'rest' : null;
}

function callIdOf(bytes: Buffer): string | null {
  const message = parseMessage(bytes);
  const request = message.kind === 'malformed' ? message.request : message;
  return request?.headers.get('Call-ID') ?? null;
}

function uriOf(bytes: Buffer): string {
  const message = parseMessage(bytes);
  return message.kind === 'request' ? message.uri : 'sip:user@example.com';
}
