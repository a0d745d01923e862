// Corrections of SIP.js's INVITE dialogs.
import {
  Dialog,
  NameAddrHeader,
  ReInviteUserAgentClient,
  SessionDialog,
  TransactionState,
  type DialogState,
  type ReInviteServer,
} from '../sipjs.ts';
import { wrap } from './wrap.ts';

/**
 * The Contact of a 2xx is the remote target (RFC 3261 12.1.2, 12.2.1.2). SIP.js keeps the Contact of the 180, and does
 * not look at that of a 200 to re-INVITE: ACK and BYE go to the wrong place behind many B2BUAs.
 */
export function targetRefresh(): void {
  wrap(
    Dialog.prototype,
    'recomputeRouteSet',
    (original) =>
      function (message) {
        original.call(this, message);
        refreshTarget(this, message);
      },
  );
  wrap(
    ReInviteUserAgentClient.prototype,
    'receiveResponse',
    (original) =>
      function (message) {
        const status: unknown = Reflect.get(Object(message), 'statusCode');
        if (typeof status === 'number' && status >= 200 && status < 300)
          refreshTarget(Reflect.get(this, 'dialog'), message);
        return original.call(this, message);
      },
  );
}

/**
 * A 200 to a re-INVITE that is never acknowledged leaves SIP.js waiting for ever, and each later re-INVITE gets a 500.
 * RFC 3261 13.3.1.4: the session ends. Reported as for the first INVITE, by `onAckTimeout`.
 */
export function reInviteAckTimeout(): void {
  wrap(
    SessionDialog.prototype,
    'startReInvite2xxRetransmissionTimer',
    (original) =>
      function () {
        original.call(this);
        const server: ReInviteServer | undefined = Reflect.get(this, 'reinviteUserAgentServer');
        if (server === undefined || !(this instanceof SessionDialog)) return;
        const { transaction } = server;
        transaction.addStateChangeListener(() => {
          if (transaction.state !== TransactionState.Terminated || this.reinviteUserAgentServer !== server) return;
          this.reinviteUserAgentServer = undefined;
          this.delegate?.onAckTimeout?.();
        });
      },
  );
}

function refreshTarget(dialog: unknown, message: unknown): void {
  const state: DialogState | undefined = Reflect.get(Object(dialog), 'dialogState');
  const parse: unknown = Reflect.get(Object(message), 'parseHeader');
  const contact: unknown = typeof parse === 'function' ? Reflect.apply(parse, message, ['contact']) : undefined;
  if (state !== undefined && contact instanceof NameAddrHeader) state.remoteTarget = contact.uri;
}
