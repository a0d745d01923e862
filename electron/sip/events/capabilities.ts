// What this phone can do, as the answer to OPTIONS says it (RFC 3261 11.2): the dialog room's lists, and ours.
import { METHODS, SUPPORTED } from '../dialog/capabilities.ts';
import { MESSAGE_TYPE } from './message.ts';
import { allowEvents } from './packages.ts';

/** Methods: the dialog room's, and MESSAGE only while somebody reads what comes. */
export function allowHeader(messages: boolean): [string, string] {
  return ['Allow', METHODS.filter((method) => messages || method !== 'MESSAGE').join(', ')];
}

/** The headers of an answer to OPTIONS. */
export function capabilityHeaders(messages: boolean): [string, string][] {
  return [
    allowHeader(messages),
    ['Accept', messages ? `application/sdp, ${MESSAGE_TYPE}` : 'application/sdp'],
    ['Accept-Encoding', 'identity'],
    ['Accept-Language', 'en'],
    ['Supported', SUPPORTED.join(', ')],
    ['Allow-Events', allowEvents],
  ];
}
