// One call in the engine: its leg to the network, its leg to the media window, and the relay between them.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LinkReport, Selection, VoipMetrics, Wire } from '../../../contract/index.ts';
import type { Certificate } from './dtls.ts';
import { KeepAlive } from './keep-alive.ts';
import { NetworkHandshake } from './network-handshake.ts';
import { PlainLeg } from './plain-leg.ts';
import { Relay } from './relay.ts';
import { isUnicast } from './unicast.ts';
import { WebLeg } from './web-leg.ts';
import { writeWebAnswer, type WebOffer } from './web-sdp.ts';

export interface CallListener {
  digit(digit: string): void;
  firstPacket(direction: 'out' | 'in'): void;
  /** Worth a line in the log; the call goes on. */
  trouble(what: string): void;
}

export class Call {
  readonly #listener: CallListener;
  readonly #relay: Relay;
  readonly #certificate: Certificate;
  readonly #handshake: NetworkHandshake;
  readonly #keepAlive: KeepAlive;
  #plain: PlainLeg;
  #web: WebLeg | null = null;
  #closed = false;
  #connected = false;
  /** Grows with each `connect`, so that a slow name lookup cannot undo a later one. */
  #connects = 0;

  private constructor(certificate: Certificate, listener: CallListener, plain: PlainLeg) {
    this.#certificate = certificate;
    this.#listener = listener;
    this.#plain = plain;
    this.#relay = new Relay({
      toWeb: { rtp: (packet) => this.#web?.sendRtp(packet), rtcp: (packet) => this.#web?.sendRtcp(packet) },
      toNetwork: {
        rtp: (packet, target) => this.#plain.sendRtp(packet, target),
        rtcp: (packet, target) => this.#plain.sendRtcp(packet, target),
      },
      digit: (digit) => listener.digit(digit),
      firstPacket: (direction) => listener.firstPacket(direction),
      now: () => performance.now(),
    });
    this.#handshake = new NetworkHandshake({
      certificate,
      send: (packet, target) => this.#plain.sendRtp(packet, target),
      target: () => this.#relay.target,
      onKeys: (keys) => this.#relay.useKeys(keys),
      onFailure: (why) => listener.trouble(`network leg: ${why}`),
    });
    this.#keepAlive = new KeepAlive(() => {
      const { target, meter } = this.#relay;
      if (target) this.#plain.keepOpen(target, meter.lastSentAt);
    });
    this.#listen(plain);
  }

  /** Binds the ports of the network leg. Rejects when that cannot be done. */
  static async open(localAddress: string, certificate: Certificate, listener: CallListener): Promise<Call> {
    return new Call(certificate, listener, await PlainLeg.open(localAddress));
  }

  get rtpPort(): number {
    return this.#plain.port;
  }

  /** New ports on another address; the leg to the window and all counters stay. Rejects when that cannot be done. */
  async move(localAddress: string): Promise<void> {
    const plain = await PlainLeg.open(localAddress);
    if (this.#closed) {
      plain.close();
      return;
    }
    const before = this.#plain;
    this.#plain = plain;
    this.#listen(plain);
    before.close();
  }

  /** What SDP settled. A name in c= is looked up once, here, and never for a packet. */
  async connect(wire: Wire): Promise<void> {
    this.#connects += 1;
    const turn = this.#connects;
    if (!wire.remote || isIP(wire.remote.address) !== 0) {
      this.#connect(wire);
      return;
    }
    const { address } = await lookup(wire.remote.address);
    if (turn === this.#connects) this.#connect({ ...wire, remote: { ...wire.remote, address } });
  }

  /** How they are heard, for those who ask. */
  tellMetrics(metrics: VoipMetrics): void {
    this.#relay.tellMetrics(metrics);
  }

  /** How the line is; null before SDP settled anything. */
  link(): LinkReport | null {
    if (!this.#connected) return null;
    const report = this.#relay.meter.report();
    const { heard, target, networkSsrc } = this.#relay;
    if (!heard || !target) return report;
    const { address, port } = this.#plain;
    const ends = {
      local: { address, port, ssrc: networkSsrc },
      remote: { address: target.address, port: target.port, ssrc: heard.ssrc },
      payloadType: heard.payloadType,
    };
    return { ...report, ends };
  }

  /**
   * The answer to the window's offer. A renewed offer keeps its leg; one of a new peer connection (the window was
   * reloaded) gets a new leg, and the far end keeps hearing one stream.
   */
  async answerWeb(offer: WebOffer, selection: Selection | null): Promise<string> {
    if (this.#web?.remoteUfrag !== offer.ufrag) await this.#replaceWeb(offer);
    const web = this.#web;
    if (!web || this.#closed) throw new Error('the call is closed');
    this.#relay.useWebPayloadTypes(offer.payloadTypes);
    const { ufrag, password, port } = web;
    const { fingerprint } = this.#certificate;
    return writeWebAnswer(offer, { ufrag, password, port, fingerprint, ssrc: this.#relay.webSsrc }, selection);
  }

  close(): void {
    if (!this.#closed) this.#relay.end();
    this.#closed = true;
    this.#keepAlive.stop();
    this.#handshake.close();
    this.#plain.close();
    this.#web?.close();
  }

  #listen(plain: PlainLeg): void {
    plain.listen({
      rtp: (packet, source) => {
        if (!this.#handshake.take(packet, source)) this.#relay.rtpFromNetwork(packet, source);
      },
      rtcp: (packet, source) => this.#relay.rtcpFromNetwork(packet, source),
      failure: (why) => this.#listener.trouble(`network leg: ${why}`),
    });
  }

  #connect(settled: Wire): void {
    if (this.#closed) return;
    const { remote } = settled;
    const nobody = remote !== null && !isUnicast(remote.address);
    if (nobody) this.#listener.trouble(`network leg: nothing is sent to ${remote.address}: it is not one host`);
    const wire = nobody ? { ...settled, remote: null } : settled;
    this.#connected = true;
    this.#relay.connect(wire);
    this.#handshake.settle(wire, { address: this.#plain.address, port: this.#plain.port });
    this.#keepAlive.start();
  }

  async #replaceWeb(offer: WebOffer): Promise<void> {
    const leg: WebLeg = await WebLeg.open(this.#certificate, offer, {
      rtp: (packet) => this.#web === leg && this.#relay.rtpFromWeb(packet),
      rtcp: (packet) => this.#web === leg && this.#relay.rtcpFromWeb(packet),
      open: () => {},
      failure: (why) => this.#listener.trouble(`window leg: ${why}`),
    });
    this.#web?.close();
    this.#web = leg;
    if (this.#closed) leg.close();
  }
}
