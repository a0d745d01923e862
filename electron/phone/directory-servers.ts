// Servers with people on them: LDAP is asked while somebody types and when somebody calls, CardDAV is copied now and then.
// Each has a thread of its own, so that none waits for another and local people wait for none.
import * as v from 'valibot';
import {
  ProblemError,
  serverPersonPrefix,
  type CardDavServer,
  type Clock,
  type CommandResult,
  type DirectoryServer,
  type DirectoryServerDraft,
  type DirectoryServerState,
  type Logger,
  type Person,
  type Problem,
  type ServerPeople,
  type Vault,
} from '../../contract/index.ts';
import { problemOf } from '../calls/index.ts';
import { foundSchema, identifiedSchema, limits, ServerLink, syncedSchema, triedSchema } from '../directory/index.ts';
import type { Settings } from '../settings/index.ts';
import type { Library, WorkerLike } from '../store/index.ts';
import { NewestOnly } from './newest-only.ts';
import { ServerPersons } from './server-persons.ts';

export interface DirectoryServersOptions {
  settings: Settings;
  vault: Vault;
  library: Promise<Library>;
  /** `new Worker(dist/server.cjs)` in the app. */
  startWorker: () => WorkerLike;
  clock: Clock;
  log: Logger;
  /** Something that windows see is another. */
  changed(): void;
  /** People in the store are others. */
  directoryChanged(): void;
}

/** Between two copies of an address book, ms. */
const syncEvery = 30 * 60_000;
/** The first copy waits until the phone is registered and the window is there, ms. */
const firstSync = 3000;
/** A caller's name is worth this long a wait, ms; the ringing waits not at all. */
const identifyBudget = 2500;
/** What a thread gets beyond the server's own limit before it is ended, ms. */
const grace = 2000;
const mostFound = 50;
/** An answer that comes this long after the last one is worth telling, ms. */
const newsAfter = 60_000;
/** Sources of people that are not servers. */
const taken: readonly string[] = ['local', 'Company', 'Practice'];

interface Kept {
  link: ServerLink;
  searches: NewestOnly<string, ServerPeople>;
  busy: number;
  answeredAt: number | null;
  people: number | null;
  problem: Problem | null;
}

/** The vault's name for a directory server's password. */
export function serverPasswordKey(serverId: string): string {
  return `server:${serverId}`;
}

export class DirectoryServers {
  readonly #options: DirectoryServersOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #passwords = new Set<string>();
  readonly #persons = new ServerPersons();
  #cancelTimer: () => void = () => {};
  #isClosed = false;

  constructor(options: DirectoryServersOptions) {
    this.#options = options;
  }

