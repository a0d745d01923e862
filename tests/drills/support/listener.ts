// A place on the network that only listens: an RTP port with SDP for it, and every packet that came.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { DtlsHandshake, makeCertificate } from '../../../electron/media/engine/dtls.ts';
import type { SrtpContext } from '../../../electron/media/engine/srtp.ts';

export class Listener {
  readonly packets: Buffer[] = [];
  /** With the key that was agreed: what opens is no packet in the clear. */
  opens: SrtpContext | null = null;
  readonly #socket: Socket;
  #handshake: DtlsHandshake | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet, source) => {
      const [first = 0] = packet;
      if (first >= 20 && first <= 63) this.#handshake?.receive(packet, source);
      else if (packet.length > 0) this.packets.push(Buffer.from(packet));
    });
  }

  static async start(): Promise<Listener> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Listener(socket);
  }

  /** A description with an audio line of this protocol and these formats, and what else belongs to it. */
  sdp(proto: string, ...lines: string[]): string {
    const { port } = this.#socket.address();
    const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
    return [...head, `m=audio ${port} ${proto}`, ...lines, 'a=rtcp-mux', ''].join('\r\n');
  }

  /** A DTLS handshake to where this description says, with a certificate of nobody's. */
  async shakeHands(theirs: string): Promise<void> {
    const [, port = '0'] = /^m=audio (\d+)/m.exec(theirs) ?? [];
    const [, value = ''] = /^a=fingerprint:sha-256 (\S+)/m.exec(theirs) ?? [];
    const over = Promise.withResolvers<void>();
    this.#handshake = new DtlsHandshake({
      role: 'client',
      certificate: await makeCertificate(),
      local: this.#socket.address(),
      fingerprints: [{ algorithm: 'sha-256', value }],
      send: (packet) => this.#socket.send(packet, Number(port), '127.0.0.1'),
      onKeys: () => over.resolve(),
      onFailure: () => over.resolve(),
    });
    this.#handshake.start();
    await Promise.race([over.promise, delay(3000)]);
  }

  close(): void {
    this.#handshake?.close();
    this.#socket.close();
  }
}
