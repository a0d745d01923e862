// Namespaces in XML 1.0: which prefix stands for what, where.

/** What an element declares, in front of what its ancestors declared. At most 32 deep, as elements are. */
export interface Scope {
  /** '' is the default namespace. */
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
}

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

const ROOT: Scope = { declared: new Map([['xml', XML_NAMESPACE]]), outer: null };

/** The scope inside an element with these attributes as written; null when a declaration is not allowed (sections 3 and 5). */
export function scopeOf(attributes: ReadonlyMap<string, string>, outer: Scope | null): Scope | null {
  let declared: Map<string, string> | null = null;
  for (const [name, value] of attributes) {
    const prefix = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : null;
    if (prefix === null) continue;
    const undeclares = value === '' && prefix !== '';
    if (undeclares || prefix === 'xmlns' || (prefix === 'xml') !== (value === XML_NAMESPACE)) return null;
    declared ??= new Map();
    declared.set(prefix, value);
  }
  if (declared === null) return outer ?? ROOT;
  return { declared, outer: outer ?? ROOT };
}

/** Local name and namespace of a name as written; null when its prefix is not declared. Attributes have no default. */
export function resolveName(
  qname: string,
  scope: Scope,
  useDefault: boolean,
): { name: string; namespace: string } | null {
  const colon = qname.indexOf(':');
  if (colon < 0) return { name: qname, namespace: useDefault ? (find('', scope) ?? '') : '' };
  const namespace = find(qname.slice(0, colon), scope);
  return namespace === undefined ? null : { name: qname.slice(colon + 1), namespace };
}

function find(prefix: string, scope: Scope): string | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const namespace = at.declared.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}
