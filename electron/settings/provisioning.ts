// Provisioning files: accounts and contacts for administrators and automation. The format is in README.md.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import * as v from 'valibot';
import {
  accountConfigSchema,
  accountDefaults,
  cardDavServerSchema,
  directoryServerDraftSchema,
  ldapServerSchema,
  personSchema,
  phoneNumberSchema,
  preferencesSchema,
  ProblemError,
  type AccountConfig,
  type DirectoryServer,
  type PersonDraft,
  type PhoneNumber,
  type Problem,
} from '../../contract/index.ts';
import { madeId } from './made-id.ts';
import { complaints, type Complaint } from './issues.ts';
import { findJsonError } from './json-position.ts';
import type { ReadProvisioning } from './types.ts';
import { errorCode } from './write-atomically.ts';

/** Bytes. */
const largestFile = 10 * 1024 * 1024;

const accountSchema = v.strictObject({
  ...v.partial(accountConfigSchema, [
    'id',
    'label',
    'displayName',
    'transport',
    'expires',
    'media',
    'encryption',
    'ringHere',
    'enabled',
  ]).entries,
  password: v.optional(v.string()),
  turnPassword: v.optional(v.string()),
});

const { password } = directoryServerDraftSchema.entries;
const directorySchema = v.variant('kind', [
  v.strictObject({ ...v.partial(ldapServerSchema, ['id']).entries, password }),
  v.strictObject({ ...v.partial(cardDavServerSchema, ['id']).entries, password }),
]);

const contactSchema = v.strictObject({
  name: personSchema.entries.name,
  company: personSchema.entries.company,
  email: personSchema.entries.email,
  note: personSchema.entries.note,
  numbers: v.optional(
    v.array(
      v.strictObject({ value: phoneNumberSchema.entries.value, kind: v.optional(phoneNumberSchema.entries.kind) }),
    ),
    [],
  ),
  favourite: v.optional(v.boolean()),
});

/** What belongs to one computer or one moment is not for a file that everybody gets. */
const {
  locked: _locked,
  closeExplained: _told,
  practice: _trying,
  doNotDisturbUntil: _now,
  ...given
} = preferencesSchema.entries;
const sharedPreferences = v.strictObject(given);
const preferenceNames = v.keyof(sharedPreferences);

const fileSchema = v.strictObject({
  preferences: v.optional(v.partial(sharedPreferences)),
  locked: v.optional(v.array(preferenceNames)),
  hookswitch: v.literal(1),
  accounts: v.optional(v.array(accountSchema), []),
  directories: v.optional(v.array(directorySchema), []),
  contacts: v.optional(v.array(contactSchema), []),
});

/**
 * Reads a provisioning file. Rejects with ProblemError for a file that is missing, larger than 10 MB, not JSON (with line
 * and column) or wrong in a field (named in `field`); nothing of such a file is used.
 */
export const readProvisioning: ReadProvisioning = async (file) => {
  const given = parseProvisioning(await readText(file), file);
  const accounts = given.accounts.map(({ password, turnPassword, ...account }) => ({
    config: completed(account, dirname(file)),
    ...(password === undefined ? {} : { password }),
    ...(turnPassword === undefined ? {} : { turnPassword }),
  }));
  const directories = given.directories.map(({ password: secret, ...server }) => ({
    server: namedServer(server, dirname(file)),
    ...(secret === undefined ? {} : { password: secret }),
  }));
  const [accountIds, serverIds] = [accounts.map(({ config }) => config.id), directories.map(({ server }) => server.id)];
  refuseTwins(file, accountIds, { list: 'accounts', one: 'account', field: 'address' });
  refuseTwins(file, serverIds, { list: 'directories', one: 'directory', field: 'name' });
  return {
    accounts,
    directories,
    contacts: given.contacts.map(contact),
    preferences: { ...given.preferences, ...(given.locked === undefined ? {} : { locked: given.locked }) },
  };
};

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > largestFile) {
      throw problem(file, 'provisioning-too-big', `is larger than 10 MB (${Math.ceil(size / 1024 / 1024)} MB).`);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (errorCode(error) === 'ENOENT') throw problem(file, 'provisioning-missing', 'was not found.', error);
    if (error instanceof TypeError) throw problem(file, 'provisioning-not-json', 'is not text in UTF-8.', error);
    throw problem(file, 'provisioning-unreadable', 'cannot be read. Check its permissions.', error);
  }
}

