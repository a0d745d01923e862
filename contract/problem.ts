// A problem: what went wrong, in a sentence a person can act on, and a code that tests and translations go by.
import * as v from 'valibot';

export const problemSchema = v.object({
  /** Stable kebab-case name, such as `password-not-accepted`. */
  code: v.string(),
  /** One or two English sentences: what happened and what to do. */
  message: v.string(),
  /** The form field or file field it is about, where there is one: `address`, `accounts[1].password`. */
  field: v.optional(v.string()),
  /** What the sentence names and every language has to: `{ address: 'https://dav.company.com' }`. */
  values: v.optional(v.record(v.string(), v.string())),
  /** For "details" and support, such as `403 Forbidden`. Never shown alone. */
  detail: v.optional(v.string()),
});

export type Problem = v.InferOutput<typeof problemSchema>;

/** An error that carries a {@link Problem}. Every room throws this for what a person can act on. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The result of a command or query across a process border. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };
