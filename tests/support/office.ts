// An office of one: a scripted SIP server on loopback UDP that registers a phone, calls it, and is called. Shares no code with
// the phone under test.
import { createHash } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { header, readMessage, token, uriIn, writeMessage, type TextMessage } from '../../bench/lab/sip-text.ts';
import { answerTo, describeAudio, type AudioFormat } from './office-audio.ts';
import { Events } from './office-events.ts';

/** What happens when the phone calls a number. */
export type Script =
  /** Answered with audio, after ringing. */
  { does: 'answers' } | { does: 'rings' } | { does: 'refuses'; status: `${number} ${string}` };

export interface OfficeOptions {
  /** Instead of {@link domain}. */
  domain?: string;
  /** Users and their passwords. Everybody else is 404. */
  passwords?: Record<string, string>;
  /** Who answers how; other numbers are 404. */
  numbers?: Record<string, Script>;
}

export const domain = 'office.test';

/** The other end of one call with the phone. */
export class OfficeCall {
  readonly callId: string;
  readonly #office: OfficeLink;
  readonly #events: Events<number>;
  #remote: { target: string; header: string; address: RemoteInfo };
  readonly #local: string;
  #cseq = 1;
  #version = 1;
  readonly #branch = `z9hG4bK${token()}`;
  /** Requests of the phone inside this call: `BYE`, `INVITE`. */
  readonly requests = new Events<string>();

  constructor(
    office: OfficeLink,
    callId: string,
    local: string,
    remote: { target: string; header: string; address: RemoteInfo },
  ) {
    this.callId = callId;
    this.#office = office;
    this.#local = local;
    this.#remote = remote;
    this.#events = new Events<number>();
  }

  /** Resolves when the phone answered this status. Past ones count. */
  status(status: number, ms?: number): Promise<number> {
    return this.#events.wait((one) => one === status, `${status} from the phone`, ms);
  }

  /** The first final answer of the phone. */
  final(ms?: number): Promise<number> {
    return this.#events.wait((one) => one >= 200, 'a final answer of the phone', ms);
  }

  invite(formats: readonly AudioFormat[]): void {
    const body = describeAudio(this.#office.rtpPort, formats, 'sendrecv', this.#version);
    this.#send('INVITE', body, this.#branch);
  }

  cancel(): void {
    this.#send('CANCEL', '', this.#branch);
  }

  /** Puts the phone on hold, or takes it back, by a re-INVITE. */
  async hold(on: boolean): Promise<void> {
    this.#cseq += 1;
    this.#version += 1;
    this.#events.forget();
    this.#send('INVITE', describeAudio(this.#office.rtpPort, ['PCMU'], on ? 'sendonly' : 'sendrecv', this.#version));
    await this.status(200);
  }

  async hangUp(): Promise<void> {
    this.#cseq += 1;
    this.#events.forget();
    this.#send('BYE', '');
    await this.status(200);
  }

  /** @internal A response to a request of ours. */
  response(message: TextMessage): void {
    const isInvite = message.method === 'INVITE';
    if (isInvite && message.status >= 200) {
      this.#remote = { ...this.#remote, header: header(message, 'to') };
      if (message.status < 300) {
        this.#remote.target = uriIn(header(message, 'contact')) || this.#remote.target;
        this.#send('ACK', '');
      } else this.#send('ACK', '', this.#branch);
    }
    if (message.method !== 'CANCEL') this.#events.add(message.status);
  }

  #send(method: string, body: string, branch = `z9hG4bK${token()}`): void {
    const { target, address, header: to } = this.#remote;
    this.#office.send(
      writeMessage(
        `${method} ${target} SIP/2.0`,
        [
          ['Via', `SIP/2.0/UDP 127.0.0.1:${this.#office.port};branch=${branch};rport`],
          ['Max-Forwards', '70'],
          ['From', this.#local],
          ['To', method === 'CANCEL' ? to.replace(/;tag=.*/, '') : to],
          ['Call-ID', this.callId],
          ['CSeq', `${this.#cseq} ${method}`],
          ['Contact', `<sip:office@127.0.0.1:${this.#office.port}>`],
          ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
        ],
        body,
      ),
      address,
    );
  }
}

interface OfficeLink {
  readonly port: number;
  readonly rtpPort: number;
  send(bytes: Buffer, to: RemoteInfo): void;
}

