// What is left of an XML document: elements with resolved names, their attributes and their text.

/** One element (Namespaces in XML 1.0). */
export interface XmlElement {
  kind: 'element';
  /** Local name, without prefix. */
  name: string;
  /** Its namespace name; '' when it is in none. */
  namespace: string;
  /** By local name; an attribute with a namespace of its own is `{namespace}name`. Declarations (xmlns) are not among them. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** Character data directly inside this element, without that of its children; white space at both ends is removed. */
  text: string;
}

/** Why a document is refused. */
export interface XmlProblem {
  kind: 'problem';
  reason: string;
}
