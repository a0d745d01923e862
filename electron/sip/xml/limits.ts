// How much of an XML document we are willing to read. A dialog-info body has a few kB, 5 levels and 40 elements.

/** Bytes of a document. */
export const MAX_BYTES = 262_144;

/** Elements inside each other. */
export const MAX_DEPTH = 32;

/** Attributes of one element, declarations of namespaces counted. */
export const MAX_ATTRIBUTES = 64;

/** Elements of a document. */
export const MAX_ELEMENTS = 16_384;
