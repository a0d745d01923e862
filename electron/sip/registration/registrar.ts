// The registrar as we speak to it: REGISTER with credentials, without outbound where it knows nothing of that (439), and again
// where its 3xx leads.
import { ProblemError } from '../../../contract/index.ts';
import type { Answer, Credentials, Exchange } from '../digest/index.ts';
import type { Flow, Target } from '../net/index.ts';
import { targetsAt, targetsOf } from '../server.ts';
import type { TransactionFailure, TransactionLayer } from '../transaction/types.ts';
import type { SipAccount } from '../types.ts';
import type { SipRequest, SipResponse } from '../wire/index.ts';
import { retryAfter } from './granted.ts';
import type { Event } from './machine.ts';
import { registrarAt } from './places.ts';
import { redirectionProblem, registrationProblem } from './problems.ts';
import { redirection } from './redirect.ts';
import { createRegister, type Identity } from './requests.ts';
import { takeBack, type Header } from './take-back.ts';
import type { Way } from './way.ts';

/** 3xx in a row that are followed at once. */
const MAX_REDIRECTIONS = 2;

/** What became of one attempt. */
export type Outcome =
  | { kind: 'accepted'; response: SipResponse; flow: Flow }
  /** It was refused, or there was nothing to refuse any more. */
  | { kind: 'over'; event: Event }
  | { kind: 'failure'; failure: TransactionFailure };

export interface Attempt {
  /** Seconds; 0 takes our contact back. */
  expires: number;
  /** Tried before the others. */
  first: Target | null;
  /** Nobody but that one is tried. */
  alone: boolean;
  /** False once another attempt took this one's place. */
  isCurrent(): boolean;
}

export interface RegistrarOptions {
  account: SipAccount;
  layer: TransactionLayer;
  credentials: Credentials;
  identity: Identity;
  way: Way;
}

export class Registrar {
  private readonly options: RegistrarOptions;
  /** Its URI; another one after a 3xx. */
  private uri: string;
  private cseq = 0;
  /** False once it said that it knows nothing of RFC 5626 (439). */
  private outbound = true;
  /** Contacts that were taken back, so that one that keeps them is not asked for ever. */
  private readonly removed = new Set<string>();

  constructor(options: RegistrarOptions) {
    this.options = options;
    this.uri = `sip:${options.account.domain}`;
  }

  /** Sends REGISTER until there is an outcome; null when another attempt took its place. */
  async register(attempt: Attempt): Promise<Outcome | null> {
    const { way, account, layer } = this.options;
    try {
      if (way.flow?.open !== true || way.targets.length === 0) {
        const targets = await targetsOf(account, layer);
        if (!attempt.isCurrent()) return null;
        way.targets = targets;
      }
    } catch (error) {
      return unresolved(error);
    }
    return this.insist(attempt);
  }

  /** It was a 3xx that led elsewhere: the next attempt begins at home. */
  forget(): void {
    this.uri = `sip:${this.options.account.domain}`;
  }

  /** Takes contacts back that are no longer ours, each once. */
  remove(stale: readonly string[]): void {
    const { layer, way, identity } = this.options;
    for (const uri of stale) {
      if (this.removed.has(uri) || this.removed.size > 20) continue;
      this.removed.add(uri);
      const ask = (more: Header[]): SipRequest =>
        createRegister(identity, { registrar: this.uri, cseq: (this.cseq += 1), stale: uri, more });
      takeBack({ layer, targets: way.route, exchange: this.exchange(), ask, isOwn: (flow) => way.isOwn(flow) });
    }
  }

