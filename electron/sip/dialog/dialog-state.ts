// The state of SIP.js's dialogs that requests outside its reach must keep right: sequence numbers and the remote target
// (RFC 3261 12.2). Its typings call the state protected.
import { parseCSeq, parseNameAddr, type SipMessage, type SipRequest } from '../wire/index.ts';
import { WireUri } from './sipjs-messages.ts';
import { SessionDialog, type Dialog, type DialogState, type Session } from './sipjs.ts';

/** RFC 3261 12.2.2: a request must not come after one with a higher number. */
export function isInOrder(dialog: Dialog, request: SipRequest): boolean {
  const { remoteSequenceNumber } = dialog;
  const number = parseCSeq(request.headers.get('CSeq'))?.number;
  return number !== undefined && (remoteSequenceNumber === undefined || number > remoteSequenceNumber);
}

/** This request was the dialog's latest. */
export function rememberSequence(dialog: Dialog, request: SipRequest): void {
  const state = stateOf(dialog);
  const number = parseCSeq(request.headers.get('CSeq'))?.number;
  if (state !== undefined && number !== undefined) state.remoteSequenceNumber = number;
}

/** Target refresh by UPDATE, request or 2xx (RFC 3311 5.1, 5.2): its Contact is where the dialog's requests go from now on. */
export function refreshTarget(dialog: Dialog, message: SipMessage): void {
  const state = stateOf(dialog);
  const contact = parseNameAddr(message.headers.get('Contact') ?? '');
  if (state !== undefined && contact !== null) state.remoteTarget = new WireUri(contact.uri);
}

function stateOf(dialog: Dialog): DialogState | undefined {
  return Reflect.get(dialog, 'dialogState');
}

/** The dialog behind a session of SIP.js's: they are one object, which its typings hide. */
export function dialogOf(session: Session): SessionDialog {
  if (session instanceof SessionDialog) return session;
  throw new TypeError('SIP.js has sessions that are no dialogs: it is pinned to 0.21.2.');
}
