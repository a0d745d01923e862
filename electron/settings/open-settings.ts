// Opens settings.json and keeps it: read once, written whole after each change. Passwords are in the vault, never here.
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import {
  accountConfigSchema,
  directoryServerSchema,
  preferencesSchema,
  ProblemError,
  type AccountConfig,
  type DirectoryServer,
  type Preferences,
  type Problem,
} from '../../contract/index.ts';
import { setAside } from '../store/index.ts';
import { complaints } from './issues.ts';
import { emptyDocument, formatDocument, parseDocument, type SettingsDocument } from './settings-document.ts';
import type { OpenSettings, Settings } from './types.ts';
import { errorCode, writeAtomically } from './write-atomically.ts';

interface Found {
  document: SettingsDocument;
  recovered: Problem | null;
  /** False when the file could be neither read nor moved: writing would destroy it. */
  writable: boolean;
  /** Something is new: the installation's id, or a file in the place of a damaged one. */
  changed: boolean;
}

/**
 * Reads the settings, or starts with the defaults. A damaged file is kept as settings.json.damaged-DATE, and what can
 * be read of it is taken over; `recovered` says so. Never rejects: a phone without settings is still a phone.
 */
export const openSettings: OpenSettings = async ({ directory, log }) => {
  const file = join(directory, 'settings.json');
  const found = await find(file);
  const settings = new KeptSettings(file, found);
  if (found.recovered) log.warn('The settings were recovered.', { problem: found.recovered });
  if (found.changed) {
    await mkdir(directory, { recursive: true })
      .then(() => settings.write())
      .catch((error: unknown) => log.error('The settings could not be written.', { error }));
  }
  return settings;
};

async function find(file: string): Promise<Found> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return { document: emptyDocument(), recovered: null, writable: true, changed: true };
    }
    return startAfresh(file, emptyDocument(), error);
  }
  try {
    const { document, damaged } = parseDocument(text);
    if (damaged.length > 0) return startAfresh(file, document, new Error(damaged.join(', ')), damaged);
    return { document, recovered: null, writable: true, changed: document.raw['instanceId'] !== document.instanceId };
  } catch (error) {
    return startAfresh(file, emptyDocument(), error);
  }
}

/** Puts the file aside; `damaged` names the fields when the rest could be read. */
function startAfresh(file: string, document: SettingsDocument, cause: unknown, damaged: string[] = []): Found {
  const detail = cause instanceof Error ? cause.message : String(cause);
  try {
    const aside = setAside(file, new Date());
    const what =
      damaged.length > 0
        ? `Part of the settings could not be read (${damaged.join(', ')}) and was reset.`
        : 'The settings were damaged, so Hookswitch starts with new ones.';
    const message = `${what} The old file was kept as ${basename(aside)}.`;
    return {
      document,
      recovered: { code: 'settings-damaged', message, detail: `${aside}: ${detail}` },
      writable: true,
      changed: true,
    };
  } catch (error) {
    const message = `The settings in ${basename(file)} can be neither read nor moved. Until that is mended, what you change is kept only until you quit.`;
    const moving = error instanceof Error ? error.message : String(error);
    return {
      document,
      recovered: { code: 'settings-unreadable', message, detail: `${file}: ${detail}; ${moving}` },
      writable: false,
      changed: false,
    };
  }
}

class KeptSettings implements Settings {
  readonly recovered: Problem | null;
  readonly #file: string;
  readonly #writable: boolean;
  #document: SettingsDocument;
  /** One change after the other; never rejects. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(file: string, { document, recovered, writable }: Found) {
    this.#file = file;
    this.#document = document;
    this.recovered = recovered;
    this.#writable = writable;
  }

  get accounts(): readonly AccountConfig[] {
    return this.#document.accounts;
  }

  get servers(): readonly DirectoryServer[] {
    return this.#document.servers;
  }

  get preferences(): Preferences {
    return this.#document.preferences;
  }

  get instanceId(): string {
    return this.#document.instanceId;
  }

  async saveAccount(account: AccountConfig): Promise<void> {
    const valid = check(accountConfigSchema, account, 'account-invalid');
    await this.#changeAccounts((accounts) =>
      accounts.some(({ id }) => id === valid.id)
        ? accounts.map((known) => (known.id === valid.id ? valid : known))
        : [...accounts, valid],
    );
  }

  async saveServer(server: DirectoryServer): Promise<void> {
    const valid = check(directoryServerSchema, server, 'server-invalid');
    await this.#changeServers((servers) =>
      servers.some(({ id }) => id === valid.id)
        ? servers.map((known) => (known.id === valid.id ? valid : known))
        : [...servers, valid],
    );
  }

  async removeServer(serverId: string): Promise<void> {
    await this.#changeServers((servers) => servers.filter(({ id }) => id !== serverId));
  }

  async removeAccount(accountId: string): Promise<void> {
    await this.#changeAccounts((accounts) => accounts.filter(({ id }) => id !== accountId));
  }

  /** Holds at once, and until the end of this run even where it cannot be saved. */
  async setPreferences(changes: Partial<Preferences>): Promise<void> {
    const preferences = check(preferencesSchema, { ...this.preferences, ...changes }, 'preferences-invalid');
    this.#document = { ...this.#document, preferences };
    await this.#inTurn(() => this.write());
  }

  /** Writes what is known now. ProblemError when the disk refuses. */
  async write(document = this.#document): Promise<void> {
    if (!this.#writable) throw notSaved(null, 'The old settings can be neither read nor moved.');
    try {
      await writeAtomically(this.#file, formatDocument(document));
    } catch (error) {
      throw notSaved(errorCode(error), error);
    }
  }

  /** An account that could not be written is not there: its form stays open, and says why. */
  async #changeAccounts(change: (accounts: readonly AccountConfig[]) => AccountConfig[]): Promise<void> {
    await this.#inTurn(async () => {
      const accounts = change(this.accounts);
      await this.write({ ...this.#document, accounts });
      this.#document = { ...this.#document, accounts };
    });
  }

  async #changeServers(change: (servers: readonly DirectoryServer[]) => DirectoryServer[]): Promise<void> {
    await this.#inTurn(async () => {
      const servers = change(this.servers);
      await this.write({ ...this.#document, servers });
      this.#document = { ...this.#document, servers };
    });
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {}); // told to whoever asked for it
    await mine;
  }
}

function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, code: string): T {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [first] = complaints(parsed.issues);
  throw new ProblemError({ code, message: first?.sentence ?? 'This cannot be saved.', field: first?.field ?? '' });
}

function notSaved(code: string | null, cause: unknown): ProblemError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = 'The disk is full, so the settings were not saved. Free some space and try again.';
    return new ProblemError({ code: 'disk-full', message, detail }, { cause });
  }
  const message =
    'The settings were not saved: their folder cannot be written. Check that the disk is not read-only, then try again.';
  return new ProblemError({ code: 'settings-not-saved', message, detail }, { cause });
}
