// The directory's door: people and numbers. `Directory` lives in the library's worker thread; the rest is pure.
export { BlockList } from './block-list.ts';
export { createDirectory, type Directory } from './directory.ts';
export { dialPreview, type DialContext } from './dial-preview.ts';
export { harmless } from './harmless.ts';
export { parseLink } from './links.ts';
