// Small readers that the XML event packages share.
import type { XmlElement } from '../xml/index.ts';

/** The first child of this name in the parent's own namespace. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((one) => one.name === name && one.namespace === parent.namespace);
}

/** All children of this name in the parent's own namespace. */
export function children(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((one) => one.name === name && one.namespace === parent.namespace);
}

/** `{ [name]: value }`, or nothing when there is no value: for optional members. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  const member: Partial<Record<Name, Value>> = {};
  if (value !== undefined && value !== '') member[name] = value;
  return member;
}

/** The value when it is one of these. */
export function oneOf<Value extends string>(text: string | undefined, values: readonly Value[]): Value | undefined {
  return values.find((value) => value === text);
}
