// The SIP room: accounts on one transaction floor, and who a request from the network is for.
import { ProblemError } from '../../contract/index.ts';
import { Account } from './account.ts';
import { answerOutsideDialog, refuseUnfit, targetUri } from './dialog/index.ts';
import { ResolveError, type Flow } from './net/index.ts';
import { connectionProblem } from './problems.ts';
import { serverOf } from './server.ts';
import { createTransactionLayer, type ServerTransaction } from './transaction/index.ts';
import type { CreateSip, SipAccount, SipListener } from './types.ts';
import { createResponse, tagOf, type SipRequest } from './wire/index.ts';

/** Longest wait for servers when we leave, ms. */
const PATIENCE_AT_END = 2000;

export const createSip: CreateSip = (options) => {
  const log = options.log.child('sip');
  const { clock } = options;
  const accounts = new Map<string, Account>();
  /** Accounts that were replaced or removed, and still have calls. */
  const retired = new Set<Account>();
  const changing = new Map<string, Promise<void>>();
  const listeners = new Set<SipListener>();

  const layer = createTransactionLayer({
    clock,
    log,
    trace: options.trace,
    ...(options.dnsServers === undefined ? {} : { dnsServers: options.dnsServers }),
    accountOf: (flow) => everyAccount().find((account) => account.registration.isOwn(flow))?.config.id,
    listener: {
      request: receive,
      cancel(invite, cancel) {
        for (const account of everyAccount()) account.cancel(invite, cancel);
      },
      ack(ack) {
        dialogOwner(ack)?.core.acknowledge(ack);
      },
      ackTimeout(transaction) {
        log.info('a refusal was not acknowledged', { flow: transaction.flow.id });
      },
      flowClosed(flow) {
        for (const account of everyAccount()) account.registration.flowClosed(flow);
      },
    },
  });

  function everyAccount(): Account[] {
    return [...accounts.values(), ...retired];
  }

  function dialogOwner(request: SipRequest): Account | undefined {
    return everyAccount().find((account) => account.core.hasDialog(request));
  }

  function receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (tagOf(request.headers.get('To')) !== undefined) {
      // A dialog's tags are as good as a password, and its requests may come straight from the other phone.
      const owner = dialogOwner(request);
      if (owner === undefined) transaction.respond(createResponse(481));
      else owner.receive(transaction);
      return;
    }
    const account = accountFor(request, transaction.flow);
    if (account === undefined) {
      log.info('request from a stranger refused', { method: request.method, flow: transaction.flow.id });
      transaction.respond(createResponse(403));
      return;
    }
    const refusal = refuseUnfit(request);
    if (refusal !== null) transaction.respond(refusal);
    else if (request.method === 'INVITE') account.receive(transaction);
    else transaction.respond(answerOutsideDialog(request));
  }

  /** The account that a request outside a dialog is for: by our Contact, by its address, else any on that server. */
  function accountFor(request: SipRequest, flow: Flow): Account | undefined {
    const meant = [...accounts.values()].map((account) => ({ account, how: account.isMeant(request, flow) }));
    for (const how of ['contact', 'address', 'server'] as const) {
      const found = meant.find((one) => one.how === how);
      if (found !== undefined) return found.account;
    }
    return undefined;
  }

  function start(config: SipAccount): void {
    const account: Account = new Account({
      config,
      layer,
      clock,
      log,
      userAgent: options.userAgent,
      instanceId: options.instanceId,
      password: () => options.password(config.id),
      report(state) {
        if (accounts.get(config.id) !== account) return;
        for (const listener of listeners) listener.registration(config.id, state);
      },
      incoming(session) {
        for (const listener of listeners) listener.incoming(session);
      },
    });
    accounts.set(config.id, account);
    account.registration.start();
  }

  async function stop(accountId: string): Promise<void> {
    const account = accounts.get(accountId);
    if (account === undefined) return;
    accounts.delete(accountId);
    for (const old of retired) {
      if (old.busy) continue;
      old.core.dispose();
      retired.delete(old);
    }
    retired.add(account);
    await account.registration.close();
  }

  /** One change of an account after the other: a late un-REGISTER must not take the new registration away. */
  function change(accountId: string, run: () => Promise<void>): Promise<void> {
    const before = changing.get(accountId) ?? Promise.resolve();
    const after = before.then(run).catch((error: unknown) => log.error('account', { error: String(error) }));
    changing.set(accountId, after);
    return after;
  }

  function accountOrThrow(accountId: string): Account {
    const account = accounts.get(accountId);
    if (account !== undefined) return account;
    throw new ProblemError({ code: 'account-unknown', message: 'This account is not set up any more.' });
  }

  return {
    setAccount(config) {
      if (!accounts.has(config.id) && !changing.has(config.id)) {
        start(config);
        return;
      }
      void change(config.id, async () => {
        await stop(config.id);
        start(config);
      });
    },
    removeAccount: (accountId) => change(accountId, () => stop(accountId)),
    retry(accountId) {
      for (const [id, account] of accounts)
        if (accountId === undefined || id === accountId) account.registration.retry();
    },
    networkChanged() {
      layer.networkChanged();
      for (const account of accounts.values()) {
        account.registration.networkChanged().catch((error: unknown) => log.error('network', { error: String(error) }));
      }
    },
    async localAddress(accountId) {
      const account = accountOrThrow(accountId);
      try {
        return await account.localAddress();
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        const cause = error instanceof Error ? error : new Error(String(error));
        const reason = cause instanceof ResolveError ? 'resolve' : 'transport';
        throw new ProblemError(connectionProblem({ reason, error: cause }, serverOf(account.config).host), { cause });
      }
    },
    invite(accountId, target, sdp, inviteOptions) {
      const account = accountOrThrow(accountId);
      return account.invite(targetUri(target, account.config.domain), sdp, inviteOptions);
    },
    get counts() {
      const { client, server } = layer.counts;
      const counts = { transactions: client + server, dialogs: 0, sessions: 0 };
      for (const { counts: one } of everyAccount()) {
        counts.dialogs += one.dialogs;
        counts.sessions += one.sessions;
      }
      return counts;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      for (const account of everyAccount()) account.hangUpAll();
      const leaving = Promise.all([...accounts.keys()].map((id) => change(id, () => stop(id))));
      await new Promise<void>((resolve) => {
        const cancel = clock.after(PATIENCE_AT_END, resolve);
        void leaving.then(() => {
          cancel();
          resolve();
        });
      });
      await layer.close();
      for (const account of everyAccount()) account.core.dispose();
    },
  };
};
