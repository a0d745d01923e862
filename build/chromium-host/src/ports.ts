// MessageChannelMain and the relay that carries its ports into another process. Used by the host and by utility processes.
import { EventEmitter } from 'node:events';

export interface PortMessage {
  data: unknown;
  ports: PortEnd[];
}

/** What travels between this process and one remote side about ports. Ids are made by the side that sends a port. */
export type PortTraffic =
  { kind: 'port-message'; port: string; data: unknown; ports: string[] } | { kind: 'port-close'; port: string };

interface Receiver {
  message(message: PortMessage): void;
  close(): void;
}

/** One end of a channel: keeps what arrives until somebody receives it, here or in another process. */
export class PortEnd {
  peer: PortEnd | null = null;
  #queue: PortMessage[] = [];
  #receiver: Receiver | null = null;
  #closed = false;

  static pair(): [PortEnd, PortEnd] {
    const [a, b] = [new PortEnd(), new PortEnd()];
    a.peer = b;
    b.peer = a;
    return [a, b];
  }

  send(message: PortMessage): void {
    if (this.peer) this.peer.#arrive(message);
  }

  receive(receiver: Receiver): void {
    this.#receiver = receiver;
    for (const message of this.#queue.splice(0)) receiver.message(message);
    if (this.#closed) receiver.close();
  }

  /** Both ends are closed; the other side is told. */
  close(): void {
    const { peer } = this;
    this.peer = null;
    if (!peer) return;
    peer.peer = null;
    peer.#closed = true;
    if (peer.#receiver) peer.#receiver.close();
  }

  #arrive(message: PortMessage): void {
    if (this.#receiver) this.#receiver.message(message);
    else this.#queue.push(message);
  }
}

/** Electron's MessagePortMain: an EventEmitter of `message` ({ data, ports }) and `close`. Silent until `start()`. */
export class MessagePortMain extends EventEmitter {
  #end: PortEnd | null;

  constructor(end: PortEnd) {
    super();
    this.#end = end;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    // Cloned here, so that what cannot be cloned throws at the caller, as in Electron.
    this.#end?.send({ data: structuredClone(message), ports: takePorts(transfer) });
  }

  start(): void {
    this.#end?.receive({
      message: ({ data, ports }) =>
        void this.emit('message', { data, ports: ports.map((end) => new MessagePortMain(end)) }),
      close: () => {
        this.#end = null;
        this.emit('close');
      },
    });
  }

  close(): void {
    const end = this.#end;
    this.#end = null;
    if (!end) return;
    end.close();
    this.emit('close');
  }

  /** Hands the end to somebody else; this object is of no use afterwards, as with any transferred port. */
  take(): PortEnd {
    const end = this.#end;
    if (!end) throw new TypeError('Port at index 0 is already neutered');
    this.#end = null;
    return end;
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [a, b] = PortEnd.pair();
    this.port1 = new MessagePortMain(a);
    this.port2 = new MessagePortMain(b);
  }
}

/** The ends behind a transfer list. Throws for anything that is not a port, as Electron does. */
export function takePorts(transfer: readonly unknown[]): PortEnd[] {
  return transfer.map((port) => {
    if (!(port instanceof MessagePortMain)) throw new TypeError('Found invalid value in transferList');
    return port.take();
  });
}

/** Carries port ends to and from one remote side, given a way to send it `PortTraffic`. */
export class PortRelay {
  readonly #send: (traffic: PortTraffic) => void;
  readonly #prefix: string;
  readonly #ends = new Map<string, PortEnd>();
  #next = 1;

  /** @param prefix keeps the ids of the two sides apart. */
  constructor(prefix: string, send: (traffic: PortTraffic) => void) {
    this.#prefix = prefix;
    this.#send = send;
  }

  /** Sends these ends to the remote side; returns the ids under which it will know them. */
  export(ends: readonly PortEnd[]): string[] {
    return ends.map((end) => {
      const id = `${this.#prefix}${this.#next++}`;
      // The remote side hears of the port in the message that this one belongs to, so nothing may overtake it.
      queueMicrotask(() => this.#join(id, end));
      return id;
    });
  }

  /** Ends for ports that the remote side sent. */
  import(ids: readonly string[]): PortEnd[] {
    return ids.map((id) => {
      const [remote, local] = PortEnd.pair();
      this.#join(id, remote);
      return local;
    });
  }

  handle(traffic: PortTraffic): void {
    const end = this.#ends.get(traffic.port);
    if (traffic.kind === 'port-message') end?.send({ data: traffic.data, ports: this.import(traffic.ports) });
    else {
      this.#ends.delete(traffic.port);
      end?.close();
    }
  }

  /** The remote side is gone. */
  closeAll(): void {
    const ends = [...this.#ends.values()];
    this.#ends.clear();
    for (const end of ends) end.close();
  }

  #join(id: string, end: PortEnd): void {
    this.#ends.set(id, end);
    end.receive({
      message: ({ data, ports }) => this.#send({ kind: 'port-message', port: id, data, ports: this.export(ports) }),
      close: () => {
        if (this.#ends.delete(id)) this.#send({ kind: 'port-close', port: id });
      },
    });
  }
}
