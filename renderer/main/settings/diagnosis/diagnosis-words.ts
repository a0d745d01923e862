// What the lines of "Why can't I be called?" say, and what they come to.
import type { Check, CheckName, Diagnosis, Finding } from '../../../../contract/index.ts';
import { formatTime, language, problemText, t } from '../../../common/index.ts';

const names = {
  dns: 'dns',
  connection: 'connection',
  registration: 'registration',
  'way-back': 'wayBack',
  ringing: 'ringing',
  stun: 'stun',
  microphone: 'microphone',
  speaker: 'speaker',
  headset: 'headset',
  'pop-up': 'popUp',
} as const satisfies Record<CheckName, string>;

export function checkName(name: CheckName): string {
  return t(`diagnostics:check.${names[name]}`);
}

/** The sentence; times and dates in the person's own way. */
export function findingSentence({ code, values = {}, problem }: Finding): string {
  if (code === 'problem') return problem ? problemText(problem) : '';
  const { validUntil, until } = values;
  return t(`diagnostics:finding.${code}`, {
    ...noValues,
    ...values,
    ...(typeof validUntil === 'number' && { validUntil: date(validUntil) }),
    ...(typeof until === 'number' && { until: formatTime(until) }),
  });
}

/** Each sentence takes what it needs of these. */
const noValues = {
  address: '',
  answer: '',
  count: 0,
  device: '',
  issuer: '',
  minutes: 0,
  name: '',
  names: '',
  place: '',
  product: '',
  server: '',
  transport: '',
  until: '',
  validUntil: '',
  wanted: '',
};

function date(at: number): string {
  return Number.isNaN(at) ? '?' : new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(at);
}

export type Verdict = { kind: 'running' | 'reached' | 'but' | 'some' | 'not'; count: number };

/** What it all comes to; lines that only could not be looked at do not count. */
export function verdict({ checks, endedAt }: Diagnosis): Verdict {
  if (endedAt === null) return { kind: 'running', count: checks.filter(isOver).length };
  const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
  if (count('fault') > 0) {
    const isWhole = groups(checks).some(({ accountId, checks: own }) => accountId !== null && !own.some(isFault));
    const isHereToo = checks.some((check) => check.accountId === null && isFault(check));
    return { kind: isWhole && !isHereToo ? 'some' : 'not', count: count('fault') };
  }
  if (count('attention') > 0) return { kind: 'but', count: count('attention') };
  return { kind: 'reached', count: 0 };
}

function isFault({ state }: Check): boolean {
  return state === 'fault';
}

function isOver({ state }: Check): boolean {
  return state !== 'waiting' && state !== 'running';
}

/** Lines by account, in the order they came; those of the computer last, under null. */
export function groups(checks: readonly Check[]): { accountId: string | null; checks: Check[] }[] {
  const byAccount = new Map<string | null, Check[]>();
  for (const check of checks) byAccount.set(check.accountId, [...(byAccount.get(check.accountId) ?? []), check]);
  return [...byAccount].map(([accountId, own]) => ({ accountId, checks: own }));
}