function parseProvisioning(text: string, file: string): v.InferOutput<typeof fileSchema> {
  const json = text.replace(/^\uFEFF/, '');
  const broken = findJsonError(json);
  if (broken) {
    const where = `line ${broken.line}, column ${broken.column}`;
    throw problem(file, 'provisioning-not-json', `is not JSON: ${where}: ${broken.sentence}`, null, where);
  }
  const parsed = v.safeParse(fileSchema, withoutRemarks(JSON.parse(json)));
  if (parsed.success) return parsed.output;
  throw wrongField(file, complaints(parsed.issues));
}

/** Members whose name begins with _ or $ are remarks, such as `$schema`. */
function withoutRemarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRemarks);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !/^[_$]/.test(name));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutRemarks(member)]));
}

function completed(account: Partial<AccountConfig> & { address: string }, folder: string): AccountConfig {
  const given: Partial<AccountConfig> = Object.fromEntries(
    Object.entries(account).filter(([, value]) => value !== undefined),
  );
  return {
    ...accountDefaults,
    label: account.address.slice(account.address.lastIndexOf('@') + 1).slice(0, 64),
    ...given,
    id: account.id ?? madeId(account.address),
    address: account.address,
    ...(account.caFile ? { caFile: resolve(folder, account.caFile) } : {}),
  };
}

/** Each kind of it by itself, or the kinds would be mixed. */
type Unnamed<Server> = Server extends { id: string } ? Omit<Server, 'id'> & { id?: string | undefined } : never;

function namedServer(server: Unnamed<DirectoryServer>, folder: string): DirectoryServer {
  return {
    ...server,
    id: server.id ?? madeId(server.name),
    ...(server.caFile ? { caFile: resolve(folder, server.caFile) } : {}),
  };
}

/** `field`: what an id is made from where the file gives none. */
function refuseTwins(
  file: string,
  ids: readonly string[],
  { list, one, field }: { list: string; one: string; field: string },
): void {
  const first = new Map<string, number>();
  for (const [index, id] of ids.entries()) {
    const twin = first.get(id);
    if (twin !== undefined) {
      const sentence = `This is the same ${one} as ${list}[${twin}]. Give one of them an "id" of its own.`;
      throw wrongField(file, [{ field: `${list}[${index}].${field}`, sentence }]);
    }
    first.set(id, index);
  }
}

function contact({ numbers, company, email, note, favourite, name }: v.InferOutput<typeof contactSchema>): PersonDraft {
  return {
    name,
    numbers: numbers.map(({ value, kind }) => ({ value, kind: kind ?? likelyKind(value) })),
    ...(company ? { company } : {}),
    ...(email ? { email } : {}),
    ...(note ? { note } : {}),
    ...(favourite === undefined ? {} : { favourite }),
  };
}

function likelyKind(value: string): PhoneNumber['kind'] {
  if (value.includes('@')) return 'sip';
  return /^\d{1,5}$/.test(value) ? 'extension' : 'work';
}

function wrongField(file: string, found: readonly Complaint[]): ProblemError {
  const [first = { field: '', sentence: 'It is not a provisioning file.' }] = found;
  const all = found.slice(0, 20).map(({ field, sentence }) => `${field}: ${sentence}`);
  const where = first.field === '' ? '' : `, ${first.field}`;
  return new ProblemError({
    code: 'provisioning-invalid',
    message: `${basename(file)}${where}: ${first.sentence}`,
    field: first.field,
    detail: `${file}\n${all.join('\n')}`,
  });
}

function problem(file: string, code: string, what: string, cause: unknown = null, field?: string): ProblemError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  const found: Problem = {
    code,
    message: `The set-up file ${basename(file)} ${what}`,
    ...(field === undefined ? {} : { field }),
    detail: `${file}${reason}`,
  };
  return new ProblemError(found, { cause });
}
