// Takes back a contact of an address that is no longer ours: whoever calls it would wait in vain (RFC 3261 10.2.2).
import type { Exchange } from '../digest/index.ts';
import type { Flow, Target } from '../net/index.ts';
import type { TransactionLayer } from '../transaction/types.ts';
import type { SipRequest, SipResponse } from '../wire/index.ts';

export type Header = readonly [string, string];

export interface TakeBackOptions {
  layer: TransactionLayer;
  targets: readonly Target[];
  exchange: Exchange;
  /** The REGISTER that removes it, with these headers. */
  ask(more: Header[]): SipRequest;
  isOwn(flow: Flow): boolean;
}

/** Asks once, and once more for each challenge. Whether it worked, the next answer of the registrar shows. */
export function takeBack(options: TakeBackOptions): void {
  const { layer, targets, exchange } = options;
  const answered = (response: SipResponse, flow: Flow): void => {
    if ((response.status !== 401 && response.status !== 407) || !options.isOwn(flow)) return;
    void exchange.answer(response.status, response.headers).then(
      (how) => how === 'retry' && send(),
      // Without a password the contact expires by itself.
      () => {},
    );
  };
  const send = (): void => {
    layer.request(options.ask(exchange.headers()), { response: answered, failure: () => {} }, { targets });
  };
  send();
}
