// The SIP room: accounts on one transaction floor, and who a request from the network is for.
import { isDeepStrictEqual } from 'node:util';
import { ProblemError } from '../../contract/index.ts';
import { Account } from './account.ts';
import { answerOutsideDialog, refuseUnfit, targetUri } from './dialog/index.ts';
import { EventBook, isEventMethod } from './events/index.ts';
import { ResolveError, type Flow } from './net/index.ts';
import { connectionProblem } from './problems.ts';
import { serverOf } from './server.ts';
import { createTransactionLayer, type ServerTransaction } from './transaction/index.ts';
import type { CreateSip, SipAccount, SipListener } from './types.ts';
import { createResponse, parseHostPort, parseUri, tagOf, type SipRequest } from './wire/index.ts';

/** Longest wait for servers when we leave, ms. */
const PATIENCE_AT_END = 2000;

/** One change of network comes as several events: wake, unlock, an address gone, an address new. They are waited for, ms. */
const SETTLING = 300;

export const createSip: CreateSip = (options) => {
  const log = options.log.child('sip');
  const { clock } = options;
  const accounts = new Map<string, Account>();
  /** Accounts that were replaced or removed, and still have calls. */
  const retired = new Set<Account>();
  const changing = new Map<string, Promise<void>>();
  const listeners = new Set<SipListener>();
  const book = new EventBook();
  /** Questions of our own that are to come back, by Call-ID. */
  const expected = new Map<string, () => void>();
  let woke = false;
  let closing: Promise<void> | null = null;
  let cancelChange = (): void => {};

  const layer = createTransactionLayer({
    clock,
    log,
    trace: options.trace,
    ...(options.dnsServers === undefined ? {} : { dnsServers: options.dnsServers }),
    admission: { isTrusted: isServer, admits },
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

  /** Does one of our servers live at this address? */
  function isServer(address: string): boolean {
    return everyAccount().some(
      ({ registration }) =>
        registration.flow?.remote.address === address || registration.targets.some(({ host }) => host === address),
    );
  }

  /**
   * Our servers may ask anything; the other phone of a call, within the call; anybody else nothing, except to call an
   * account that allows direct calls. Those who are not admitted get no answer at all.
   */
  function admits(request: SipRequest, flow: Flow): boolean {
    if (accountFor(request, flow) !== undefined) return true;
    if (tagOf(request.headers.get('To')) !== undefined) {
      if (dialogOwner(request) !== undefined || eventsOwner(request) !== undefined) return true;
      return everyAccount().some(({ registration }) => registration.isOwn(flow));
    }
    return directAccount(request) !== undefined;
  }

  function directAccount(request: SipRequest): Account | undefined {
    return [...accounts.values()].find((account) => account.mayBeCalledDirectly(request));
  }

  function dialogOwner(request: SipRequest): Account | undefined {
    return everyAccount().find((account) => account.core.hasDialog(request));
  }

  /** Whose subscription or publication this request within its dialog belongs to; a notifier may send it straight to us. */
  function eventsOwner(request: SipRequest): Account | undefined {
    return everyAccount().find(({ events }) => events.owns(request));
  }

  function receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (tagOf(request.headers.get('To')) !== undefined) {
      // A dialog's tags are as good as a password, and its requests may come straight from the other phone.
      const owner = dialogOwner(request);
      const watcher = owner === undefined ? eventsOwner(request) : undefined;
      if (owner !== undefined && request.method === 'REFER' && owner.isDirect(request)) {
        transaction.respond(createResponse(403));
      } else if (owner !== undefined) owner.receive(transaction);
      else if (watcher !== undefined) watcher.events.receive(transaction);
      // RFC 3261 8.2.2.1 comes before 12.2.2: what is meant for another host is not found here.
      else transaction.respond(createResponse(isAtHome(request, transaction.flow) ? 481 : 404));
      return;
    }
    const account = accountFor(request, transaction.flow) ?? directAccount(request);
    // It was there when the request was admitted.
    if (account === undefined) return;
    expected.get(request.headers.get('Call-ID') ?? '')?.();
    const refusal = refuseUnfit(request);
    if (refusal !== null) transaction.respond(refusal);
    else if (request.method === 'INVITE') account.receive(transaction);
    else if (isEventMethod(request.method)) account.events.receive(transaction);
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

  /** Its Request-URI names a domain of ours, or this machine: it could be for a dialog that we had. */
  function isAtHome(request: SipRequest, flow: Flow): boolean {
    const host = parseUri(request.uri)?.host.toLowerCase();
    if (host === undefined || host === '') return true;
    const homes = everyAccount().map(({ config }) => config.domain.toLowerCase());
    return homes.includes(host) || host === flow.local.address || host === parseHostPort(flow.sentBy)?.host;
  }

  function create(config: SipAccount): Account {
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
      message() {
        const readers = [...listeners].filter((listener) => listener.message !== undefined);
        if (readers.length === 0) return null;
        return (message) => {
          for (const reader of readers) reader.message?.(message);
        };
      },
      summary(summary) {
        for (const listener of listeners) listener.messageSummary?.(config.id, summary);
      },
    });
    return account;
  }

  /** The account's calls go on; all else of it ends, with `leave`. */
  function retire(account: Account): void {
    for (const old of retired) {
      if (old.busy) continue;
      old.core.dispose();
      retired.delete(old);
    }
    retired.add(account);
  }

  // Side by side: both are bounded by 2 s, and who leaves has no time for one after the other.
  async function leave(account: Account): Promise<void> {
    await Promise.all([book.detach(account.config.id), account.registration.close()]);
  }

  /**
   * The account of this id is another one from now on (null: none); it registers when the one before has taken its contact
   * back, since a late un-REGISTER would take the new registration away.
   */
  function put(accountId: string, config: SipAccount | null): Promise<void> {
    const old = accounts.get(accountId);
    const isFirst = old === undefined && !changing.has(accountId);
    accounts.delete(accountId);
    if (old !== undefined) retire(old);
    const account = config === null ? null : create(config);
    if (account !== null) accounts.set(accountId, account);
    const begin = (): void => {
      // Another change may have come meanwhile.
      if (account === null || accounts.get(accountId) !== account) return;
      book.attach(accountId, account.events);
      account.registration.start();
    };
    if (isFirst) {
      begin();
      return Promise.resolve();
    }
    if (account !== null) {
      for (const listener of listeners) listener.registration(accountId, { name: 'connecting' });
    }
    const before = changing.get(accountId) ?? Promise.resolve();
    const after = before
      .then(async () => {
        if (old !== undefined) await leave(old);
        begin();
      })
      .catch((error: unknown) => log.error('account', { error: String(error) }));
    changing.set(accountId, after);
    return after;
  }

  function lookAtNetwork(): void {
    const cause = woke;
    woke = false;
    log.info('network', { woke: cause });
    layer.networkChanged();
    for (const account of accounts.values()) {
      if (cause) account.events.woke();
      account.registration
        .networkChanged(cause)
        .catch((error: unknown) => log.error('network', { error: String(error) }));
    }
  }

  async function closeAll(): Promise<void> {
    cancelChange();
    for (const account of everyAccount()) account.hangUpAll();
    for (const id of accounts.keys()) void put(id, null);
    const leaving = Promise.all(changing.values());
    await new Promise<void>((resolve) => {
      const cancel = clock.after(PATIENCE_AT_END, resolve);
      void leaving.then(() => {
        cancel();
        resolve();
      });
    });
    await layer.close();
    for (const account of everyAccount()) account.core.dispose();
  }

  function accountOrThrow(accountId: string): Account {
    const account = accounts.get(accountId);
    if (account !== undefined) return account;
    throw new ProblemError({ code: 'account-unknown', message: 'This account is not set up any more.' });
  }

  return {
    setAccount(config, { newPassword = false } = {}) {
      const account = accounts.get(config.id);
      if (account === undefined || !isDeepStrictEqual(account.config, config)) void put(config.id, config);
      else if (newPassword) account.registration.renew();
      else account.registration.retry();
    },
    removeAccount: (accountId) => put(accountId, null),
    retry(accountId) {
      for (const [id, account] of accounts)
        if (accountId === undefined || id === accountId) account.registration.retry();
    },
    networkChanged(cause = { woke: false }) {
      woke ||= cause.woke;
      cancelChange();
      cancelChange = clock.after(SETTLING, lookAtNetwork);
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
    examine: (accountId) =>
      accountOrThrow(accountId).examine({
        trace: options.trace,
        ...(options.dnsServers === undefined ? {} : { dnsServers: options.dnsServers }),
        expect(callId, arrived) {
          expected.set(callId, arrived);
          return () => expected.delete(callId);
        },
      }),
    subscribe(accountId, event, target, listener) {
      const uri = (domain: string, own: string): string => (target === '' ? own : targetUri(target, domain));
      const { config, events } = accountOrThrow(accountId);
      uri(config.domain, events.aor);
      const domainOf = (): string => accounts.get(accountId)?.config.domain ?? config.domain;
      return book.subscribe(accountId, event, (now) => uri(domainOf(), now.aor), listener);
    },
    publish(accountId, event, value) {
      accountOrThrow(accountId);
      return book.publish(accountId, event, value);
    },
    async message(accountId, target, text) {
      const { config, events } = accountOrThrow(accountId);
      return events.message(targetUri(target, config.domain), text);
    },
    async reportQuality(accountId, collector, report) {
      const { config, events } = accountOrThrow(accountId);
      const uri = collector === null ? `sip:${config.domain}` : targetUri(collector, config.domain);
      return events.reportQuality(uri, report);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get counts() {
      const all = everyAccount();
      const sum = (count: (account: Account) => number): number => all.reduce((total, one) => total + count(one), 0);
      return {
        accounts: all.length,
        flows: layer.flows.length,
        sessions: sum(({ counts }) => counts.sessions),
        dialogs: sum(({ counts }) => counts.dialogs),
        clientTransactions: layer.counts.client,
        serverTransactions: layer.counts.server,
      };
    },
    close: () => (closing ??= closeAll()),
  };
};
