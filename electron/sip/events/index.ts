// The events room's door: SUBSCRIBE and NOTIFY (RFC 6665), PUBLISH (RFC 3903), MESSAGE (RFC 3428).
export { AccountEvents, isEventMethod } from './account-events.ts';
export { EventBook } from './event-book.ts';
export type * from './types.ts';
