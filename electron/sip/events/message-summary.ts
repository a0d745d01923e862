// simple-message-summary (RFC 3842 5.2): lines of text that say what waits in a mailbox.
import type { MessageCount, MessageSummary } from './types.ts';

const MAX_LINES = 100;
const MAX_COUNT = 999_999;

/** Reads the body of a message-summary NOTIFY; null when it does not say whether messages wait. */
export function readMessageSummary(body: Buffer): MessageSummary | null {
  let waiting: boolean | null = null;
  let account: string | undefined;
  const messages = new Map<string, MessageCount>();
  for (const line of body.toString('utf8').split(/\r?\n/).slice(0, MAX_LINES)) {
    // What follows the first empty line are headers of single messages (RFC 3842 5.2 opt-msg-headers): not for us.
    if (line.trim() === '' && waiting !== null) break;
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'messages-waiting') waiting = value.toLowerCase() === 'yes';
    else if (name === 'message-account') account = value;
    else {
      const count = readCount(value);
      if (count !== null) messages.set(name, count);
    }
  }
  if (waiting === null) return null;
  return { waiting, messages, ...(account === undefined || account === '' ? {} : { account }) };
}

/** `2/8 (0/2)`: new/old (urgent new/old). */
function readCount(text: string): MessageCount | null {
  const match = /^(\d{1,9})\s*\/\s*(\d{1,9})(?:\s*\(\s*(\d{1,9})\s*\/\s*(\d{1,9})\s*\))?/.exec(text);
  if (match === null) return null;
  const [, fresh, old, newUrgent = '0', oldUrgent = '0'] = match;
  const number = (digits: string | undefined): number => Math.min(Number(digits), MAX_COUNT);
  return { new: number(fresh), old: number(old), newUrgent: number(newUrgent), oldUrgent: number(oldUrgent) };
}
