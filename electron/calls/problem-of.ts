// The sentence in an error.
import { ProblemError, type Problem } from '../../contract/index.ts';

/** The sentence in an error, or a general one with the error as detail. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    code: 'internal',
    message: 'Something went wrong inside Hookswitch. Try again; if it stays, send the log to your administrator.',
    detail: String(error),
  };
}
