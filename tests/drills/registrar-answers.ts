// Registrars that grant odd times: zero, nothing, one second, more than fits, and none at all; or ask for odd pauses. Whatever
// a 200 or a Retry-After says, a phone may send one REGISTER in 10 s and no more. ANSWERS_SECONDS=25 for a shorter look.
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../bench/report.ts';
import { serialize, type SipRequest } from '../../electron/sip/wire/index.ts';
import { startPhone, type Phone } from '../peers/support/room.ts';
import { contactOf, respond, startHostileServer, type HostileServer } from './support/hostile-server.ts';
import { numberFrom } from './support/progress.ts';
import { mostInTenSeconds, registersSent } from './support/timeline.ts';

type Headers = [string, string][];
type Answer = (register: SipRequest) => { status?: number; headers: Headers };

/** What can stand where a number of seconds belongs (RFC 3261 20.19). */
const times = ['0', '00', '1', '2', '5', '9', '19', '2147483647', '2147483648', '4294967295', '4294967296'];
const nonsense = ['-1', '', 'never', '1.5', '1e9', '"60"', '99999999999999999999', '60;60'];

const own = (register: SipRequest): string => `<${contactOf(register)}>`;

const cases: readonly [string, Answer][] = [
  ...[...times, ...nonsense].flatMap((time): [string, Answer][] => [
    [`contact ${time}`, (register) => ({ headers: [['Contact', `${own(register)};expires=${time}`]] })],
    [
      `header ${time}`,
      (register) => ({
        headers: [
          ['Contact', own(register)],
          ['Expires', time],
        ],
      }),
    ],
  ]),
  ['no time', (register) => ({ headers: [['Contact', own(register)]] })],
  ['no contact', () => ({ headers: [] })],
  ["another's contact", () => ({ headers: [['Contact', '<sip:other@192.0.2.1>;expires=1']] })],
  ['423 that asks for 0', () => ({ status: 423, headers: [['Min-Expires', '0']] })],
  ['423 that asks for 2^32-1', () => ({ status: 423, headers: [['Min-Expires', '4294967295']] })],
  ['423 without a time', () => ({ status: 423, headers: [] })],
  ...['0', '00', '1', '9', '99999999999'].map((seconds): [string, Answer] => [
    `503 with Retry-After ${seconds}`,
    () => ({ status: 503, headers: [['Retry-After', seconds]] }),
  ]),
  ['503 with Retry-After never', () => ({ status: 503, headers: [['Retry-After', 'never']] })],
  ['503 alone', () => ({ status: 503, headers: [] })],
];

/**
 * A 423 may be obeyed at once, with the time that it asked for (RFC 3261 10.2.8): that is one attempt, of two requests. After a
 * 503 that says nothing of when, the ordinary pauses hold: about 2 s, then 4, then 8, so three requests in the first ten seconds.
 */
function allowed(name: string): number {
  if (name.startsWith('423')) return 2;
  return name === '503 alone' || name === '503 with Retry-After never' ? 3 : 1;
}

export const drill: Bench = async (measure, note) => {
  const seconds = numberFrom('ANSWERS_SECONDS', 45);
  const stage: { name: string; server: HostileServer; phone: Phone }[] = [];
  try {
    for (const [index, [name, answer]] of cases.entries()) {
      const server = await startHostileServer('udp', `127.83.0.${index + 1}`);
      server.answer = (register) => {
        const { status = 200, headers } = answer(register);
        return serialize(respond(register, status, headers));
      };
      const phone = startPhone({ user: 'alice', domain: 'example.com', server: server.server, transport: 'udp' });
      stage.push({ name, server, phone });
    }
    await delay(seconds * 1000);
    const most = stage.map(({ name, phone }) => ({ name, most: mostInTenSeconds(registersSent(phone)) }));
    const over = most.filter((one) => one.most > allowed(one.name));
    for (const one of over) note('too many', `${one.name}: ${one.most} in 10 s`);
    const silent = most.filter((one) => one.most === 0);
    for (const one of silent) note('none', one.name);
    const plain = most.filter(({ name }) => allowed(name) === 1);
    // Below 20 s a phone cannot keep itself reachable with one REGISTER in 10 s, and the person is told.
    const brief = stage.filter(({ name }) => /^(contact|header) (1|2|5|9|19)$/.test(name));
    const unsaid = brief.filter(({ phone }) => {
      return !phone.states.some((state) => state.name === 'available' && state.caution !== undefined);
    });
    for (const { name } of unsaid) note('not said', name);
    measure({ name: 'registrar_answers_unsaid', value: unsaid.length, unit: `of ${brief.length} below 20 s` });
    measure({ name: 'registrar_answers_cases', value: cases.length, unit: `for ${seconds} s` });
    measure({ name: 'registrar_answers_most', value: Math.max(...plain.map((one) => one.most)), unit: 'in 10 s' });
    measure({ name: 'registrar_answers_over', value: over.length + silent.length, unit: `of ${cases.length}` });
  } finally {
    await Promise.all(stage.map(({ phone }) => phone.close()));
    for (const { server } of stage) server.close();
  }
};
