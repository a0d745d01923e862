// Text messages: sent, received and kept; what became of each is always a state to show.
import { randomUUID } from 'node:crypto';
import {
  longestMessage,
  type AccountConfig,
  type Clock,
  type CommandResult,
  type Logger,
  type Party,
  type TextMessage,
} from '../../contract/index.ts';
import { partyOf, problemOf } from '../calls/index.ts';
import { harmless, harmlessText } from '../directory/index.ts';
import type { IncomingMessage, Sip } from '../sip/index.ts';
import type { Library } from '../store/index.ts';

export type TextLibrary = Pick<Library, 'addText' | 'textMessage' | 'markTextsSeen' | 'removeTexts' | 'unreadTexts'>;

export interface TextsOptions {
  sip: Pick<Sip, 'listen' | 'message'>;
  library: Promise<TextLibrary>;
  clock: Clock;
  log: Logger;
  account(accountId: string): AccountConfig | undefined;
  /** Who has this number in the directory. */
  identify(number: string): Promise<Partial<Party> | null>;
  /** On the block list: what they write is not kept. */
  isBlocked(number: string): boolean;
  changed(): void;
  background(work: Promise<unknown>): void;
}

export class Texts {
  readonly #options: TextsOptions;
  /** One write after the other: what became of a message must not be written before the message. */
  #writing: Promise<unknown> = Promise.resolve();
  #closing = false;
  unread = 0;
  revision = 0;

  constructor(options: TextsOptions) {
    this.#options = options;
    options.sip.listen({
      registration: () => {},
      incoming: () => {},
      message: (message) => options.background(this.#received(message)),
    });
  }

  async start(): Promise<void> {
    this.unread = await (await this.#options.library).unreadTexts();
    this.#options.changed();
  }

  /** Kept at once, as being sent; resolves then, with its id. What becomes of it shows in the conversation. */
  async send(accountId: string, party: Party, text: string): Promise<CommandResult> {
    const who = party.name === undefined ? await this.#options.identify(party.number) : party;
    const message: TextMessage = {
      id: randomUUID(),
      accountId,
      number: party.number,
      ...(who?.name === undefined ? {} : { name: who.name }),
      text: text.slice(0, longestMessage),
      at: this.#options.clock.now(),
      state: 'sending',
      seen: true,
    };
    await this.#write(message);
    this.#options.background(this.#deliver(message, party.uri));
    return { id: message.id };
  }

  /** Sends again what failed; anything else is left alone. `uriOf`: whom its number reaches. */
  async retry(messageId: string, uriOf: (message: TextMessage) => string): Promise<void> {
    const failed = await (await this.#options.library).textMessage(messageId);
    if (failed?.state !== 'failed') return;
    const { reason: _reason, ...rest } = failed;
    const again: TextMessage = { ...rest, at: this.#options.clock.now(), state: 'sending' };
    await this.#write(again);
    this.#options.background(this.#deliver(again, uriOf(again)));
  }

  async markSeen(number: string): Promise<void> {
    await (await this.#options.library).markTextsSeen(number);
    await this.#told();
  }

  async remove(number: string): Promise<void> {
    await (await this.#options.library).removeTexts(number);
    await this.#told();
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#writing.catch(() => {});
  }

  async #deliver(message: TextMessage, uri: string): Promise<void> {
    const { sip } = this.#options;
    try {
      const delivery = await sip.message(message.accountId, uri, message.text);
      if (delivery.name === 'failed')
        await this.#write({ ...message, state: 'failed', reason: delivery.cause.message });
      else await this.#write({ ...message, state: delivery.name });
    } catch (error) {
      await this.#write({ ...message, state: 'failed', reason: problemOf(error).message });
    }
  }

  async #received({ accountId, from, text, at }: IncomingMessage): Promise<void> {
    const said = harmlessText(text).slice(0, longestMessage);
    if (said === '') return;
    const { number } = partyOf(from.uri, undefined, this.#options.account(accountId));
    if (this.#options.isBlocked(number)) return;
    const who = await this.#options.identify(number);
    const name = who?.name ?? (from.displayName === undefined ? '' : harmless(from.displayName));
    await this.#write({
      id: randomUUID(),
      accountId,
      number: harmless(number),
      ...(name === '' ? {} : { name }),
      text: said,
      at,
      state: 'received',
      seen: false,
    });
  }

  #write(message: TextMessage): Promise<void> {
    const written = this.#writing
      .catch(() => {})
      .then(async () => (await this.#options.library).addText(message))
      .then(() => this.#told());
    this.#writing = written;
    return written;
  }

  async #told(): Promise<void> {
    if (this.#closing) return;
    this.unread = await (await this.#options.library).unreadTexts();
    this.revision += 1;
    this.#options.changed();
  }
}
