// The XML room's door: bodies of NOTIFY (dialog-info, pidf, reginfo, rlmi) as a tree, or why they are refused.
export { MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS } from './limits.ts';
export { parseXml } from './parse.ts';
export type { XmlElement, XmlProblem } from './types.ts';