export class Office {
  readonly #options: OfficeOptions;
  readonly #sip: Socket = createSocket('udp4');
  readonly #rtp: Socket = createSocket('udp4');
  readonly #calls = new Map<string, OfficeCall>();
  readonly #contacts = new Map<string, { contact: string; remote: RemoteInfo }>();
  /** INVITEs of the phone that ring, by Call-ID, for its CANCEL. */
  readonly #ringing = new Map<string, { message: TextMessage; tag: string }>();
  /** Final answers by transaction, for requests that come again. */
  readonly #answered = new Map<string, Buffer[]>();
  readonly registered = new Events<string>();
  readonly unregistered = new Events<string>();
  /** Each call that the phone placed, by the number it called. */
  readonly called = new Events<{ number: string; call: OfficeCall }>();
  readonly #packets = new Events<number>();
  #packetCount = 0;
  #closed = false;

  private constructor(options: OfficeOptions) {
    this.#options = options;
  }

  static async open(options: OfficeOptions = {}): Promise<Office> {
    const office = new Office(options);
    office.#sip.on('message', (bytes, remote) => office.#received(bytes.toString('latin1'), remote));
    office.#rtp.on('message', (packet, remote) => {
      office.#rtp.send(packet, remote.port, remote.address); // an echo
      office.#packetCount += 1;
      office.#packets.add(office.#packetCount);
      office.#packets.forget();
    });
    for (const socket of [office.#sip, office.#rtp]) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    return office;
  }

  get #domain(): string {
    return this.#options.domain ?? domain;
  }

  get port(): number {
    return this.#sip.address().port;
  }

  /** For an account's server field. */
  get server(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Provisioning for one user of this office. */
  accountOf(user: string): { address: string; password: string; server: string; label: string; media: 'rtp' } {
    const password = this.#options.passwords?.[user] ?? '';
    return { address: `${user}@${this.#domain}`, password, server: this.server, label: 'Office', media: 'rtp' };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sip.close();
    this.#rtp.close();
  }

  /** Calls the phone of `user`, which has registered. */
  call(user: string, from: { number: string; name?: string }, formats: readonly AudioFormat[] = ['PCMU']): OfficeCall {
    const contact = this.#contacts.get(user);
    if (!contact) throw new Error(`${user} is not registered.`);
    const name = from.name === undefined ? '' : `"${from.name}" `;
    const local = `${name}<sip:${from.number}@${this.#domain}>;tag=${token()}`;
    const remote = { target: contact.contact, header: `<sip:${user}@${this.#domain}>`, address: contact.remote };
    const call = new OfficeCall(this.#link, token(), local, remote);
    this.#calls.set(call.callId, call);
    call.invite(formats);
    return call;
  }

  /** Resolves after this many more RTP packets of the phone. */
  async packets(count: number, ms = 10_000): Promise<void> {
    const wanted = this.#packetCount + count;
    await this.#packets.wait((seen) => seen >= wanted, `${count} RTP packets of the phone`, ms);
  }

  get #link(): OfficeLink {
    return {
      port: this.port,
      rtpPort: this.#rtp.address().port,
      send: (bytes, to) => this.#sip.send(bytes, to.port, to.address),
    };
  }

  #received(text: string, remote: RemoteInfo): void {
    if (text.trim() === '') return; // keep-alive
    const message = readMessage(text);
    if (message.status > 0) {
      this.#calls.get(header(message, 'call-id'))?.response(message);
      return;
    }
    const key = `${header(message, 'via')} ${header(message, 'cseq')}`;
    const known = this.#answered.get(key);
    if (known) {
      for (const bytes of known) this.#sip.send(bytes, remote.port, remote.address);
      return;
    }
    this.#request(message, remote);
  }

  #request(message: TextMessage, remote: RemoteInfo): void {
    const call = this.#calls.get(header(message, 'call-id'));
    switch (message.method) {
      case 'REGISTER':
        return this.#register(message, remote);
      case 'INVITE':
        return call ? this.#reinvite(call, message, remote) : this.#invite(message, remote);
      case 'ACK':
        return;
      case 'SUBSCRIBE':
      case 'PUBLISH':
        // It has no events. A yes without the NOTIFY that must follow would be waited for, also when the phone leaves.
        return this.#answer(message, remote, '489 Bad Event');
      default:
        if (message.method === 'CANCEL') this.#cancelled(message, remote);
        call?.requests.add(message.method);
        this.#answer(message, remote, '200 OK');
    }
  }

  #register(message: TextMessage, remote: RemoteInfo): void {
    const user = userIn(header(message, 'to'));
    const password = this.#options.passwords?.[user];
    if (password === undefined) return this.#answer(message, remote, '404 Not Found');
    if (!isDigestOf(header(message, 'authorization'), user, password, this.#domain, 'REGISTER')) {
      const challenge = `Digest realm="${this.#domain}", nonce="${token()}", algorithm=MD5, qop="auth"`;
      return this.#answer(message, remote, '401 Unauthorized', [['WWW-Authenticate', challenge]]);
    }
    const contact = header(message, 'contact');
    if (contact === '') {
      // Only asked who is bound (RFC 3261 10.2.3), as the diagnosis does.
      const bound = this.#contacts.get(user)?.contact;
      return this.#answer(
        message,
        remote,
        '200 OK',
        bound === undefined ? [] : [['Contact', `<${bound}>;expires=300`]],
      );
    }
    const expires = /expires=(\d+)/i.exec(contact)?.[1] ?? (header(message, 'expires') || '300');
    if (expires === '0') {
      this.#contacts.delete(user);
      this.unregistered.add(user);
      return this.#answer(message, remote, '200 OK');
    }
    this.#contacts.set(user, { contact: uriIn(contact), remote });
    this.#answer(message, remote, '200 OK', [['Contact', `<${uriIn(contact)}>;expires=${expires}`]]);
    this.registered.add(user);
  }

  #invite(message: TextMessage, remote: RemoteInfo): void {
    const number = userIn(message.first.split(' ')[1] ?? '');
    const script = this.#options.numbers?.[number];
    if (!script) return this.#answer(message, remote, '404 Not Found');
    if (script.does === 'refuses') return this.#answer(message, remote, script.status);
    const tag = token();
    const from = header(message, 'from');
    const target = uriIn(header(message, 'contact'));
    const local = `${header(message, 'to')};tag=${tag}`;
    const call = new OfficeCall(this.#link, header(message, 'call-id'), local, {
      target,
      header: from,
      address: remote,
    });
    this.#calls.set(call.callId, call);
    this.#answer(message, remote, '180 Ringing', [], '', tag);
    if (script.does === 'answers') this.#accept(message, remote, tag);
    else this.#ringing.set(call.callId, { message, tag });
    this.called.add({ number, call });
  }

  #cancelled(message: TextMessage, remote: RemoteInfo): void {
    const invite = this.#ringing.get(header(message, 'call-id'));
    if (invite) this.#answer(invite.message, remote, '487 Request Terminated', [], '', invite.tag);
    this.#ringing.delete(header(message, 'call-id'));
  }

  #reinvite(call: OfficeCall, message: TextMessage, remote: RemoteInfo): void {
    call.requests.add('INVITE');
    this.#accept(message, remote);
  }

  #accept(message: TextMessage, remote: RemoteInfo, tag?: string): void {
    const extra = [
      ['Contact', `<sip:office@127.0.0.1:${this.port}>`],
      ['Content-Type', 'application/sdp'],
    ] as const;
    this.#answer(message, remote, '200 OK', extra, answerTo(message.body, this.#rtp.address().port), tag);
  }

  #answer(
    request: TextMessage,
    remote: RemoteInfo,
    status: string,
    extra: readonly (readonly [string, string])[] = [],
    body = '',
    tag = token(),
  ): void {
    const to = header(request, 'to');
    const via = (request.headers.get('via') ?? []).map(
      (one) => ['Via', one.replace(/;rport(?!=)/, `;rport=${remote.port};received=${remote.address}`)] as const,
    );
    const bytes = writeMessage(
      `SIP/2.0 ${status}`,
      [
        ...via,
        ['From', header(request, 'from')],
        ['To', /;tag=/.test(to) ? to : `${to};tag=${tag}`],
        ['Call-ID', header(request, 'call-id')],
        ['CSeq', header(request, 'cseq')],
        ...extra,
      ],
      body,
    );
    const key = `${header(request, 'via')} ${header(request, 'cseq')}`;
    this.#answered.set(key, [...(this.#answered.get(key) ?? []), bytes]);
    this.#sip.send(bytes, remote.port, remote.address);
  }
}

function userIn(text: string): string {
  return /sips?:([^@>;]+)@/i.exec(text)?.[1] ?? '';
}

/** RFC 2617 3.2.2 with MD5 and qop=auth. */
function isDigestOf(authorization: string, user: string, password: string, realm: string, method: string): boolean {
  const part = (name: string): string => new RegExp(`[ ,]${name}="?([^",]*)"?`, 'i').exec(authorization)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const a1 = md5(`${user}:${realm}:${password}`);
  const a2 = md5(`${method}:${part('uri')}`);
  const wanted = md5([a1, part('nonce'), part('nc'), part('cnonce'), 'auth', a2].join(':'));
  return part('username') === user && part('response') === wanted;
}
