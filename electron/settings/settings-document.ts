// settings.json as text and as values: what is known is checked field by field, what is not is carried along.
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import {
  accountConfigSchema,
  accountDefaults,
  defaultPreferences,
  preferencesSchema,
  directoryServerSchema,
  type AccountConfig,
  type DirectoryServer,
  type Preferences,
} from '../../contract/index.ts';
import { complaints } from './issues.ts';

export interface SettingsDocument {
  instanceId: string;
  accounts: readonly AccountConfig[];
  preferences: Preferences;
  servers: readonly DirectoryServer[];
  /** The file's object as it was, for fields that a newer Hookswitch wrote. */
  raw: Record<string, unknown>;
}

const formatVersion = 1;
const preferenceNames = Object.keys(preferencesSchema.entries);
const accountNames = Object.keys(accountConfigSchema.entries);

export function emptyDocument(): SettingsDocument {
  return { instanceId: randomUUID(), accounts: [], preferences: defaultPreferences, servers: [], raw: {} };
}

/**
 * Reads settings. A field that cannot be used gets its default (an account is left out) and is named in `damaged`.
 * Throws when the text is not a JSON object at all.
 */
export function parseDocument(text: string): { document: SettingsDocument; damaged: string[] } {
  const raw: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (!isObject(raw)) throw new Error('It is no JSON object.');
  const damaged: string[] = [];
  return {
    document: {
      instanceId: readInstanceId(raw['instanceId'], damaged),
      accounts: readAccounts(raw['accounts'], damaged),
      preferences: readPreferences(raw['preferences'], damaged),
      servers: readServers(raw['servers'], damaged),
      raw,
    },
    damaged,
  };
}

function readInstanceId(value: unknown, damaged: string[]): string {
  const parsed = v.safeParse(v.pipe(v.string(), v.uuid()), value);
  if (parsed.success) return parsed.output;
  if (value !== undefined) damaged.push('instanceId');
  return randomUUID();
}

function readAccounts(value: unknown, damaged: string[]): AccountConfig[] {
  const list = v.safeParse(v.optional(v.array(v.unknown()), []), value);
  if (!list.success) {
    damaged.push('accounts');
    return [];
  }
  const accounts = new Map<string, AccountConfig>();
  for (const [index, item] of list.output.entries()) {
    const parsed = v.safeParse(accountConfigSchema, isObject(item) ? { ...accountDefaults, ...item } : item);
    if (!parsed.success) damaged.push(`accounts[${index}]${inside(parsed.issues)}`);
    else if (accounts.has(parsed.output.id)) damaged.push(`accounts[${index}].id`);
    else accounts.set(parsed.output.id, parsed.output);
  }
  return [...accounts.values()];
}

function readServers(value: unknown, damaged: string[]): DirectoryServer[] {
  const list = v.safeParse(v.optional(v.array(v.unknown()), []), value);
  if (!list.success) {
    damaged.push('servers');
    return [];
  }
  const servers = new Map<string, DirectoryServer>();
  for (const [index, item] of list.output.entries()) {
    const parsed = v.safeParse(directoryServerSchema, item);
    if (parsed.success && !servers.has(parsed.output.id)) servers.set(parsed.output.id, parsed.output);
    else damaged.push(`servers[${index}]${parsed.success ? '.id' : inside(parsed.issues)}`);
  }
  return [...servers.values()];
}

function inside(issues: readonly v.BaseIssue<unknown>[]): string {
  const field = complaints(issues)[0]?.field ?? '';
  return field === '' ? '' : `.${field}`;
}

function readPreferences(value: unknown, damaged: string[]): Preferences {
  const given = value ?? {};
  if (!isObject(given)) {
    damaged.push('preferences');
    return defaultPreferences;
  }
  const usable: Record<string, unknown> = { ...defaultPreferences };
  for (const [name, schema] of Object.entries(preferencesSchema.entries)) {
    const chosen = given[name];
    if (chosen === undefined) continue;
    if (v.safeParse(schema, chosen).success) usable[name] = chosen;
    else damaged.push(`preferences.${name}`);
  }
  return v.parse(preferencesSchema, usable);
}

/** The text to write: known fields as they are now, unknown ones as they were read. */
export function formatDocument({ instanceId, accounts, preferences, servers, raw }: SettingsDocument): string {
  const rawAccounts = Array.isArray(raw['accounts']) ? raw['accounts'].filter(isObject) : [];
  const file = {
    ...raw,
    hookswitch: raw['hookswitch'] ?? formatVersion,
    instanceId,
    accounts: accounts.map((account) => ({
      ...unknownFields(
        rawAccounts.find(({ id }) => id === account.id),
        accountNames,
      ),
      ...account,
    })),
    servers,
    preferences: { ...unknownFields(raw['preferences'], preferenceNames), ...preferences },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** What is not ours to judge. A password has no place here, whoever wrote it: it would be kept in plain text. */
function unknownFields(value: unknown, known: readonly string[]): Record<string, unknown> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !known.includes(name) && !/password|secret/i.test(name)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
