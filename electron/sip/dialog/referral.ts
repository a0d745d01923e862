// A transfer that the other side asks for: REFER, consent, and notifications of the new call (RFC 3515, RFC 3892, RFC 4488).
import type { Clock } from '../../../contract/index.ts';
import type { ReferProgress, ReferRequest } from '../session-types.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { createResponse, parseCSeq, parseNameAddr, parseUri, unescapeUser, type SipRequest } from '../wire/index.ts';
import type { DialogCore } from './core.ts';
import { plainUri } from './redirect.ts';
import { parseReplaces } from './replaces.ts';
import { SIPFRAG, sipfrag } from './sipfrag.ts';
import type { SessionDialog } from './sipjs.ts';

/** A person may think longer than a request may wait: after this the request is answered, and the answer follows by NOTIFY. ms */
const DECISION = 15_000;

/** How long the other side is told of the new call, s. */
const SUBSCRIPTION = 180;

/** What a REFER wants, or the status that refuses it (RFC 3515 2.4.2). */
export function readRefer(request: SipRequest): { target: string; replaces?: string; referredBy?: string } | number {
  const { headers } = request;
  const values = [...headers.entries()].filter(([name]) => name === 'Refer-To');
  const address = parseNameAddr(headers.get('Refer-To') ?? '');
  if (values.length !== 1 || address === null) return 400;
  const uri = parseUri(address.uri);
  const target = plainUri(address.uri);
  if (uri === null || target === null) return 416;
  const method = uri.params.get('method') ?? 'INVITE';
  if (method.toUpperCase() !== 'INVITE') return 603;
  const replaces = headerOf(uri.headers ?? '', 'Replaces');
  if (replaces !== undefined && parseReplaces(replaces) === null) return 400;
  const referredBy = headers.get('Referred-By');
  return {
    target,
    ...(replaces === undefined ? {} : { replaces }),
    ...(referredBy === undefined || parseNameAddr(referredBy) === null ? {} : { referredBy }),
  };
}

export interface ReferralOptions {
  clock: Clock;
  core: DialogCore;
  dialog: SessionDialog;
  transaction: ServerTransaction;
  wanted: { target: string; replaces?: string; referredBy?: string };
  /** Nothing more will be sent. */
  done(): void;
}

/** One REFER that waits for consent, and then for the end of the new call's beginning. */
export class Referral implements ReferRequest, ReferProgress {
  readonly target: string;
  readonly replaces?: string;
  readonly referredBy?: string;
  private readonly options: ReferralOptions;
  private readonly cseq: number;
  private readonly silent: boolean;
  private answered = false;
  private decided = false;
  private over = false;
  private last = 100;
  private queue: Promise<unknown> = Promise.resolve();
  private cancelTimer: () => void;

  constructor(options: ReferralOptions) {
    const { wanted, transaction, clock } = options;
    this.options = options;
    this.target = wanted.target;
    if (wanted.replaces !== undefined) this.replaces = wanted.replaces;
    if (wanted.referredBy !== undefined) this.referredBy = wanted.referredBy;
    this.cseq = parseCSeq(transaction.request.headers.get('CSeq'))?.number ?? 0;
    this.silent = /^\s*false\b/i.test(transaction.request.headers.get('Refer-Sub') ?? '');
    this.cancelTimer = clock.after(DECISION, () => this.agree());
  }

  accept(): ReferProgress {
    if (!this.decided && !this.over) {
      this.decided = true;
      this.agree();
    }
    return this;
  }

  refuse(): void {
    if (this.decided || this.over) return;
    this.decided = true;
    if (this.answered) this.report(603);
    else {
      this.answered = true;
      this.options.transaction.respond(createResponse(603));
      this.finish();
    }
  }

  report(status: number): void {
    if (this.over || status <= 100) return;
    this.last = status;
    if (status >= 200) this.finish();
    this.notify(status, status >= 200 ? 'terminated;reason=noresource' : `active;expires=${SUBSCRIPTION}`);
  }

  /** The call in which it was asked is over: who has not decided by now need not. */
  callEnded(): void {
    if (this.decided || this.over) return;
    this.decided = true;
    if (this.answered) this.report(487);
    else {
      this.answered = true;
      this.options.transaction.respond(createResponse(487));
      this.finish();
    }
  }

  private agree(): void {
    if (this.answered) return;
    this.answered = true;
    this.cancelTimer();
    const headers: [string, string][] = [['Contact', this.options.core.contact]];
    if (this.silent) headers.push(['Refer-Sub', 'false']);
    this.options.transaction.respond(createResponse(202, { headers }));
    if (this.silent) {
      // Nobody wants to hear of it.
      if (this.decided) this.finish();
      return;
    }
    this.notify(100, `active;expires=${SUBSCRIPTION}`);
    this.cancelTimer = this.options.clock.after(SUBSCRIPTION * 1000, () => {
      this.finish();
      this.notify(this.last, 'terminated;reason=timeout');
    });
  }

  private notify(status: number, state: string): void {
    if (this.silent) return;
    const { core, dialog } = this.options;
    // One after the other: a NOTIFY that overtakes another one would be refused (RFC 3261 12.2.2).
    this.queue = this.queue.then(async () => {
      const reply = await core.requestInside(dialog, {
        method: 'NOTIFY',
        headers: [
          ['Event', `refer;id=${this.cseq}`],
          ['Subscription-State', state],
          ['Contact', core.contact],
        ],
        body: { contentDisposition: 'render', contentType: SIPFRAG, content: sipfrag(status) },
      });
      if (reply.status === 481) this.finish();
    });
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    this.cancelTimer();
    this.options.done();
  }
}

/** A header parameter of a URI (RFC 3261 19.1.1), unescaped. */
function headerOf(headers: string, name: string): string | undefined {
  for (const part of headers.split('&')) {
    const equals = part.indexOf('=');
    if (part.slice(0, equals).toLowerCase() === name.toLowerCase()) return unescapeUser(part.slice(equals + 1));
  }
  return undefined;
}
