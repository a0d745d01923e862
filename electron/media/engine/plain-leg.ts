// The leg to the network: an even RTP port and the RTCP port above it (RFC 3550 section 11).
import type { RemoteInfo, Socket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { keepAliveInterval } from './keep-alive.ts';
import { bindUdp } from './udp.ts';

export interface PlainLegListener {
  rtp(packet: Buffer, source: RemoteInfo): void;
  rtcp(packet: Buffer, source: RemoteInfo): void;
  /** A handler threw, or a socket had an error; the leg goes on. */
  failure(why: string): void;
}

const lowestPort = 16_384;
const highestPort = 32_766;
const attempts = 100;
/** Bytes; a burst after a stall must not be lost in the kernel. */
const receiveBuffer = 256 * 1024;

/** Two bound sockets. */
export class PlainLeg {
  readonly port: number;
  readonly address: string;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  #closed = false;

  private constructor(rtp: Socket, rtcp: Socket) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.port = rtp.address().port;
    this.address = rtp.address().address;
  }

  /** Rejects when the address is not ours or no pair of ports is free. */
  static async open(localAddress: string): Promise<PlainLeg> {
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const port = lowestPort + 2 * randomInt((highestPort - lowestPort) / 2);
      const bound = await Promise.allSettled([bind(localAddress, port), bind(localAddress, port + 1)]);
      const [rtp, rtcp] = bound;
      if (rtp.status === 'fulfilled' && rtcp.status === 'fulfilled') {
        return new PlainLeg(rtp.value, rtcp.value);
      }
      for (const result of bound) {
        if (result.status === 'fulfilled') result.value.close();
        else cause = result.reason;
      }
      if (!isAddressInUse(cause)) break;
    }
    throw new Error(`no RTP ports on ${localAddress}`, { cause });
  }

  listen(listener: PlainLegListener): void {
    const guarded = (handle: (packet: Buffer, source: RemoteInfo) => void) => (packet: Buffer, source: RemoteInfo) => {
      try {
        handle(packet, source);
      } catch (error) {
        listener.failure(`datagram from ${source.address}:${source.port}: ${String(error)}`);
      }
    };
    const onRtp = guarded((packet, source) => listener.rtp(packet, source));
    const onRtcp = guarded((packet, source) => listener.rtcp(packet, source));
    this.#rtp.on('message', onRtp).on('error', (error) => listener.failure(error.message));
    this.#rtcp.on('message', onRtcp).on('error', (error) => listener.failure(error.message));
  }

  sendRtp(packet: Buffer, target: { address: string; port: number }): void {
    send(this.#closed ? null : this.#rtp, packet, target);
  }

  sendRtcp(packet: Buffer, target: { address: string; port: number }): void {
    send(this.#closed ? null : this.#rtcp, packet, target);
  }

  /** An empty datagram (RFC 6263 section 4.1) unless RTP went there of late: no phone takes it for anything. */
  keepOpen(target: { address: string; port: number }, lastRtpAt: number | null): void {
    const late = lastRtpAt === null || performance.now() - lastRtpAt >= keepAliveInterval;
    if (late) this.sendRtp(Buffer.alloc(0), target);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rtp.close();
    this.#rtcp.close();
  }
}

/**
 * A route that is gone for a moment is not an error of ours: RTP just loses packets. Without a callback Node tells nobody of
 * it, and spares a turn of its queue for every packet.
 */
function send(socket: Socket | null, packet: Buffer, target: { address: string; port: number }): void {
  socket?.send(packet, target.port, target.address);
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function bind(address: string, port: number): Promise<Socket> {
  const socket = await bindUdp(address, port);
  socket.setRecvBufferSize(receiveBuffer);
  return socket;
}
