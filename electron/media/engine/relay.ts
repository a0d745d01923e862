// One call's relay between media window and network: headers rewritten, RTCP translated, keys heard. No transcoding.
import { randomBytes } from 'node:crypto';
import type { CodecName, Wire } from '../../../contract/index.ts';
import { Continuity } from './continuity.ts';
import { Latch, type Endpoint } from './latch.ts';
import { bare, isRtp, looksLikeRtcp, payloadLength, payloadType, setPayloadType } from './rtp.ts';
import { translateRtcp } from './rtcp.ts';
import { SrtpContext } from './srtp.ts';
import { TelephoneEvents } from './telephone-event.ts';
import type { WebPayloadTypes } from './web-sdp.ts';

/** The two legs as the relay needs them. */
export interface RelayOutputs {
  toWeb: { rtp(packet: Buffer): void; rtcp(packet: Buffer): void };
  toNetwork: { rtp(packet: Buffer, target: Endpoint): void; rtcp(packet: Buffer, target: Endpoint): void };
  digit(digit: string): void;
  firstPacket(direction: 'out' | 'in'): void;
  /** Milliseconds, monotonic. */
  now(): number;
}

/** After new keys the other side's old ones are accepted for this long, ms. */
const oldKeysGrace = 3000;

const telephoneEventName = 'telephone-event';
type StreamName = CodecName | typeof telephoneEventName;

interface Srtp {
  keys: NonNullable<Wire['srtp']>;
  send: SrtpContext;
  receive: SrtpContext;
  /** Before the last change of their key. */
  old: { receive: SrtpContext; until: number } | null;
}

export class Relay {
  /** SSRCs that we use: towards the window, towards the network. */
  readonly webSsrc = randomSsrc();
  readonly networkSsrc = randomSsrc();
  readonly #out: RelayOutputs;
  readonly #toWeb = new Continuity(this.webSsrc);
  readonly #toNetwork = new Continuity(this.networkSsrc);
  readonly #events = new TelephoneEvents();
  readonly #latch = new Latch();
  readonly #rtcpLatch = new Latch();
  readonly #told = new Set<'out' | 'in'>();
  #wire: Wire | null = null;
  #srtp: Srtp | null = null;
  #web: WebPayloadTypes | null = null;
  /** Payload type -> meaning, for each leg; and the way back. */
  #fromNetwork = new Map<number, StreamName>();
  #fromWeb = new Map<number, StreamName>();

  constructor(out: RelayOutputs) {
    this.#out = out;
  }

