// What the account form holds, what is wrong with it before it is sent, and where a problem belongs.
import * as v from 'valibot';
import {
  accountConfigSchema,
  accountDefaults,
  type AccountConfig,
  type AccountDraft,
  type AccountState,
  type DialRule,
  type DtmfWay,
  type Problem,
} from '../../../contract/index.ts';

export type FieldName =
  | 'displayName'
  | 'address'
  | 'password'
  | 'server'
  | 'transport'
  | 'label'
  | 'authUser'
  | 'caFile'
  | 'pinnedCertificate'
  | 'qualityCollector'
  | 'country'
  | 'dialRules';

/** Every text of the form as typed; empty where it has none. */
export type FormValues = Pick<
  AccountConfig,
  'displayName' | 'address' | 'transport' | 'encryption' | 'ringHere' | 'enabled' | 'label'
> & {
  password: string;
  server: string;
  authUser: string;
  caFile: string;
  pinnedCertificate: string;
  allowWildcard: boolean;
  allowDirect: boolean;
  dtmf: DtmfWay;
  qualityReports: boolean;
  qualityCollector: string;
  /** Empty: numbers are dialled as typed. */
  country: string;
  dialRules: readonly DialRule[];
};

export function valuesOf(config: AccountConfig | null): FormValues {
  return {
    displayName: config?.displayName ?? accountDefaults.displayName,
    address: config?.address ?? '',
    password: '',
    server: config?.server ?? '',
    transport: config?.transport ?? accountDefaults.transport,
    encryption: config?.encryption ?? accountDefaults.encryption,
    dtmf: config?.dtmf ?? 'auto',
    country: config?.country ?? '',
    dialRules: config?.dialRules ?? [],
    ringHere: config?.ringHere ?? accountDefaults.ringHere,
    enabled: config?.enabled ?? accountDefaults.enabled,
    label: config?.label ?? '',
    authUser: config?.authUser ?? '',
    caFile: config?.caFile ?? '',
    allowDirect: config?.allowDirect ?? false,
    pinnedCertificate: config?.pinnedCertificate ?? '',
    allowWildcard: config?.allowWildcard ?? false,
    qualityReports: config?.qualityReports ?? false,
    qualityCollector: config?.qualityCollector ?? '',
  };
}

/** What is sent: the known account with what the form says. An empty text means "not set"; no password is "as it was". */
export function draftOf(values: FormValues, known: AccountConfig | null): AccountDraft {
  const { password, server, authUser, caFile, pinnedCertificate, label, dtmf, ...others } = values;
  const { allowWildcard, allowDirect, qualityReports, qualityCollector, ...rest } = others;
  const { country, dialRules } = rest;
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim());
  return {
    ...known,
    ...rest,
    address: rest.address.trim(),
    label: text(label) ?? domainOf(rest.address),
    server: text(server),
    authUser: text(authUser),
    caFile: text(caFile),
    allowDirect: allowDirect ? true : undefined,
    pinnedCertificate: text(pinnedCertificate),
    allowWildcard: allowWildcard || undefined,
    dtmf: dtmf === 'auto' ? undefined : dtmf,
    qualityReports: qualityReports || undefined,
    qualityCollector: text(qualityCollector),
    country: country === '' ? undefined : country,
    dialRules: dialRules.length === 0 ? undefined : [...dialRules],
    ...(password === '' ? {} : { password }),
  };
}

/** A short name until the person gives a better one. */
function domainOf(address: string): string {
  return address.trim().slice(address.trim().lastIndexOf('@') + 1);
}

/** The first thing that keeps a form from being sent. */
export function missing(
  values: FormValues,
  known: { hasPassword: boolean } | null,
  others: readonly AccountState[],
): { field: FieldName; key: 'addressMissing' | 'addressWrong' | 'addressTaken' | 'passwordMissing' } | null {
  const address = values.address.trim();
  if (address === '') return { field: 'address', key: 'addressMissing' };
  if (!v.is(accountConfigSchema.entries.address, address)) return { field: 'address', key: 'addressWrong' };
  if (others.some(({ config }) => config.address.toLowerCase() === address.toLowerCase())) {
    return { field: 'address', key: 'addressTaken' };
  }
  if (values.password === '' && !known?.hasPassword) return { field: 'password', key: 'passwordMissing' };
  return null;
}

const fields: readonly string[] = [
  'displayName',
  'address',
  'password',
  'server',
  'transport',
  'label',
  'authUser',
  'caFile',
  'pinnedCertificate',
  'qualityCollector',
  'country',
  'dialRules',
] satisfies FieldName[];

function isField(name: string): name is FieldName {
  return fields.includes(name);
}

/** Where the causes belong that do not name a field themselves: to what they were typed into. */
const fieldsOfCodes: Record<string, FieldName> = {
  'password-missing': 'password',
  'password-not-accepted': 'password',
  'address-unknown': 'address',
  'server-refused': 'address',
  'host-unknown': 'server',
  'name-service-unreachable': 'server',
  'realm-changed': 'server',
  'login-method-unknown': 'server',
  'server-trouble': 'server',
  'server-unreachable': 'server',
  'connection-refused': 'server',
  'connection-lost': 'server',
  'secure-connection-failed': 'server',
  'certificate-not-trusted': 'server',
  'websocket-refused': 'server',
};

/** The field that a problem is shown under; null where it belongs to none. */
export function fieldOf(problem: Problem, values: FormValues): FieldName | null {
  const named = problem.field?.split('.').at(-1);
  // A host that nobody knows was typed as server, where there is one.
  if (problem.code === 'host-unknown' && values.server.trim() === '') return 'address';
  if (problem.code !== 'host-unknown' && named !== undefined && isField(named)) return named;
  return fieldsOfCodes[problem.code] ?? null;
}

const belowMore: ReadonlySet<FieldName> = new Set([
  'label',
  'authUser',
  'caFile',
  'pinnedCertificate',
  'qualityCollector',
  'country',
  'dialRules',
]);

/** Fields below "More", which opens when one of them has something to say. */
export function isBelowMore(field: FieldName): boolean {
  return belowMore.has(field);
}
