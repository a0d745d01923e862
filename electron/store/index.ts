// The store's door: the library's client for the main process, and what rooms with tables of their own need.
export type { Library, LibraryOptions, LibraryQuery, OpenLibrary, WorkerLike } from './types.ts';
export { csvField, unguarded } from './csv-field.ts';
export { fold, initial, otherSpelling, words } from './fold.ts';
export { openLibrary } from './library.ts';
export { freeName, setAside } from './set-aside.ts';
export { LongTransaction } from './long-transaction.ts';
export { interrupted } from './messages.ts';
export { number, optional, text, transaction, type Row } from './sql.ts';
