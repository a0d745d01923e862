// Accounts: settings, vault and SIP registration joined; what the window sees of them.
import { randomUUID } from 'node:crypto';
import {
  accountDefaults,
  ProblemError,
  type AccountConfig,
  type AccountDraft,
  type AccountState,
  type IceServer,
  type RegistrationState,
  type Vault,
} from '../../contract/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Sip, SipAccount } from '../sip/index.ts';

export interface AccountsOptions {
  settings: Settings;
  vault: Vault;
  sip: Sip;
  changed(): void;
}

/** The vault's name for an account's password. */
export function passwordKey(accountId: string): string {
  return `account:${accountId}`;
}

/** The vault's name for the password of an account's TURN server. */
export function turnPasswordKey(accountId: string): string {
  return `turn:${accountId}`;
}

/** All accounts, their state, and the few things that are done to them. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #registrations = new Map<string, RegistrationState>();
  readonly #passwords = new Set<string>();
  /** Not kept: the practice account, whose port is new each time. */
  #passing: AccountConfig | null = null;
  #passingPassword: string | null = null;

  #removed: { config: AccountConfig; password: string | null; turnPassword: string | null } | null = null;

  constructor(options: AccountsOptions) {
    this.#options = options;
    options.sip.listen({
      registration: (accountId, state) => {
        this.#registrations.set(accountId, state);
        options.changed();
      },
      incoming: () => {},
    });
  }

  get configs(): AccountConfig[] {
    const kept = this.#options.settings.accounts;
    return this.#passing ? [...kept, this.#passing] : [...kept];
  }

  get states(): AccountState[] {
    return this.configs.map((config) => ({
      config,
      hasPassword: this.#passwords.has(config.id) || config === this.#passing,
      registration: config.enabled
        ? (this.#registrations.get(config.id) ?? { name: 'connecting' })
        : { name: 'disabled' },
    }));
  }

  find(accountId: string): AccountConfig | undefined {
    return this.configs.find((account) => account.id === accountId);
  }

  /** The account a new call uses: asked for, preferred, first that is available, first. */
  choose(asked: string | undefined, preferred: string | null): AccountConfig | undefined {
    const usable = this.configs.filter((account) => account.enabled);
    return (
      usable.find((account) => account.id === asked) ??
      usable.find((account) => account.id === preferred) ??
      usable.find((account) => this.#registrations.get(account.id)?.name === 'available') ??
      usable[0]
    );
  }

  /** Registers every account; the passwords are asked for only when a challenge comes. */
  start(): void {
    for (const account of this.configs) this.#register(account);
    void this.#lookForPasswords();
  }

  async password(accountId: string): Promise<string | null> {
    if (this.#passing?.id === accountId) return this.#passingPassword;
    return this.#options.vault.get(passwordKey(accountId));
  }

  /** STUN and TURN for a WebRTC call of this account. */
  async iceServers({ id, stunServer, turnServer }: AccountConfig): Promise<IceServer[]> {
    const servers: IceServer[] = [];
    if (stunServer) servers.push({ urls: `stun:${stunServer}` });
    if (turnServer) {
      const { server, transport, user } = turnServer;
      // RFC 7065: turns: is TURN over TLS.
      const urls = transport === 'tls' ? `turns:${server}?transport=tcp` : `turn:${server}?transport=${transport}`;
      const credential = (await this.#options.vault.get(turnPasswordKey(id))) ?? '';
      servers.push({ urls, username: user, credential });
    }
    return servers;
  }

  /** Saves what the form sent; returns the account's id. ProblemError names the field. */
  async save(draft: AccountDraft): Promise<string> {
    const { password, turnPassword, ...given } = draft;
    const known = given.id === undefined ? undefined : this.find(given.id);
    const id = given.id ?? randomUUID();
    const config: AccountConfig = {
      ...accountDefaults,
      label: given.address,
      ...known,
      ...given,
      id,
    };
    if (!known && password === undefined && !this.#passwords.has(id)) {
      throw new ProblemError({
        code: 'password-missing',
        message: 'Type the password of this account. Your administrator gave it to you with the address.',
        field: 'password',
      });
    }
    const newPassword = password !== undefined && password !== '';
    if (newPassword) {
      await this.#options.vault.set(passwordKey(id), password);
      this.#passwords.add(id);
    }
    if (turnPassword !== undefined && turnPassword !== '') {
      await this.#options.vault.set(turnPasswordKey(id), turnPassword);
    }
    await this.#options.settings.saveAccount(config);
    this.#register(config, { newPassword });
    this.#options.changed();
    return id;
  }

  /** Can be taken back by `restore` until the next removal or the end of the app. */
  async remove(accountId: string): Promise<void> {
    const { settings, vault } = this.#options;
    const config = this.find(accountId);
    const [password, turnPassword] = await Promise.all(
      [passwordKey(accountId), turnPasswordKey(accountId)].map((key) => vault.get(key)),
    );
    if (config) this.#removed = { config, password: password ?? null, turnPassword: turnPassword ?? null };
    await settings.removeAccount(accountId);
    await vault.delete(passwordKey(accountId));
    await vault.delete(turnPasswordKey(accountId));
    this.#passwords.delete(accountId);
    this.#options.changed();
    await this.#options.sip.removeAccount(accountId);
    this.#registrations.delete(accountId);
    this.#options.changed();
  }

  /** Brings the account back that was removed last. */
  async restore(accountId: string): Promise<void> {
    const removed = this.#removed;
    if (removed?.config.id !== accountId) {
      throw new ProblemError({
        code: 'account-gone-for-good',
        message: 'This account cannot be brought back any more. Add it again.',
      });
    }
    this.#removed = null;
    const { config, password, turnPassword } = removed;
    await this.save({ ...config, password: password ?? '', turnPassword: turnPassword ?? '' });
  }

  /** The practice account comes and goes with its exchange. */
  async setPassing(config: AccountConfig | null, password: string | null): Promise<void> {
    const old = this.#passing;
    this.#passing = config;
    this.#passingPassword = password;
    this.#options.changed();
    if (old) await this.#options.sip.removeAccount(old.id);
    if (config) this.#register(config);
  }

  #register(account: AccountConfig, how: { newPassword?: boolean } = {}): void {
    if (!account.enabled) {
      void this.#options.sip.removeAccount(account.id);
      this.#registrations.delete(account.id);
      return;
    }
    this.#options.sip.setAccount(sipAccount(account), how);
  }

  async #lookForPasswords(): Promise<void> {
    for (const { id } of this.#options.settings.accounts) {
      if ((await this.#options.vault.get(passwordKey(id)).catch(() => null)) !== null) this.#passwords.add(id);
    }
    this.#options.changed();
  }
}

/** What SIP needs of an account. */
export function sipAccount(account: AccountConfig): SipAccount {
  const at = account.address.lastIndexOf('@');
  const {
    id,
    displayName,
    authUser,
    server,
    transport,
    expires,
    caFile,
    allowDirect,
    allowWildcard,
    pinnedCertificate,
  } = account;
  return {
    id,
    displayName,
    user: account.address.slice(0, at),
    domain: account.address.slice(at + 1),
    transport,
    expires,
    ...(authUser ? { authUser } : {}),
    ...(server ? { server } : {}),
    ...(caFile ? { caFile } : {}),
    ...(allowDirect ? { allowDirect } : {}),
    ...(allowWildcard ? { allowWildcard } : {}),
    ...(pinnedCertificate ? { pinnedCertificate } : {}),
  };
}
