// Text messages (SIP MESSAGE, RFC 3428), in conversations by number.
import * as v from 'valibot';

/** `accepted`: a server keeps it for them. `received`: theirs. */
export const messageStateSchema = v.picklist(['sending', 'delivered', 'accepted', 'failed', 'received']);
export type MessageState = v.InferOutput<typeof messageStateSchema>;

/** Longest text that is kept, UTF-16 units; SIP itself carries less (RFC 3428 8). */
export const longestMessage = 8000;

export interface TextMessage {
  id: string;
  accountId: string;
  /** The other side, as it is dialled: number or user@domain. All with one number are a conversation. */
  number: string;
  /** From the directory, or as the other side gave it. */
  name?: string;
  /** Made harmless; still a stranger's text: show it as text. */
  text: string;
  /** Milliseconds since the epoch. */
  at: number;
  state: MessageState;
  /** Why it failed, a sentence. */
  reason?: string;
  /** False for one of theirs that nobody has looked at. */
  seen: boolean;
}

export interface Conversation {
  /** Its newest message. */
  last: TextMessage;
  unread: number;
}
