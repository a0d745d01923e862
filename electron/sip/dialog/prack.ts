// PRACK as caller (RFC 3262 4): reliable provisional responses are acknowledged once, within their dialog.
import { parseCSeq, type SipMessage } from '../wire/index.ts';
import { sdpBody, type DialogCore } from './core.ts';
import { rseqOf, type ReliableReceipt } from './reliable.ts';
import type { SessionDialog } from './sipjs.ts';

/** `plain`: not reliable. `new`: to be acknowledged. `ignored`: a repeat, or out of order. */
export function reliability(response: SipMessage, receipt: ReliableReceipt): 'plain' | 'new' | 'ignored' {
  const rseq = rseqOf(response);
  if (rseq === null) return 'plain';
  return receipt.take(rseq) ? 'new' : 'ignored';
}

/** Sends the PRACK of a reliable response, with our answer where it brought an offer. */
export function sendPrack(core: DialogCore, dialog: SessionDialog, response: SipMessage, answer: string | null): void {
  const cseq = parseCSeq(response.headers.get('CSeq'))?.number ?? 1;
  void core.requestInside(dialog, {
    method: 'PRACK',
    headers: [['RAck', `${rseqOf(response) ?? 0} ${cseq} INVITE`]],
    ...(answer === null ? {} : { body: sdpBody(answer) }),
  });
}
