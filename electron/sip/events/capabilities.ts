// What this phone can do, as the answer to OPTIONS says it (RFC 3261 11.2): the dialog room's lists, and ours.
import { allow } from '../dialog/core.ts';
import { MESSAGE_TYPE } from './message.ts';
import { allowEvents } from './packages.ts';

/** Option tags (RFC 3261 20.37). */
const supported = 'outbound';

/** Methods: those of dialogs, those of this room, and MESSAGE while somebody reads what comes. */
export function allowHeader(messages: boolean): [string, string] {
  const ours = messages ? ['NOTIFY', 'MESSAGE'] : ['NOTIFY'];
  const others = allow.split(', ').filter((method) => method !== 'NOTIFY' && method !== 'MESSAGE');
  return ['Allow', [...others, ...ours].join(', ')];
}

/** The headers of an answer to OPTIONS. */
export function capabilityHeaders(messages: boolean): [string, string][] {
  return [
    allowHeader(messages),
    ['Accept', messages ? `application/sdp, ${MESSAGE_TYPE}` : 'application/sdp'],
    ['Accept-Encoding', 'identity'],
    ['Accept-Language', 'en'],
    ['Supported', supported],
    ['Allow-Events', allowEvents],
  ];
}
