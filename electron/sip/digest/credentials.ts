// One digest session for each account: who may ask for its password, the nonces in use, and one exchange a request.
import { randomToken, type Headers } from '../wire/index.ts';
import { parseChallenges, strongest, type Challenge } from './challenge.ts';
import { credentialsHeader, secretOf } from './digest.ts';

export interface CredentialsOptions {
  user: string;
  /** The account's domain: a realm of this name is always its own. */
  domain: string;
  /** Asked for when a challenge comes; never kept. What is kept is its hash for one realm. */
  password(): Promise<string | null>;
}

/** How a challenge was met. `retry`: send the request again, with a new CSeq and the exchange's headers. */
export type Answer = 'retry' | 'rejected' | 'no-password' | 'other-realm' | 'unknown-challenge';

/** What an exchange needs of the request that it belongs to. */
export interface Challenged {
  /**
   * Nonces are sent along at once only with requests of the kind that was challenged before: a registrar and a proxy may
   * differ, and inside a dialog most proxies ask for nothing and hand what they get to the other phone.
   */
  kind: 'register' | 'outside' | 'inside';
  method: string;
  uri: string;
  body: Buffer;
}

/** A challenge that was answered before, used again with a higher count. */
interface NonceInUse {
  challenge: Challenge;
  cnonce: string;
  count: number;
}

type HeaderName = 'Authorization' | 'Proxy-Authorization';

export class Credentials {
  readonly user: string;
  private readonly options: CredentialsOptions;
  /** Realms that this account's registrar has named in a REGISTER that then succeeded; null before that. */
  private pinned: Set<string> | null = null;
  private readonly learning = new Set<string>();
  private readonly secrets = new Map<string, string>();
  private readonly nonces = new Map<string, { kind: Challenged['kind']; header: HeaderName; nonce: NonceInUse }>();

  constructor(options: CredentialsOptions) {
    this.options = options;
    this.user = options.user;
  }

  /** One for each request, from its first sending to its final response. */
  exchange(request: Challenged): Exchange {
    return new Exchange(this, request);
  }

  /** The registrar has accepted: its realms are the account's, and no other is from now on. */
  registered(): void {
    this.pinned ??= new Set(this.learning);
  }

  /** The person asked to try again, or changed the password: whatever was learned may be wrong. */
  forget(): void {
    this.pinned = null;
    this.learning.clear();
    this.secrets.clear();
    this.nonces.clear();
  }

  /** May this realm have our password? Until the registrar has named its realm, only a REGISTER may teach us one. */
  trusts(realm: string, kind: Challenged['kind']): boolean {
    if (realm.toLowerCase() === this.options.domain.toLowerCase()) return true;
    if (this.pinned !== null) return this.pinned.has(realm);
    if (kind === 'register') this.learning.add(realm);
    return this.learning.has(realm);
  }

  /** The hash for this realm, made of the password where it is not known yet; null without a password. */
  async secret(challenge: Challenge): Promise<string | null> {
    const algorithm = challenge.algorithm.replace('-sess', '');
    const key = `${algorithm} ${challenge.realm}`;
    const known = this.secrets.get(key);
    if (known !== undefined) return known;
    const password = await this.options.password();
    if (password === null) return null;
    const secret = secretOf(challenge.algorithm, this.user, challenge.realm, password);
    this.secrets.set(key, secret);
    return secret;
  }

  /** The hash if it is known. */
  knownSecret(challenge: Challenge): string | undefined {
    return this.secrets.get(`${challenge.algorithm.replace('-sess', '')} ${challenge.realm}`);
  }

  /** A password that was refused is not tried again; the next challenge asks for it anew. */
  drop(challenge: Challenge): void {
    this.secrets.delete(`${challenge.algorithm.replace('-sess', '')} ${challenge.realm}`);
  }

  /** Nonces that the same kind of request was challenged with before: they are sent along at once. */
  inUse(kind: Challenged['kind']): [HeaderName, NonceInUse][] {
    return [...this.nonces.values()].filter((one) => one.kind === kind).map(({ header, nonce }) => [header, nonce]);
  }

  /** A nonce to be used from now on. */
  use(kind: Challenged['kind'], header: HeaderName, challenge: Challenge): NonceInUse {
    const nonce = { challenge, cnonce: randomToken(128), count: 0 };
    this.nonces.set(`${kind} ${header} ${challenge.realm}`, { kind, header, nonce });
    return nonce;
  }
}

/** What happens between one request and the servers on its way that ask for credentials. */
export class Exchange {
  private readonly credentials: Credentials;
  private readonly request: Challenged;
  /** Realms answered with a nonce of this very exchange: asked again without `stale`, the password is wrong. */
  private readonly answered = new Set<string>();
  private readonly nonces = new Map<string, [HeaderName, NonceInUse]>();
  private rounds = 0;

  constructor(credentials: Credentials, request: Challenged) {
    this.credentials = credentials;
    this.request = request;
    for (const [header, nonce] of credentials.inUse(request.kind)) {
      this.nonces.set(`${header} ${nonce.challenge.realm}`, [header, nonce]);
    }
  }

  /** Header lines for the next sending; each call counts one use of the nonces. */
  headers(): [HeaderName, string][] {
    const lines: [HeaderName, string][] = [];
    for (const [header, nonce] of this.nonces.values()) {
      const secret = this.credentials.knownSecret(nonce.challenge);
      if (secret === undefined) continue;
      nonce.count += 1;
      lines.push([
        header,
        credentialsHeader({
          ...this.request,
          challenge: nonce.challenge,
          user: this.credentials.user,
          secret,
          nonceCount: nonce.count,
          cnonce: nonce.cnonce,
        }),
      ]);
    }
    return lines;
  }

  /** Takes a 401 or 407 that came over the account's own flow. */
  async answer(status: number, headers: Headers): Promise<Answer> {
    const header: HeaderName = status === 407 ? 'Proxy-Authorization' : 'Authorization';
    const values = headers.all(status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate');
    const challenges = strongest(parseChallenges(values));
    if (challenges.length === 0) return 'unknown-challenge';
    const own = challenges.filter((challenge) => this.credentials.trusts(challenge.realm, this.request.kind));
    if (own.length === 0) return 'other-realm';
    this.rounds += 1;
    if (this.rounds > 6) return 'rejected';
    for (const challenge of own) {
      const key = `${header} ${challenge.realm}`;
      if (this.answered.has(key) && !challenge.stale) {
        this.credentials.drop(challenge);
        return 'rejected';
      }
      if ((await this.credentials.secret(challenge)) === null) return 'no-password';
      this.answered.add(key);
      this.nonces.set(key, [header, this.credentials.use(this.request.kind, header, challenge)]);
    }
    return 'retry';
  }
}
