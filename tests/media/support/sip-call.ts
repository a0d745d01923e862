// The least SIP that calls a baresip over UDP: INVITE with our SDP, ACK, re-INVITE, BYE. A test's tool, no stack.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface Response {
  status: number;
  body: string;
}

const resend = 500;

export class SipCall {
  /** Answers a re-INVITE of theirs. */
  onReinvite: (sdp: string) => Promise<string> = () => Promise.reject(new Error('no re-INVITE expected'));
  readonly #socket: Socket;
  readonly #target: { uri: string; address: string; port: number };
  readonly #callId = randomBytes(8).toString('hex');
  readonly #from: string;
  readonly #waiting = new Map<number, (response: Response) => void>();
  #to: string;
  #sequence = 0;

  private constructor(socket: Socket, uri: string) {
    const [, address = '', port = ''] = /@([\d.]+):(\d+)/.exec(uri) ?? [];
    this.#socket = socket;
    this.#target = { uri, address, port: Number(port) };
    this.#from = `<sip:tester@127.0.0.1>;tag=${randomBytes(4).toString('hex')}`;
    this.#to = `<${uri}>`;
    socket.on('message', (bytes) => void this.#receive(bytes.toString()));
  }

  static async to(uri: string): Promise<SipCall> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new SipCall(socket, uri);
  }

  async invite(sdp: string): Promise<Response> {
    const response = await this.#request('INVITE', sdp);
    this.#send('ACK', this.#sequence, '');
    return response;
  }

  /** INVITE without SDP: they offer in the 200, we answer in the ACK. */
  async inviteLate(answer: (offer: string) => Promise<string>): Promise<Response> {
    const response = await this.#request('INVITE', '');
    this.#send('ACK', this.#sequence, await answer(response.body));
    return response;
  }

  async bye(): Promise<void> {
    await this.#request('BYE', '');
    this.#socket.close();
  }

  async #request(method: string, body: string): Promise<Response> {
    this.#sequence += 1;
    const sequence = this.#sequence;
    const answered = Promise.withResolvers<Response>();
    this.#waiting.set(sequence, answered.resolve);
    const branch = newBranch();
    this.#send(method, sequence, body, branch);
    const timer = setInterval(() => this.#send(method, sequence, body, branch), resend);
    try {
      return await answered.promise;
    } finally {
      clearInterval(timer);
    }
  }

  #send(method: string, sequence: number, body: string, branch = newBranch()): void {
    const port = this.#socket.address().port;
    const lines = [
      `${method} ${this.#target.uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch};rport`,
      'Max-Forwards: 70',
      `From: ${this.#from}`,
      `To: ${this.#to}`,
      `Call-ID: ${this.#callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:tester@127.0.0.1:${port}>`,
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, this.#target.port, this.#target.address);
  }

  async #receive(text: string): Promise<void> {
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const header = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'mi').exec(head)?.[1]?.trim() ?? '';
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(head)?.[1] ?? 0);
    if (status >= 200) {
      this.#to = header('To');
      const sequence = Number.parseInt(header('CSeq'), 10);
      this.#waiting.get(sequence)?.({ status, body });
      this.#waiting.delete(sequence);
    } else if (status === 0 && !head.startsWith('ACK')) {
      const answer = head.startsWith('INVITE') ? await this.onReinvite(body) : '';
      const copied = head.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
      const port = this.#socket.address().port;
      const lines = ['SIP/2.0 200 OK', ...copied, `Contact: <sip:tester@127.0.0.1:${port}>`];
      if (answer) lines.push('Content-Type: application/sdp');
      lines.push(`Content-Length: ${Buffer.byteLength(answer)}`);
      this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${answer}`, this.#target.port, this.#target.address);
    }
  }
}

function newBranch(): string {
  return `z9hG4bK${randomBytes(6).toString('hex')}`;
}
