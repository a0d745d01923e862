// The settings room's door: accounts and preferences in settings.json, secrets in the vault, provisioning files.
import type { AccountConfig, Logger, PersonDraft, Preferences, Problem } from '../../contract/index.ts';

/** Secrets. desktop/vault.ts makes it on Electron's safeStorage; tests make one in memory. */
export interface Vault {
  get(key: string): Promise<string | null>;
  set(key: string, secret: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** False where the system offers no keychain. */
  readonly protected: boolean;
}

export interface Settings {
  readonly accounts: readonly AccountConfig[];
  readonly preferences: Preferences;
  /** UUID of this installation, made once (RFC 5626). */
  readonly instanceId: string;
  /** A corrupt settings file was put aside: what and where. */
  readonly recovered: Problem | null;
  /** Adds or replaces by id. */
  saveAccount(account: AccountConfig): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  setPreferences(changes: Partial<Preferences>): Promise<void>;
}

export interface SettingsOptions {
  /** Folder of settings.json. */
  directory: string;
  log: Logger;
}

export type OpenSettings = (options: SettingsOptions) => Promise<Settings>;

export interface Provisioned {
  accounts: { config: AccountConfig; password?: string }[];
  contacts: PersonDraft[];
}

/** Reads a provisioning file. ProblemError names file and field: `accounts[0].address`. */
export type ReadProvisioning = (file: string) => Promise<Provisioned>;
