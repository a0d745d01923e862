// The settings room's door: accounts and preferences in settings.json, secrets in the vault, provisioning files.
import type {
  AccountConfig,
  DirectoryServer,
  DirectoryServerDraft,
  Logger,
  PersonDraft,
  Preferences,
  Problem,
} from '../../contract/index.ts';

export interface Settings {
  readonly accounts: readonly AccountConfig[];
  readonly preferences: Preferences;
  /** Servers with people on them. */
  readonly servers: readonly DirectoryServer[];
  /** UUID of this installation, made once (RFC 5626). */
  readonly instanceId: string;
  /** A corrupt settings file was put aside: what and where. */
  readonly recovered: Problem | null;
  /** Adds or replaces by id. */
  saveAccount(account: AccountConfig): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  /** Adds or replaces by id. */
  saveServer(server: DirectoryServer): Promise<void>;
  removeServer(serverId: string): Promise<void>;
  setPreferences(changes: Partial<Preferences>): Promise<void>;
}

export interface SettingsOptions {
  /** Folder of settings.json. */
  directory: string;
  log: Logger;
}

export type OpenSettings = (options: SettingsOptions) => Promise<Settings>;

export interface Provisioned {
  accounts: { config: AccountConfig; password?: string; turnPassword?: string }[];
  directories: DirectoryServerDraft[];
  contacts: PersonDraft[];
  /** To be set, with the names of those that windows may not change then. */
  preferences: Partial<Preferences>;
}

/** Reads a provisioning file. ProblemError names file and field: `accounts[0].address`. */
export type ReadProvisioning = (file: string) => Promise<Provisioned>;
