// A promise that does not wait for ever.
import { problems } from './problems.ts';

/** How long the engine or the media window may take, ms: their restart is within. */
const patience = 5000;

/** Rejects with ProblemError `media-unresponsive` when `what` took longer than 5 s. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(problems.unresponsive(what)), patience);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
