// The lab: a registrar and a caller on loopback in one process, with times taken at its own sockets. Measures any UDP softphone.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { header, readMessage, token, uriIn, writeMessage, type TextMessage } from './sip-text.ts';

/** Milliseconds since the epoch with microseconds: comparable between processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

interface Binding {
  contact: string;
  remote: RemoteInfo;
}

/** One call to a phone; times as {@link now}. */
export class LabCall {
  readonly callId = token();
  readonly branch = `z9hG4bK${token()}`;
  readonly tag = token();
  /** When the INVITE was handed to the socket. */
  sentAt = 0;
  /** Status -> when it came first. */
  readonly at = new Map<number, number>();
  readonly #waiting = new Map<number, ((at: number) => void)[]>();
  final: TextMessage | null = null;

  arrived(message: TextMessage, at: number): void {
    if (!this.at.has(message.status)) this.at.set(message.status, at);
    if (message.status >= 200) this.final ??= message;
    for (const resolve of this.#waiting.get(message.status)?.splice(0) ?? []) resolve(at);
  }

  /** When this status came; waits for it at most `ms`. */
  async when(status: number, ms = 10_000): Promise<number> {
    const known = this.at.get(status);
    if (known !== undefined) return known;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No ${status} within ${ms} ms.`)), ms);
      const got = (at: number) => {
        clearTimeout(timer);
        resolve(at);
      };
      this.#waiting.set(status, [...(this.#waiting.get(status) ?? []), got]);
    });
  }
}

/** An RTP packet of the codecs that the lab offers: no RTCP, no key press. */
function isAudio(packet: Buffer): boolean {
  const [first = 0, second = 0] = packet;
  return packet.length > 12 && first >> 6 === 2 && [0, 8].includes(second & 0x7f);
}

/** Registrar (challenges, accepts any digest) and caller. */
export class Lab {
  readonly #sip: Socket = createSocket('udp4');
  readonly #rtp: Socket = createSocket('udp4');
  readonly #calls = new Map<string, LabCall>();
  readonly #bindings = new Map<string, Binding>();
  readonly #registered: { user: string; resolve: (at: number) => void }[] = [];
  #rtpWaiting: ((at: number) => void)[] = [];
  #echoes = false;

  static async start(): Promise<Lab> {
    const lab = new Lab();
    lab.#sip.on('message', (bytes, remote) => lab.#received(bytes.toString('latin1'), remote, now()));
    lab.#rtp.on('message', (packet, remote) => {
      const at = now();
      if (lab.#echoes) lab.#rtp.send(packet, remote.port, remote.address);
      if (!isAudio(packet)) return;
      for (const resolve of lab.#rtpWaiting.splice(0)) resolve(at);
    });
    for (const socket of [lab.#sip, lab.#rtp]) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    return lab;
  }

  get port(): number {
    return this.#sip.address().port;
  }

  close(): void {
    this.#sip.close();
    this.#rtp.close();
  }

  /** When the next authenticated REGISTER of `user` was answered 200. */
  registered(user: string, ms = 20_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${user} did not register within ${ms} ms.`)), ms);
      this.#registered.push({
        user,
        resolve: (at) => {
          clearTimeout(timer);
          resolve(at);
        },
      });
    });
  }

  /** Sends every RTP packet back from now on: the phone hears itself, as in a conversation. */
  echo(): void {
    this.#echoes = true;
  }

  /** The next RTP packet that reaches the lab. */
  nextRtp(ms = 10_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No RTP within ${ms} ms.`)), ms);
      this.#rtpWaiting.push((at) => {
        clearTimeout(timer);
        resolve(at);
      });
    });
  }

  /** Calls `user` where it registered. */
  invite(user: string, from = 'bench'): LabCall {
    const binding = this.#binding(user);
    const call = new LabCall();
    this.#calls.set(call.callId, call);
    this.#request('INVITE', call, binding, `<sip:${user}@lab.test>`, 1, from, this.#offer());
    return call;
  }

  /** ACK to the 200. */
  acknowledge(user: string, call: LabCall): void {
    const final = call.final;
    if (!final) throw new Error('Nothing to acknowledge yet.');
    this.#request(
      'ACK',
      call,
      this.#binding(user),
      header(final, 'to'),
      1,
      'bench',
      '',
      uriIn(header(final, 'contact')),
    );
  }

  /** BYE, and its 200. */
  async bye(user: string, call: LabCall): Promise<void> {
    const final = call.final;
    if (!final) throw new Error('Not answered.');
    call.at.delete(200);
    this.#request(
      'BYE',
      call,
      this.#binding(user),
      header(final, 'to'),
      2,
      'bench',
      '',
      uriIn(header(final, 'contact')),
    );
    await call.when(200);
    this.#calls.delete(call.callId);
  }

  /** CANCEL, and the 487 that follows. */
  async cancel(user: string, call: LabCall): Promise<void> {
    this.#request(
      'CANCEL',
      call,
      this.#binding(user),
      `<sip:${user}@lab.test>`,
      1,
      'bench',
      '',
      undefined,
      call.branch,
    );
    await call.when(487);
    this.#request(
      'ACK',
      call,
      this.#binding(user),
      header(call.final as TextMessage, 'to'),
      1,
      'bench',
      '',
      undefined,
      call.branch,
    );
    this.#calls.delete(call.callId);
  }

  #binding(user: string): Binding {
    const binding = this.#bindings.get(user);
    if (!binding) throw new Error(`${user} is not registered.`);
    return binding;
  }

  #request(
    method: string,
    call: LabCall,
    binding: Binding,
    to: string,
    cseq: number,
    from: string,
    body: string,
    target = binding.contact,
    branch = method === 'INVITE' ? call.branch : `z9hG4bK${token()}`,
  ): void {
    const bytes = writeMessage(
      `${method} ${target} SIP/2.0`,
      [
        ['Via', `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`],
        ['Max-Forwards', '70'],
        ['From', `"Bench" <sip:${from}@lab.test>;tag=${call.tag}`],
        ['To', to],
        ['Call-ID', call.callId],
        ['CSeq', `${cseq} ${method}`],
        ['Contact', `<sip:${from}@127.0.0.1:${this.port}>`],
        ...(body === '' ? [] : [['Content-Type', 'application/sdp'] as const]),
      ],
      body,
    );
    if (method === 'INVITE') call.sentAt = now();
    this.#sip.send(bytes, binding.remote.port, binding.remote.address);
  }

  #received(text: string, remote: RemoteInfo, at: number): void {
    if (text.trim() === '') return;
    const message = readMessage(text);
    if (message.status > 0) {
      this.#calls.get(header(message, 'call-id'))?.arrived(message, at);
      return;
    }
    if (message.method === 'REGISTER') this.#register(message, remote);
    else if (message.method !== 'ACK') this.#answer(message, remote, '200 OK', []);
  }

  #register(message: TextMessage, remote: RemoteInfo): void {
    if (!message.headers.has('authorization')) {
      this.#answer(message, remote, '401 Unauthorized', [
        ['WWW-Authenticate', `Digest realm="lab.test", nonce="${token()}", algorithm=MD5, qop="auth"`],
      ]);
      return;
    }
    const contact = header(message, 'contact');
    const expires = /expires=(\d+)/i.exec(contact)?.[1] ?? (header(message, 'expires') || '300');
    this.#answer(message, remote, '200 OK', [['Contact', `<${uriIn(contact)}>;expires=${expires}`]]);
    const user = /sips?:([^@]+)@/i.exec(uriIn(header(message, 'to')))?.[1] ?? '';
    if (expires === '0' || contact === '*') {
      this.#bindings.delete(user);
      return;
    }
    this.#bindings.set(user, { contact: uriIn(contact), remote });
    const at = now();
    for (const waiting of this.#registered.splice(0)) {
      if (waiting.user === user) waiting.resolve(at);
      else this.#registered.push(waiting);
    }
  }

  #answer(
    request: TextMessage,
    remote: RemoteInfo,
    status: string,
    extra: readonly (readonly [string, string])[],
  ): void {
    const to = header(request, 'to');
    const copied: (readonly [string, string])[] = [
      ...(request.headers.get('via') ?? []).map(
        (via) => ['Via', via.replace(/;rport(?!=)/, `;rport=${remote.port};received=${remote.address}`)] as const,
      ),
      ['From', header(request, 'from')],
      ['To', /;tag=/.test(to) ? to : `${to};tag=${token()}`],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
    ];
    this.#sip.send(writeMessage(`SIP/2.0 ${status}`, [...copied, ...extra]), remote.port, remote.address);
  }

  #offer(): string {
    const { port } = this.#rtp.address();
    return [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${port} RTP/AVP 0 8 101`,
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=ptime:20',
      'a=sendrecv',
      '',
    ].join('\r\n');
  }
}
