// What the form of a directory server holds, what is wrong with it before it is sent, and what is sent.
import * as v from 'valibot';
import {
  ldapAttributesSchema,
  type DirectoryServer,
  type DirectoryServerDraft,
  type LdapAttributes,
  type LdapServer,
} from '../../../../contract/index.ts';

/** Every text as typed; empty where it has none. */
export interface ServerValues {
  name: string;
  password: string;
  caFile: string;
  host: string;
  port: string;
  security: LdapServer['security'];
  bindDn: string;
  baseDn: string;
  filter: string;
  attributes: Record<keyof LdapAttributes, string>;
  url: string;
  user: string;
  allowPlain: boolean;
}

export type ServerFieldName = Exclude<keyof ServerValues, 'allowPlain'>;

/** What most directories call things. */
export const usualAttributes = v.parse(ldapAttributesSchema, {});
export const attributeNames = ['name', 'company', 'email', 'work', 'mobile', 'home', 'extension'] as const;
const noAttributes = { name: '', company: '', email: '', work: '', mobile: '', home: '', extension: '' };

export function serverValues(config: DirectoryServer | null): ServerValues {
  const ldap = config?.kind === 'ldap' ? config : null;
  const cardDav = config?.kind === 'carddav' ? config : null;
  return {
    name: config?.name ?? '',
    password: '',
    caFile: config?.caFile ?? '',
    host: ldap?.host ?? '',
    port: ldap?.port === undefined ? '' : String(ldap.port),
    security: ldap?.security ?? 'tls',
    bindDn: ldap?.bindDn ?? '',
    baseDn: ldap?.baseDn ?? '',
    filter: ldap?.filter ?? '',
    attributes: ldap?.attributes ? unusual(ldap.attributes) : noAttributes,
    url: cardDav?.url ?? '',
    user: cardDav?.user ?? '',
    allowPlain: cardDav?.allowPlain ?? false,
  };
}

/** Those that are as usual stay empty, so that only what was chosen stands in the form. */
function unusual(attributes: LdapAttributes): ServerValues['attributes'] {
  const shown = { ...noAttributes };
  for (const name of attributeNames) if (attributes[name] !== usualAttributes[name]) shown[name] = attributes[name];
  return shown;
}

/** An empty text means "not set"; no password is "as it was". */
export function serverDraft(values: ServerValues, kind: DirectoryServer['kind'], id: string): DirectoryServerDraft {
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim());
  const common = { id, name: values.name.trim(), caFile: text(values.caFile) };
  const password = values.password === '' ? {} : { password: values.password };
  if (kind === 'carddav') {
    const { url, user, allowPlain } = values;
    const server = { kind, ...common, url: url.trim(), user: text(user), allowPlain: allowPlain || undefined };
    return { server, ...password };
  }
  const chosen = Object.fromEntries(
    attributeNames.flatMap((name) =>
      text(values.attributes[name]) === undefined ? [] : [[name, values.attributes[name].trim()]],
    ),
  );
  return {
    server: {
      kind,
      ...common,
      host: values.host.trim(),
      port: text(values.port) === undefined ? undefined : Number(values.port),
      security: values.security,
      bindDn: text(values.bindDn),
      baseDn: values.baseDn.trim(),
      filter: text(values.filter),
      attributes: Object.keys(chosen).length === 0 ? undefined : { ...usualAttributes, ...chosen },
    },
    ...password,
  };
}

/** The first thing that keeps the form from being sent. */
export function serverGap(
  values: ServerValues,
  kind: DirectoryServer['kind'],
): {
  field: ServerFieldName;
  key: 'nameMissing' | 'hostMissing' | 'urlMissing' | 'portWrong' | 'attributeWrong';
} | null {
  if (values.name.trim() === '') return { field: 'name', key: 'nameMissing' };
  if (kind === 'carddav') return values.url.trim() === '' ? { field: 'url', key: 'urlMissing' } : null;
  if (values.host.trim() === '') return { field: 'host', key: 'hostMissing' };
  const port = Number(values.port);
  if (values.port.trim() !== '' && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    return { field: 'port', key: 'portWrong' };
  }
  const isWrong = Object.values(values.attributes).some((name) => !/^([A-Za-z][A-Za-z0-9-]{0,63})?$/.test(name.trim()));
  return isWrong ? { field: 'attributes', key: 'attributeWrong' } : null;
}

const fields: readonly string[] = [
  'name',
  'password',
  'caFile',
  'host',
  'port',
  'security',
  'bindDn',
  'baseDn',
  'filter',
  'attributes',
  'url',
  'user',
] satisfies ServerFieldName[];

/** The field that a problem is shown under; null where it belongs to none. `server.host` is `host`. */
export function serverFieldOf(field: string | undefined, kind: DirectoryServer['kind']): ServerFieldName | null {
  const last = field?.replace(/^server\./, '').split('.')[0];
  if (last === 'host' && kind === 'carddav') return 'url';
  return last !== undefined && isField(last) ? last : null;
}

function isField(name: string): name is ServerFieldName {
  return fields.includes(name);
}
