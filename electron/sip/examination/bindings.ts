// Who is registered (RFC 3261 10.2.3): REGISTER without a Contact asks, and changes nothing.
import type { Binding, Bindings } from '../../../contract/index.ts';
import type { Exchange } from '../digest/index.ts';
import type { Flow, Target } from '../net/index.ts';
import type { TransactionLayer } from '../transaction/types.ts';
import { createRequest, parseNameAddr, parseNumber, parseUri, randomToken, type SipResponse } from '../wire/index.ts';

export interface BindingsOptions {
  layer: TransactionLayer;
  targets: readonly Target[];
  exchange: Exchange;
  registrar: string;
  aor: string;
  userAgent: string;
  contactUser: string;
  isOwn(flow: Flow): boolean;
}

/** Resolves to null where the registrar does not say; to what it says otherwise. */
export function askBindings(options: BindingsOptions): Promise<Bindings> {
  const { layer, targets, exchange, registrar, aor, userAgent, contactUser } = options;
  const callId = randomToken(128);
  const fromTag = randomToken(64);
  let cseq = 0;
  return new Promise((resolve) => {
    const send = (): void => {
      cseq += 1;
      const request = createRequest('REGISTER', registrar, [
        ['Max-Forwards', '70'],
        ['From', `<${aor}>;tag=${fromTag}`],
        ['To', `<${aor}>`],
        ['Call-ID', callId],
        ['CSeq', `${cseq} REGISTER`],
        ['Supported', 'path, gruu'],
        ['User-Agent', userAgent],
        ...exchange.headers(),
      ]);
      layer.request(request, { response: answered, failure: () => resolve(null) }, { targets });
    };
    const answered = (response: SipResponse, flow: Flow): void => {
      const { status } = response;
      if (status < 200) return;
      if (status < 300) return resolve(bindingsOf(response, contactUser));
      if ((status !== 401 && status !== 407) || !options.isOwn(flow)) return resolve(null);
      exchange.answer(status, response.headers).then(
        (how) => (how === 'retry' ? send() : resolve(null)),
        () => resolve(null),
      );
    };
    send();
  });
}

const MAX_SECONDS = 0xffff_ffff;

/** The contacts of a registrar's 2xx. */
export function bindingsOf(response: SipResponse, contactUser: string): Binding[] {
  return response.headers.all('Contact').flatMap((value) => {
    const contact = parseNameAddr(value);
    if (contact === null) return [];
    const expires = contact.params.get('expires');
    return [
      {
        uri: contact.uri,
        expires: expires === undefined ? null : parseNumber(expires, MAX_SECONDS),
        own: parseUri(contact.uri)?.user === contactUser,
      },
    ];
  });
}