  private async insist(attempt: Attempt): Promise<Outcome | null> {
    const { way } = this.options;
    const { expires } = attempt;
    let { first, alone } = attempt;
    let exchange = this.exchange();
    for (let redirections = 0; ;) {
      const outcome = await this.send(expires, exchange, this.targets(first, alone));
      if (!attempt.isCurrent()) return null;
      if (outcome.kind === 'failure') return outcome;
      const { response, flow } = outcome;
      const { status, headers } = response;
      if (status < 300) return outcome;
      let how: Answer | null = null;
      if (status === 401 || status === 407) {
        how = way.isOwn(flow) ? await exchange.answer(status, headers) : 'other-realm';
        if (!attempt.isCurrent()) return null;
        // The nonce was made for this flow; a second server may not know it.
        if (how === 'retry' && flow.open) way.flow = flow;
        if (how === 'retry') continue;
      }
      if (expires === 0) return { kind: 'over', event: { type: 'unregistered' } };
      if (status < 400) {
        redirections += 1;
        const refused = await this.redirected(response, redirections, attempt);
        if (refused !== 'followed') return refused;
        [first, alone, exchange] = [null, false, this.exchange()];
      } else if (status === 439 && this.outbound) this.outbound = false;
      else return { kind: 'over', event: this.refusal(response, how) };
    }
  }

  private targets(first: Target | null, alone: boolean): readonly Target[] {
    const { route } = this.options.way;
    if (first === null) return route;
    return alone ? [first] : [first, ...route.filter((target) => target !== first)];
  }

  private send(
    expires: number,
    exchange: Exchange,
    targets: readonly Target[],
  ): Promise<Exclude<Outcome, { kind: 'over' }>> {
    const { layer, identity } = this.options;
    this.cseq += 1;
    const { uri: registrar, cseq, outbound } = this;
    const request = createRegister(identity, { registrar, cseq, expires, outbound, more: exchange.headers() });
    return new Promise((resolve) => {
      layer.request(
        request,
        {
          response: (response, flow) => response.status >= 200 && resolve({ kind: 'accepted', response, flow }),
          failure: (failure) => resolve({ kind: 'failure', failure }),
        },
        { targets },
      );
    });
  }

  private refusal(response: SipResponse, how: Answer | null): Event {
    const { status, reason, headers } = response;
    if (status === 423) return { type: 'too-brief', minimum: Number(headers.get('Min-Expires') ?? '0') || 0 };
    const wait = retryAfter(response);
    // A server that is coming up, or asks for another way in, may be well in a second.
    const live = status >= 500 || status === 430 || status === 480;
    return {
      type: 'failed',
      problem: registrationProblem(status, reason, this.options.account.domain, how),
      live,
      refused: !live && status !== 408,
      ...(wait === undefined ? {} : { retryAfter: wait }),
    };
  }

  /** 3xx: within the account's own domain it is followed, elsewhere only told of. */
  private async redirected(
    response: SipResponse,
    count: number,
    attempt: Attempt,
  ): Promise<Outcome | null | 'followed'> {
    const { account, layer, way } = this.options;
    const addresses = way.targets.map((target) => target.host);
    const found = redirection(response, { domain: account.domain, host: way.serverName, addresses });
    if (found.kind !== 'own' || count > MAX_REDIRECTIONS) {
      const problem = redirectionProblem(account.domain, found, `${response.status} ${response.reason}`);
      return { kind: 'over', event: { type: 'failed', problem, refused: true } };
    }
    try {
      const targets = await targetsAt(account, found.uri, layer);
      if (!attempt.isCurrent()) return null;
      way.flow = null;
      way.targets = targets;
    } catch (error) {
      return attempt.isCurrent() ? unresolved(error) : null;
    }
    this.uri = registrarAt(found.uri);
    return 'followed';
  }

  private exchange(): Exchange {
    const { credentials } = this.options;
    return credentials.exchange({ kind: 'register', method: 'REGISTER', uri: this.uri, body: Buffer.alloc(0) });
  }
}

/** Only a faulty address and the search for the server can fail by throwing; the transaction reports all else itself. */
function unresolved(error: unknown): Outcome {
  if (error instanceof ProblemError) {
    return { kind: 'over', event: { type: 'failed', problem: error.problem, refused: true } };
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failure', failure: { reason: 'resolve', error: cause } };
}
