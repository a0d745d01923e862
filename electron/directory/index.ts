// The directory's door: people and numbers. `Directory` lives in the library's worker thread; the rest is pure.
export { BlockList } from './block-list.ts';
export { createDirectory, type Directory } from './directory.ts';
export { dialled, dialPreview, type DialContext, type Dialled } from './dial-preview.ts';
export { harmless, harmlessText } from './harmless.ts';
export { parseLink } from './links.ts';
export * as limits from './servers/limits.ts';
export { foundSchema, identifiedSchema, syncedSchema, triedSchema } from './servers/messages.ts';
export { ServerLink, type ServerLinkOptions } from './servers/server-link.ts';
