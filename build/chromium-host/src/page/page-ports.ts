// Real MessagePorts in the page whose far ends are pumped to the host.
import type { PortTraffic } from '../ports.ts';

export class PagePorts {
  readonly #send: (traffic: PortTraffic) => void;
  readonly #ports = new Map<string, MessagePort>();
  #next = 1;

  constructor(send: (traffic: PortTraffic) => void) {
    this.#send = send;
  }

  /** The ports that the host sent: this side's ends of new channels. */
  import(ids: readonly string[]): MessagePort[] {
    return ids.map((id) => {
      const { port1, port2 } = new MessageChannel();
      this.#pump(id, port1);
      return port2;
    });
  }

  /** Takes ports that the page sends away; returns the ids under which the host will know them. */
  export(ports: readonly MessagePort[]): string[] {
    return ports.map((port) => {
      const id = `page-${this.#next++}`;
      this.#pump(id, port);
      return id;
    });
  }

  handle(traffic: PortTraffic): void {
    const port = this.#ports.get(traffic.port);
    if (traffic.kind === 'port-message') {
      const ports = this.import(traffic.ports);
      port?.postMessage(traffic.data, ports);
    } else {
      this.#ports.delete(traffic.port);
      port?.close();
    }
  }

  #pump(id: string, port: MessagePort): void {
    this.#ports.set(id, port);
    port.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) =>
      this.#send({ kind: 'port-message', port: id, data, ports: this.export(ports) }),
    );
    port.addEventListener('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'port-close', port: id });
    });
    port.start();
  }
}
