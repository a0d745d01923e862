// Forwarding: whether a call goes on to another number, at once or after nobody answered. The phone answers 302 (RFC 3261 21.3.3).
import type { ForwardKind, ForwardReason } from '../../contract/index.ts';

export interface ForwardTarget {
  /** What a person would dial. */
  number: string;
  uri: string;
}

/** Where calls of an account go on to. */
export interface Forwarding {
  targets: Partial<Record<ForwardKind, ForwardTarget>>;
  /** How long it rings here before "no answer", ms. */
  noAnswerAfter: number;
}

export const noForwarding: Forwarding = { targets: {}, noAnswerAfter: 20_000 };

export interface Forward {
  to: ForwardTarget;
  reason: ForwardReason;
}

/** Why a call that comes in cannot ring: another device is to ring, Do not disturb, a call is on already. */
export type Hindrance = 'rings-elsewhere' | 'do-not-disturb' | 'busy';

/** Where a call goes that has just come; null: it rings here, or is refused. */
export function forwardAtOnce({ targets }: Forwarding, hindrance: Hindrance | null): Forward | null {
  // Who lets another device ring leaves it to that one to forward.
  if (hindrance === 'rings-elsewhere') return null;
  if (targets.always) return { to: targets.always, reason: 'unconditional' };
  if (!targets.busy || hindrance === null) return null;
  return { to: targets.busy, reason: hindrance === 'busy' ? 'user-busy' : 'do-not-disturb' };
}

/** Where a call goes that rang here, and after how many ms; null: it rings on. */
export function forwardLater({ targets, noAnswerAfter }: Forwarding): (Forward & { after: number }) | null {
  return targets['no-answer'] ? { to: targets['no-answer'], reason: 'no-answer', after: noAnswerAfter } : null;
}

/** A code of the server with the number in it: `*21*{number}#`. A code without a place for it gets it at its end. */
export function featureCode(code: string, number: string): string {
  const dialled = number.replaceAll(/[\s()./-]/g, '');
  return code.includes('{number}') ? code.replaceAll('{number}', dialled) : `${code}${dialled}`;
}
