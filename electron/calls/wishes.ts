// Wishes of the other side that we call somebody: a transfer (REFER, RFC 3515) or a redirection (3xx, RFC 3261 8.1.3.4). A person decides.
import type { AccountConfig } from '../../contract/index.ts';
import type { OutgoingSession, ReferProgress, ReferRequest } from '../sip/index.ts';
import { partyOf } from './party.ts';
import type { CallDesk } from './transfers.ts';

type Wish = { refer: ReferRequest } | { redirectedFrom: OutgoingSession };

export class Wishes {
  readonly #desk: CallDesk;
  readonly #account: (accountId: string) => AccountConfig | undefined;
  readonly #open = new Map<string, Wish>();
  /** New calls whose progress somebody waits for, by their id. */
  readonly #reports = new Map<string, { progress: ReferProgress; from: string }>();

  constructor(desk: CallDesk, account: (accountId: string) => AccountConfig | undefined) {
    this.#desk = desk;
    this.#account = account;
  }

  /** The other side of this call asks us to call somebody. Another wish while one is open is refused. */
  asked(callId: string, refer: ReferRequest): void {
    if (this.#open.has(callId)) return refer.refuse();
    this.#show(callId, refer.target, { refer });
  }

  /** The call was sent on to another address. */
  redirected(callId: string, redirectedFrom: OutgoingSession, target: string): void {
    this.#show(callId, target, { redirectedFrom });
  }

  /** What the person said. Returns the id of the new call, if there is one. */
  answer(callId: string, yes: boolean): string | null {
    const wish = this.#open.get(callId);
    const call = this.#desk.view(callId);
    if (!wish || !call?.wish) return null;
    this.#open.delete(callId);
    this.#desk.event(callId, { type: 'wish', wish: null });
    const { to } = call.wish;
    if ('redirectedFrom' in wish) {
      return yes ? this.#desk.place(call.accountId, to, { redirectedFrom: wish.redirectedFrom }) : null;
    }
    const { refer } = wish;
    if (!yes) {
      refer.refuse();
      return null;
    }
    const progress = refer.accept();
    const { replaces, referredBy } = refer;
    const id = this.#desk.place(call.accountId, to, {
      ...(replaces === undefined ? {} : { replaces }),
      ...(referredBy === undefined ? {} : { referredBy }),
    });
    this.#reports.set(id, { progress, from: callId });
    return id;
  }

  /** Whether this call waits for a person's word, and must stay in sight. */
  isOpen(callId: string): boolean {
    return this.#open.has(callId);
  }

  /** A call ended: nobody waits for an answer to a transfer any more. */
  callEnded(callId: string): void {
    const wish = this.#open.get(callId);
    if (wish && 'refer' in wish) {
      wish.refer.refuse();
      this.#open.delete(callId);
      this.#desk.event(callId, { type: 'wish', wish: null });
    }
  }

  /** The new call's status, told to whoever sent us there; where it failed, the first call goes on. */
  status(callId: string, status: number): void {
    const report = this.#reports.get(callId);
    if (!report) return;
    report.progress.report(status);
    if (status < 200) return;
    this.#reports.delete(callId);
    if (status >= 300) this.#desk.hold(report.from, false);
  }

  #show(callId: string, target: string, wish: Wish): void {
    const call = this.#desk.view(callId);
    if (!call) return;
    this.#open.set(callId, wish);
    const to = partyOf(target, undefined, this.#account(call.accountId));
    const name = 'refer' in wish ? 'transfer' : 'redirect';
    this.#desk.event(callId, { type: 'wish', wish: { name, to } });
  }
}
