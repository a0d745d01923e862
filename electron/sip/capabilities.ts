// What this phone can do, as Allow, Accept, Supported and Allow-Events say it: the one place that all take it from.
import { allowEvents } from './events/packages.ts';
import { MESSAGE_TYPE } from './events/message.ts';

/** Methods of dialogs and sessions (RFC 3261 20.5). NOTIFY is of our own subscriptions. */
export const methods: readonly string[] = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'INFO', 'NOTIFY'];

/** Option tags (RFC 3261 20.37). */
export const optionTags: readonly string[] = ['outbound'];

/** Body types of requests outside a dialog (RFC 3261 20.1). */
const accept = ['application/sdp'];

/** Allow's value for dialogs. */
export const allow: string = methods.join(', ');

/** The headers of an answer to OPTIONS (RFC 3261 11.2). `messages`: somebody reads page-mode messages. */
export function capabilityHeaders(messages: boolean): [string, string][] {
  return [
    ['Allow', (messages ? [...methods, 'MESSAGE'] : methods).join(', ')],
    ['Accept', (messages ? [...accept, MESSAGE_TYPE] : accept).join(', ')],
    ['Accept-Encoding', 'identity'],
    ['Accept-Language', 'en'],
    ['Supported', optionTags.join(', ')],
    ['Allow-Events', allowEvents],
  ];
}
