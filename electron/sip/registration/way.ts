// The way to an account's server: its addresses, as resolved last, and the flow that it knows us by.
import type { Flow, Target } from '../net/index.ts';
import { serverOf, targetsOf } from '../server.ts';
import type { TransactionLayer } from '../transaction/types.ts';
import type { SipAccount } from '../types.ts';
import { comesFrom, leadsTo } from './places.ts';

export class Way {
  /** Null while there is none. */
  flow: Flow | null = null;
  targets: readonly Target[] = [];
  private readonly account: SipAccount;
  private readonly layer: TransactionLayer;

  constructor(account: SipAccount, layer: TransactionLayer) {
    this.account = account;
    this.layer = layer;
  }

  /** The addresses in the order to try them: first the one that knows us. */
  get route(): readonly Target[] {
    const { flow } = this;
    const current = flow === null ? undefined : this.targets.find((target) => leadsTo(target, flow));
    return current === undefined ? this.targets : [current, ...this.targets.filter((target) => target !== current)];
  }

  /** {@link route}, looked up first where that was not done yet. Rejects with ResolveError. */
  async resolveRoute(): Promise<readonly Target[]> {
    if (this.targets.length === 0) this.targets = await targetsOf(this.account, this.layer);
    return this.route;
  }

  /** Addresses better than the one in use, best first. */
  get better(): readonly Target[] {
    const { flow } = this;
    const current = flow === null ? 0 : this.targets.findIndex((target) => leadsTo(target, flow));
    return this.targets.slice(0, Math.max(current, 0));
  }

  /** Is this flow one to our own server? Only there credentials may go, and only from there new calls may come. */
  isOwn(flow: Flow): boolean {
    return flow.id === this.flow?.id || this.targets.some((target) => comesFrom(target, flow));
  }

  /** As the person knows it. */
  get serverName(): string {
    try {
      return serverOf(this.account).host;
    } catch {
      return this.account.domain;
    }
  }
}
