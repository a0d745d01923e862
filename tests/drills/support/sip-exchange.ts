// A SIP exchange for two phones that does nothing but pass datagrams on, and loses, doubles and reorders them as told.
// It shares no code with the phone: it reads no more of SIP than it must.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What happens to a datagram on its way; shares from 0 to 1. */
export interface Faults {
  loss: number;
  duplicates: number;
  /** Share that comes late, after what was sent behind it. */
  reordering: number;
  random: () => number;
}

/** The longest that a late datagram is held back, ms. */
const LATE = 60;

interface Phone {
  port: number;
  /** Its Contact URI, as registered. */
  contact: string;
}

export interface Traffic {
  carried: number;
  lost: number;
  doubled: number;
  late: number;
}

/** Answers REGISTER with 200 (never lost: the drill is about calls), and joins the first two users who register. */
export class SipExchange {
  readonly traffic: Traffic = { carried: 0, lost: 0, doubled: 0, late: 0 };
  readonly #socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 });
  readonly #phones = new Map<string, Phone>();
  readonly #faults: Faults | null;

  private constructor(faults: Faults | null) {
    this.#faults = faults;
  }

  static async start(faults: Faults | null = null): Promise<SipExchange> {
    const exchange = new SipExchange(faults);
    exchange.#socket.on('message', (bytes, { port }) => exchange.#received(bytes, port));
    exchange.#socket.bind(0, '127.0.0.1');
    await once(exchange.#socket, 'listening');
    return exchange;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Where this user's phone listens, and its Contact. */
  phone(user: string): Phone {
    const phone = this.#phones.get(user);
    if (!phone) throw new Error(`${user} has not registered.`);
    return phone;
  }

  close(): void {
    this.#socket.close();
  }

  #received(bytes: Buffer, port: number): void {
    if (bytes.length <= 4) return;
    const text = bytes.toString('latin1');
    if (text.startsWith('REGISTER ')) this.#register(text, port);
    else {
      const other = [...this.#phones.values()].find((phone) => phone.port !== port);
      if (other) this.#carry(other, text.startsWith('INVITE ') ? this.#onRoute(text, other) : text);
    }
  }

  /** Keeps itself in the path, so that BYE and ACK come this way too; and calls go to the Contact. */
  #onRoute(text: string, other: Phone): string {
    const [first = '', ...rest] = text.split('\r\n');
    const outside = !/^To:[^\r\n]*;tag=/im.test(text);
    const start = outside ? `INVITE ${other.contact} SIP/2.0` : first;
    return [start, `Record-Route: <sip:127.0.0.1:${this.port};lr>`, ...rest].join('\r\n');
  }

  #carry(to: Phone, text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    const faults = this.#faults;
    this.traffic.carried += 1;
    if (!faults) {
      this.#socket.send(bytes, to.port, '127.0.0.1');
      return;
    }
    const { random } = faults;
    const copies = random() < faults.duplicates ? 2 : 1;
    this.traffic.doubled += copies - 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (random() < faults.loss) this.traffic.lost += 1;
      else if (random() < faults.reordering) {
        this.traffic.late += 1;
        setTimeout(() => this.#socket.send(bytes, to.port, '127.0.0.1'), random() * LATE);
      } else this.#socket.send(bytes, to.port, '127.0.0.1');
    }
  }

  #register(text: string, port: number): void {
    const value = (name: string): string => new RegExp(`^${name}:[ ]*([^\\r\\n]*)`, 'im').exec(text)?.[1] ?? '';
    const user = /sip:([^@>]+)@/.exec(value('To'))?.[1] ?? '';
    const contact = /<([^>]+)>/.exec(value('Contact'))?.[1] ?? '';
    const expires = Number(value('Expires'));
    if (expires === 0) this.#phones.delete(user);
    else this.#phones.set(user, { port, contact });
    const lines = [
      'SIP/2.0 200 OK',
      ...text.split('\r\n').filter((line) => /^(Via|From|Call-ID|CSeq):/i.test(line)),
      `To: ${value('To')};tag=exchange`,
      ...(expires === 0 ? [] : [`Contact: <${contact}>;expires=${expires}`]),
      'Content-Length: 0',
      '',
      '',
    ];
    this.#socket.send(lines.join('\r\n'), port, '127.0.0.1');
  }
}
