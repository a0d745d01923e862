// Forwarding of calls to another number.
import * as v from 'valibot';

export const forwardKindSchema = v.picklist(['always', 'busy', 'no-answer']);
/** Which calls go on. */
export type ForwardKind = v.InferOutput<typeof forwardKindSchema>;

/** Why a call went on, in the words of RFC 5806. */
export type ForwardReason = 'unconditional' | 'user-busy' | 'no-answer' | 'do-not-disturb';

const code = v.pipe(v.string(), v.trim(), v.regex(/^[0-9*#{}a-z]{1,64}$/));

/** What to dial so that the server forwards; `{number}` stands for the number. */
export const forwardCodesSchema = v.object({
  always: v.object({ on: code, off: code }),
  busy: v.object({ on: code, off: code }),
  'no-answer': v.object({ on: code, off: code }),
});
export type ForwardCodes = v.InferOutput<typeof forwardCodesSchema>;

/** Those of public networks in Europe (ETSI ETS 300 738), which many companies' servers take too. */
export const usualForwardCodes: ForwardCodes = {
  always: { on: '*21*{number}#', off: '#21#' },
  busy: { on: '*67*{number}#', off: '#67#' },
  'no-answer': { on: '*61*{number}#', off: '#61#' },
};

/** A forwarding that is on: the one that takes the most calls. */
export interface Forwarded {
  kind: ForwardKind;
  number: string;
}

export interface ForwardPreferences {
  forwardAlways?: string | undefined;
  forwardBusy?: string | undefined;
  forwardNoAnswer?: string | undefined;
}

/** Where each kind is kept. */
export const forwardPreference = {
  always: 'forwardAlways',
  busy: 'forwardBusy',
  'no-answer': 'forwardNoAnswer',
} as const satisfies Record<ForwardKind, keyof ForwardPreferences>;

/** What the person should see of forwarding; null: none is on. */
export function forwardedNow({ forwardAlways, forwardBusy, forwardNoAnswer }: ForwardPreferences): Forwarded | null {
  if (forwardAlways !== undefined) return { kind: 'always', number: forwardAlways };
  if (forwardNoAnswer !== undefined) return { kind: 'no-answer', number: forwardNoAnswer };
  return forwardBusy === undefined ? null : { kind: 'busy', number: forwardBusy };
}
