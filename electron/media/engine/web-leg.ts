// The leg to the media window: ICE-lite (RFC 8445), DTLS-SRTP (RFC 5764) and RTP on one UDP socket of 127.0.0.1.
import type { RemoteInfo, Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { DtlsHandshake, type Certificate } from './dtls.ts';
import { looksLikeRtcp } from './rtp.ts';
import type { SrtpContext } from './srtp.ts';
import { bindingSuccess, readBindingRequest } from './stun.ts';
import { bindUdp } from './udp.ts';

export const loopback = '127.0.0.1';

export interface WebLegListener {
  rtp(packet: Buffer): void;
  rtcp(packet: Buffer): void;
  /** Audio can flow. */
  open(): void;
  failure(why: string): void;
}

/** One peer connection of the media window, seen from the engine. */
export class WebLeg {
  /** The window's side, by which a renewed offer of the same peer connection is known. */
  readonly remoteUfrag: string;
  readonly ufrag = iceText(6);
  readonly password = iceText(18);
  readonly #socket: Socket;
  readonly #dtls: DtlsHandshake;
  readonly #listener: WebLegListener;
  /** Where a checked binding request came from; nothing else is listened to. */
  #remote: { address: string; port: number } | null = null;
  #srtp: { send: SrtpContext; receive: SrtpContext } | null = null;
  #closed = false;

  private constructor(
    socket: Socket,
    certificate: Certificate,
    remote: { ufrag: string; fingerprint: string },
    listener: WebLegListener,
  ) {
    this.#socket = socket;
    this.#listener = listener;
    this.remoteUfrag = remote.ufrag;
    this.#dtls = new DtlsHandshake({
      role: 'server',
      certificate,
      local: { address: loopback, port: this.port },
      fingerprints: [{ algorithm: 'sha-256', value: remote.fingerprint }],
      send: (packet) => this.#send(packet),
      onKeys: (keys) => {
        this.#srtp = keys;
        listener.open();
      },
      onFailure: (why) => listener.failure(why),
    });
    socket.on('message', (packet, source) => {
      try {
        this.#receive(packet, source);
      } catch (error) {
        listener.failure(`datagram: ${String(error)}`);
      }
    });
    socket.on('error', (error) => listener.failure(error.message));
  }

  /** Binds a free port of 127.0.0.1. */
  static async open(
    certificate: Certificate,
    remote: { ufrag: string; fingerprint: string },
    listener: WebLegListener,
  ): Promise<WebLeg> {
    return new WebLeg(await bindUdp(loopback, 0), certificate, remote, listener);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get isOpen(): boolean {
    return this.#srtp !== null && !this.#closed;
  }

  sendRtp(packet: Buffer): void {
    if (this.#srtp) this.#send(this.#srtp.send.protect(packet));
  }

  sendRtcp(packet: Buffer): void {
    if (this.#srtp) this.#send(this.#srtp.send.rtcp.protect(packet));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#dtls.close();
    this.#socket.close();
  }

  #send(packet: Buffer): void {
    if (this.#remote && !this.#closed) this.#socket.send(packet, this.#remote.port, this.#remote.address);
  }

  /** RFC 7983: the first byte tells STUN, DTLS and RTP apart. */
  #receive(packet: Buffer, source: RemoteInfo): void {
    if (this.#closed || packet.length === 0) return;
    const first = packet.readUInt8(0);
    if (first < 4) {
      this.#check(packet, source);
      return;
    }
    if (source.port !== this.#remote?.port || source.address !== this.#remote.address) return;
    if (first >= 20 && first <= 63) {
      this.#dtls.receive(packet, source);
    } else if (first >= 128 && first <= 191 && this.#srtp) {
      const isRtcp = looksLikeRtcp(packet);
      const opened = isRtcp ? this.#srtp.receive.rtcp.unprotect(packet) : this.#srtp.receive.unprotect(packet);
      if (!opened) return;
      if (isRtcp) this.#listener.rtcp(opened);
      else this.#listener.rtp(opened);
    }
  }

  #check(packet: Buffer, source: RemoteInfo): void {
    const request = readBindingRequest(packet, this.ufrag, this.password);
    if (!request) return;
    if (request.useCandidate || !this.#remote) this.#remote = { address: source.address, port: source.port };
    this.#socket.send(bindingSuccess(request, source, this.password), source.port, source.address);
  }
}

/** ice-char only (RFC 8839 section 5.4). */
function iceText(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