  /** What SDP settled, first or anew. */
  connect(wire: Wire): void {
    const now = this.#out.now();
    const { remote } = wire;
    this.#latch.declare(remote && { address: remote.address, port: remote.rtpPort }, now);
    this.#rtcpLatch.declare(remote && { address: remote.address, port: remote.rtcpPort }, now);
    this.#srtp = this.#keysFor(wire.srtp, now);
    this.#fromNetwork = new Map<number, StreamName>([
      ...wire.codecs.flatMap((codec) => codec.receivePts.map((pt): [number, StreamName] => [pt, codec.name])),
      ...(wire.telephoneEvent?.receivePts ?? []).map((pt): [number, StreamName] => [pt, telephoneEventName]),
    ]);
    this.#wire = wire;
  }

  /** Payload types of the window's peer connection. */
  useWebPayloadTypes(types: WebPayloadTypes): void {
    this.#web = types;
    this.#fromWeb = new Map<number, StreamName>([
      ...[...types.codecs].map(([name, pt]): [number, StreamName] => [pt, name]),
      ...[...types.telephoneEvent.values()].map((pt): [number, StreamName] => [pt, telephoneEventName]),
    ]);
  }

  /** A packet in the clear from the media window; ours to change. */
  rtpFromWeb(received: Buffer): void {
    const wire = this.#wire;
    const target = this.#latch.target;
    if (!wire || !isRtp(received)) return;
    const packet = bare(received);
    const stream = this.#fromWeb.get(payloadType(packet));
    const pt = this.#networkPt(stream, wire);
    if (!target || !wire.send || pt === undefined || payloadLength(packet) <= 0) {
      this.#toNetwork.skip(packet);
      return;
    }
    setPayloadType(packet, pt);
    this.#toNetwork.rewrite(packet, this.#clockRate(wire, stream), this.#out.now());
    this.#out.toNetwork.rtp(this.#srtp ? this.#srtp.send.protect(packet) : packet, target);
    this.#first('out');
  }

  rtcpFromWeb(compound: Buffer): void {
    const target = this.#wire?.remote?.rtcpMux ? this.#latch.target : this.#rtcpLatch.target;
    if (!target) return;
    const translated = translateRtcp(compound, {
      sender: this.networkSsrc,
      reported: { from: this.webSsrc, to: this.#toWeb.source ?? 0 },
      timestampOffset: this.#toNetwork.timestampOffset,
    });
    if (!translated) return;
    const packet = this.#srtp?.send.rtcp.protect(translated, this.#srtp.receive.rtcp.theirTag) ?? translated;
    if (this.#wire?.remote?.rtcpMux) this.#out.toNetwork.rtp(packet, target);
    else this.#out.toNetwork.rtcp(packet, target);
  }

  /** A datagram of the RTP port; RTCP when multiplexed (RFC 5761). */
  rtpFromNetwork(datagram: Buffer, source: Endpoint): void {
    const wire = this.#wire;
    if (!wire) return;
    if (looksLikeRtcp(datagram)) {
      this.rtcpFromNetwork(datagram, source);
      return;
    }
    const opened = this.#srtp ? this.#open(this.#srtp, (context) => context.unprotect(datagram)) : datagram;
    if (!opened || !isRtp(opened)) return;
    const stream = this.#fromNetwork.get(payloadType(opened));
    if (!stream || !this.#latch.accept(source, this.#srtp !== null, this.#out.now())) return;
    const packet = bare(opened);
    const digit = stream === telephoneEventName ? this.#events.hear(packet) : null;
    if (digit) this.#out.digit(digit);
    this.#first('in');
    const pt = this.#webPt(stream, wire);
    if (pt === undefined || payloadLength(packet) <= 0) {
      this.#toWeb.skip(packet);
      return;
    }
    setPayloadType(packet, pt);
    this.#toWeb.rewrite(packet, this.#clockRate(wire, stream), this.#out.now());
    this.#out.toWeb.rtp(packet);
  }

  rtcpFromNetwork(datagram: Buffer, source: Endpoint): void {
    if (!this.#wire) return;
    const opened = this.#srtp ? this.#open(this.#srtp, (context) => context.rtcp.unprotect(datagram)) : datagram;
    if (!opened) return;
    const translated = translateRtcp(opened, {
      sender: this.webSsrc,
      reported: { from: this.networkSsrc, to: this.#toNetwork.source ?? 0 },
      timestampOffset: this.#toWeb.timestampOffset,
    });
    // Plain RTCP counts only from where RTP comes from.
    const known = this.#srtp !== null || source.address === this.#latch.target?.address;
    if (!translated || !known || !this.#rtcpLatch.accept(source, this.#srtp !== null, this.#out.now())) return;
    this.#out.toWeb.rtcp(translated);
  }

  /** The same keys keep their state; new ones of theirs are tried beside the old for a while. */
  #keysFor(keys: Wire['srtp'], now: number): Srtp | null {
    if (!keys) return null;
    const before = this.#srtp;
    const same = (a: { suite: string; key: string }, b: { suite: string; key: string }) =>
      a.suite === b.suite && a.key === b.key;
    const send = before && same(before.keys.send, keys.send) ? before.send : SrtpContext.fromSdes(keys.send);
    if (before && same(before.keys.receive, keys.receive))
      return { keys, send, receive: before.receive, old: before.old };
    const old = before && { receive: before.receive, until: now + oldKeysGrace };
    return { keys, send, receive: SrtpContext.fromSdes(keys.receive), old };
  }

  #open(srtp: Srtp, unprotect: (context: SrtpContext) => Buffer | null): Buffer | null {
    const opened = unprotect(srtp.receive);
    if (opened || !srtp.old || this.#out.now() > srtp.old.until) return opened;
    return unprotect(srtp.old.receive);
  }

  #networkPt(stream: StreamName | undefined, wire: Wire): number | undefined {
    if (stream === telephoneEventName) return wire.telephoneEvent?.sendPt;
    return wire.codecs.find((codec) => codec.name === stream)?.sendPt;
  }

  #webPt(stream: StreamName, wire: Wire): number | undefined {
    if (stream !== telephoneEventName) return this.#web?.codecs.get(stream);
    return wire.telephoneEvent ? this.#web?.telephoneEvent.get(wire.telephoneEvent.clockRate) : undefined;
  }

  /** A telephone event shares the clock of the audio around it. */
  #clockRate(wire: Wire, stream: StreamName | undefined): number {
    return (wire.codecs.find((codec) => codec.name === stream) ?? wire.codecs[0])?.clockRate ?? 8000;
  }

  #first(direction: 'out' | 'in'): void {
    if (this.#told.has(direction)) return;
    this.#told.add(direction);
    this.#out.firstPacket(direction);
  }
}

function randomSsrc(): number {
  return randomBytes(4).readUInt32BE(0);
}