  get states(): DirectoryServerState[] {
    return this.#options.settings.servers.map((config) => {
      const { busy, answeredAt, people, problem } = this.#keptOf(config.id);
      return {
        config,
        hasPassword: this.#passwords.has(config.id),
        isBusy: busy > 0,
        answeredAt,
        people: config.kind === 'carddav' ? people : null,
        problem,
      };
    });
  }

  /** Looks how the copies were doing, and begins to copy anew. */
  async start(): Promise<void> {
    const { settings, vault, clock } = this.#options;
    for (const { id } of settings.servers) {
      if ((await vault.get(serverPasswordKey(id)).catch(() => null)) !== null) this.#passwords.add(id);
    }
    await this.#readStates();
    this.#cancelTimer = clock.after(firstSync, () => this.#syncAll());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    for (const { link } of this.#kept.values()) link.close();
  }

  /** People on the servers that are asked live. Never rejects: what is wrong with a server is in its state. */
  async search(text: string): Promise<ServerPeople> {
    const asked = this.#options.settings.servers.filter((server) => server.kind === 'ldap');
    const found = await Promise.all(
      asked.map((server) =>
        this.#keptOf(server.id)
          .searches.ask(text)
          .catch((): ServerPeople => ({ rows: [], more: [] })),
      ),
    );
    return { rows: found.flatMap(({ rows }) => rows), more: found.flatMap(({ more }) => more) };
  }

  /** Somebody whom a search found; null: nobody, or too long ago. */
  person(personId: string): Person | null {
    return this.#persons.get(personId);
  }

  /** Who has this number, of those servers that answer in time. */
  async identify(number: string): Promise<{ name: string; company?: string } | null> {
    const asked = this.#options.settings.servers.filter((server) => server.kind === 'ldap');
    if (asked.length === 0) return null;
    const answers = asked.map(async (server) => {
      const password = await this.#password(server.id);
      const task = { do: 'identify', server, password, number } as const;
      const who = v.parse(identifiedSchema, await this.#ask(server, task, limits.searchLimit));
      if (!who) throw new Error('Not here.');
      return { name: who.name, ...(who.company === undefined ? {} : { company: who.company }) };
    });
    let stopTimer = () => {};
    const late = new Promise<null>((resolve) => {
      stopTimer = this.#options.clock.after(identifyBudget, () => resolve(null));
    });
    return Promise.race([Promise.any(answers).catch(() => null), late]).finally(() => stopTimer());
  }

  /** Throws ProblemError with the field. */
  async save({ server, password }: DirectoryServerDraft): Promise<CommandResult> {
    const { settings, vault } = this.#options;
    const others = settings.servers.filter(({ id }) => id !== server.id);
    if ([...taken, ...others.map(({ name }) => name)].includes(server.name)) {
      const message = 'Another source has this name already. Choose one that tells them apart.';
      throw new ProblemError({ code: 'server-name-taken', message, field: 'name' });
    }
    const before = settings.servers.find(({ id }) => id === server.id);
    await this.#keepPassword(server.id, password, vault);
    await settings.saveServer(server);
    if (before && before.name !== server.name) await (await this.#options.library).dropSource(before.name);
    // What was under way is about the settings before.
    this.#forget(server.id);
    this.#options.changed();
    this.#options.directoryChanged();
    if (server.kind === 'carddav') void this.#sync(server);
    return { id: server.id };
  }

  async remove(serverId: string): Promise<void> {
    const { settings, vault, library } = this.#options;
    const server = settings.servers.find(({ id }) => id === serverId);
    if (!server) return;
    await settings.removeServer(serverId);
    this.#forget(serverId);
    this.#passwords.delete(serverId);
    await vault.delete(serverPasswordKey(serverId));
    await (await library).dropSource(server.name);
    this.#options.changed();
    this.#options.directoryChanged();
  }

  /** Asks as the form has it, in a thread of its own. Throws ProblemError with what is wrong. */
  async try({ server, password }: DirectoryServerDraft): Promise<CommandResult> {
    const link = new ServerLink(this.#options);
    try {
      const secret = password ?? (await this.#password(server.id));
      const task = { do: 'try', server, password: secret } as const;
      const { people, more } = v.parse(triedSchema, await link.ask(task, limits.syncLimit / 10));
      return { people: { count: people, more } };
    } finally {
      link.close();
    }
  }

  /** Resolves when the copy is made; rejects with ProblemError when it is not. */
  async sync(serverId: string): Promise<void> {
    const server = this.#options.settings.servers.find(({ id }) => id === serverId);
    if (server?.kind !== 'carddav') return;
    await this.#sync(server);
    const { problem } = this.#keptOf(serverId);
    if (problem) throw new ProblemError(problem);
  }

  #syncAll(): void {
    for (const server of this.#options.settings.servers) if (server.kind === 'carddav') void this.#sync(server);
    this.#cancelTimer = this.#options.clock.after(syncEvery, () => this.#syncAll());
  }

  /** Never rejects: what went wrong is in the state. */
  async #sync(server: CardDavServer): Promise<void> {
    const kept = this.#keptOf(server.id);
    if (kept.busy > 0) return;
    const library = await this.#options.library;
    try {
      const known = await library.sourceVersions(server.name);
      const task = { do: 'sync', server, password: await this.#password(server.id), known } as const;
      const changes = v.parse(syncedSchema, await this.#ask(server, task, limits.syncLimit));
      // Removed or changed meanwhile: its people would have nobody to go with.
      if (this.#kept.get(server.id) !== kept) return;
      if (await library.syncSource(server.name, changes)) this.#options.directoryChanged();
    } catch (error) {
      if (this.#isClosed || this.#kept.get(server.id) !== kept) return;
      const problem = problemOf(error);
      kept.problem = problem;
      await library.setSourceState(server.name, problem).catch(() => {});
    }
    await this.#readStates();
  }

  async #searchOne(serverId: string, text: string): Promise<ServerPeople> {
    const server = this.#options.settings.servers.find(({ id }) => id === serverId);
    if (server?.kind !== 'ldap') return { rows: [], more: [] };
    const task = { do: 'search', server, password: await this.#password(serverId), text, limit: mostFound } as const;
    const { people, more } = v.parse(foundSchema, await this.#ask(server, task, limits.searchLimit));
    return { rows: this.#persons.add(people, server.name), more: more ? [server.name] : [] };
  }

  /** Notes in the server's state how it went. */
  async #ask(server: DirectoryServer, task: Parameters<ServerLink['ask']>[0], limit: number): Promise<unknown> {
    const kept = this.#keptOf(server.id);
    const { problem, answeredAt } = kept;
    kept.busy += 1;
    if (task.do === 'sync') this.#options.changed();
    try {
      const answer = await kept.link.ask(task, limit + grace);
      kept.problem = null;
      kept.answeredAt = this.#options.clock.now();
      return answer;
    } catch (error) {
      kept.problem = problemOf(error);
      this.#options.log.warn('A directory server could not be asked.', { server: server.name, problem: kept.problem });
      throw error;
    } finally {
      kept.busy -= 1;
      // Windows need not hear of each key that was answered.
      const isNews = kept.problem !== problem || (kept.answeredAt ?? 0) - (answeredAt ?? 0) > newsAfter;
      if (task.do === 'sync' || isNews) this.#options.changed();
    }
  }

  #forget(serverId: string): void {
    this.#kept.get(serverId)?.link.close();
    this.#kept.delete(serverId);
  }

  #keptOf(serverId: string): Kept {
    const known = this.#kept.get(serverId);
    if (known) return known;
    const made: Kept = {
      link: new ServerLink(this.#options),
      searches: new NewestOnly((text) => this.#searchOne(serverId, text), { rows: [], more: [] }),
      busy: 0,
      answeredAt: null,
      people: null,
      problem: null,
    };
    this.#kept.set(serverId, made);
    return made;
  }

  async #readStates(): Promise<void> {
    const states = await (await this.#options.library).sourceStates().catch(() => []);
    for (const server of this.#options.settings.servers) {
      if (server.kind !== 'carddav') continue;
      const state = states.find(({ source }) => source === server.name);
      const kept = this.#keptOf(server.id);
      kept.people = state?.people ?? 0;
      kept.answeredAt = state?.syncedAt ?? kept.answeredAt;
      kept.problem ??= state?.problem ?? null;
    }
    this.#options.changed();
  }

  async #password(serverId: string): Promise<string | null> {
    return this.#options.vault.get(serverPasswordKey(serverId)).catch(() => null);
  }

  async #keepPassword(serverId: string, password: string | undefined, vault: Vault): Promise<void> {
    if (password === undefined) return;
    if (password === '') {
      await vault.delete(serverPasswordKey(serverId));
      this.#passwords.delete(serverId);
    } else {
      await vault.set(serverPasswordKey(serverId), password);
      this.#passwords.add(serverId);
    }
  }
}

/** Whether this is somebody on a server, who is not in the store. */
export function isServerPerson(personId: string): boolean {
  return personId.startsWith(serverPersonPrefix);
}
