// One call's relay between media window and network: headers rewritten, RTCP translated, keys heard. No transcoding.
import { randomBytes } from 'node:crypto';
import type { CodecName, VoipMetrics, Wire } from '../../../contract/index.ts';
import { Continuity } from './continuity.ts';
import type { DtlsKeys } from './dtls.ts';
import { Latch, type Endpoint } from './latch.ts';
import { LinkMeter } from './link-meter.ts';
import { OneSpeaker } from './one-speaker.ts';
import { OwnName } from './own-name.ts';
import {
  bare,
  isRtp,
  looksLikeRtcp,
  payloadLength,
  payloadType,
  sequenceNumber,
  setPayloadType,
  ssrcOf,
} from './rtp.ts';
import { translateRtcp } from './rtcp.ts';
import { StreamKeys } from './stream-keys.ts';
import { TelephoneEvents } from './telephone-event.ts';
import { VoipReports } from './voip-reports.ts';
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

const telephoneEventName = 'telephone-event';
type StreamName = CodecName | typeof telephoneEventName;

export class Relay {
  /** SSRCs that we use: towards the window, towards the network. */
  readonly webSsrc = randomSsrc();
  readonly networkSsrc = randomSsrc();
  readonly meter = new LinkMeter();
  readonly #out: RelayOutputs;
  readonly #toWeb = new Continuity(this.webSsrc);
  readonly #toNetwork = new Continuity(this.networkSsrc);
  readonly #events = new TelephoneEvents();
  readonly #latch = new Latch();
  readonly #rtcpLatch = new Latch();
  readonly #speaker = new OneSpeaker();
  readonly #keys = new StreamKeys();
  readonly #name = new OwnName();
  readonly #reports = new VoipReports(this.networkSsrc, this.#name);
  readonly #told = new Set<'out' | 'in'>();
  #wire: Wire | null = null;
  #web: WebPayloadTypes | null = null;
  /** Payload type of the last audio of theirs. */
  #heardAs: number | null = null;
  /** Payload type -> meaning, for each leg; and the way back. */
  #fromNetwork = new Map<number, StreamName>();
  #fromWeb = new Map<number, StreamName>();
  #toNetworkPts: ReadonlyMap<StreamName, number> = new Map();
  #toWebPts: ReadonlyMap<StreamName, number> = new Map();
  /** RTP timestamp units per second. A telephone event shares the clock of the audio around it. */
  #clockRates: ReadonlyMap<StreamName, number> = new Map();

  constructor(out: RelayOutputs) {
    this.#out = out;
  }

  /** What SDP settled, first or anew. */
  connect(wire: Wire): void {
    const now = this.#out.now();
    const { remote } = wire;
    this.#latch.declare(remote && { address: remote.address, port: remote.rtpPort }, now);
    this.#rtcpLatch.declare(remote && { address: remote.address, port: remote.rtcpPort }, now);
    this.#speaker.reset();
    this.#keys.settle(wire, now);
    this.#reports.settle(wire.voipMetrics ?? false);
    this.#fromNetwork = new Map<number, StreamName>([
      ...wire.codecs.flatMap((codec) => codec.receivePts.map((pt): [number, StreamName] => [pt, codec.name])),
      ...(wire.telephoneEvent?.receivePts ?? []).map((pt): [number, StreamName] => [pt, telephoneEventName]),
    ]);
    this.#toNetworkPts = new Map<StreamName, number>([
      ...wire.codecs.map(({ name, sendPt }): [StreamName, number] => [name, sendPt]),
      ...(wire.telephoneEvent ? [[telephoneEventName, wire.telephoneEvent.sendPt] as const] : []),
    ]);
    this.#clockRates = new Map<StreamName, number>([
      ...wire.codecs.map(({ name, clockRate }): [StreamName, number] => [name, clockRate]),
      [telephoneEventName, wire.codecs[0]?.clockRate ?? 8000],
    ]);
    this.#wire = wire;
    this.#findWebPts();
  }

  /** A DTLS handshake gave keys. */
  useKeys(keys: DtlsKeys): void {
    this.#keys.use(keys, this.#out.now());
  }

  /** Where RTP goes now; null: nowhere. */
  get target(): Endpoint | null {
    return this.#latch.target;
  }

  /** Who is heard, and as what; null before anything was. */
  get heard(): { ssrc: number; payloadType: number } | null {
    const ssrc = this.#toWeb.source;
    return ssrc === null || this.#heardAs === null ? null : { ssrc, payloadType: this.#heardAs };
  }

  /** Payload types of the window's peer connection. */
  useWebPayloadTypes(types: WebPayloadTypes): void {
    this.#web = types;
    this.#fromWeb = new Map<number, StreamName>([
      ...[...types.codecs].map(([name, pt]): [number, StreamName] => [pt, name]),
      ...[...types.telephoneEvent.values()].map((pt): [number, StreamName] => [pt, telephoneEventName]),
    ]);
    this.#findWebPts();
  }

  /** A packet in the clear from the media window; ours to change. */
  rtpFromWeb(received: Buffer): void {
    const wire = this.#wire;
    const target = this.#latch.target;
    if (!wire || !isRtp(received)) return;
    const packet = bare(received);
    const stream = this.#fromWeb.get(payloadType(packet));
    const pt = stream && this.#toNetworkPts.get(stream);
    if (!target || !wire.send || !stream || pt === undefined || payloadLength(packet) <= 0) {
      this.#toNetwork.skip(packet);
      return;
    }
    const now = this.#out.now();
    setPayloadType(packet, pt);
    this.#toNetwork.rewrite(packet, this.#clockRates.get(stream) ?? 8000, now);
    const sealed = this.#keys.protectRtp(packet);
    if (!sealed) return;
    this.#out.toNetwork.rtp(sealed, target);
    this.meter.sent(sequenceNumber(packet), now);
    this.#first('out');
  }

  /** How they are heard, for those who ask. */
  tellMetrics(metrics: VoipMetrics): void {
    this.#reports.tell(metrics);
  }

  /** The call ends: tells them a last time how they were heard, where they asked. */
  end(): void {
    const report = this.#reports.last(this.#toWeb.source);
    if (report) this.#sendRtcp(report);
  }

  rtcpFromWeb(compound: Buffer): void {
    const translated = translateRtcp(compound, {
      sender: this.networkSsrc,
      reported: { from: this.webSsrc, to: this.#toWeb.source ?? 0 },
      timestampOffset: this.#toNetwork.timestampOffset,
    });
    if (!translated) return;
    const now = this.#out.now();
    const named = this.#name.complete(translated);
    if (this.#sendRtcp(this.#reports.extend(named, this.#toWeb.source, now))) this.meter.far.sent(translated, now);
  }

  /** Whether it went out. */
  #sendRtcp(compound: Buffer): boolean {
    const muxed = this.#wire?.remote?.rtcpMux ?? false;
    const target = muxed ? this.#latch.target : this.#rtcpLatch.target;
    const packet = target && this.#keys.protectRtcp(compound);
    if (!packet) return false;
    if (muxed) this.#out.toNetwork.rtp(packet, target);
    else this.#out.toNetwork.rtcp(packet, target);
    return true;
  }

  /** A datagram of the RTP port; RTCP when multiplexed (RFC 5761). */
  rtpFromNetwork(datagram: Buffer, source: Endpoint): void {
    const wire = this.#wire;
    if (!wire) return;
    if (looksLikeRtcp(datagram)) {
      this.rtcpFromNetwork(datagram, source);
      return;
    }
    const now = this.#out.now();
    const opened = this.#keys.openRtp(datagram, now);
    if (!opened || !isRtp(opened)) return;
    const stream = this.#fromNetwork.get(payloadType(opened));
    if (!stream || !this.#mayEnter(opened, source, now)) return;
    const packet = bare(opened);
    const clockRate = this.#clockRates.get(stream) ?? 8000;
    const key = stream === telephoneEventName;
    if (!key) this.#heardAs = payloadType(opened);
    this.meter.hear(packet, clockRate, now, key);
    const digit = key ? this.#events.hear(packet) : null;
    if (digit) this.#out.digit(digit);
    this.#first('in');
    const pt = this.#toWebPts.get(stream);
    if (pt === undefined || payloadLength(packet) <= 0) {
      this.#toWeb.skip(packet);
      return;
    }
    setPayloadType(packet, pt);
    this.#toWeb.rewrite(packet, clockRate, now);
    this.#out.toWeb.rtp(packet);
  }

  rtcpFromNetwork(datagram: Buffer, source: Endpoint): void {
    const wire = this.#wire;
    if (!wire) return;
    const now = this.#out.now();
    const secure = this.#keys.needed;
    // Plain RTCP counts only from where RTP comes from.
    if (!secure && source.address !== this.#latch.target?.address) return;
    const opened = this.#keys.openRtcp(datagram, now);
    if (!opened || opened.length < 8) return;
    // And only in the name of the stream that is heard: a stranger does not know it.
    if (!secure && opened.readUInt32BE(4) !== this.#toWeb.source) return;
    const translated = translateRtcp(opened, {
      sender: this.webSsrc,
      reported: { from: this.networkSsrc, to: this.#toNetwork.source ?? 0 },
      timestampOffset: this.#toWeb.timestampOffset,
    });
    if (!translated) return;
    // Multiplexed, it comes from where RTP comes from, and moves nothing.
    const known = wire.remote?.rtcpMux
      ? source.port === this.#latch.target?.port
      : this.#rtcpLatch.accept(source, 0, secure, now);
    if (!secure && !known) return;
    this.meter.far.heard(opened, this.networkSsrc, now);
    this.#out.toWeb.rtcp(translated);
  }

  /** Authentic packets come in from anywhere; plain ones only from where and as whom they are expected. */
  #mayEnter(packet: Buffer, source: Endpoint, now: number): boolean {
    const authentic = this.#keys.needed;
    if (!this.#latch.accept(source, sequenceNumber(packet), authentic, now)) return false;
    return authentic || this.#speaker.admits(ssrcOf(packet), now);
  }

  /** Once for a description, not for every packet. */
  #findWebPts(): void {
    const event = this.#wire?.telephoneEvent;
    const eventPt = event && this.#web?.telephoneEvent.get(event.clockRate);
    this.#toWebPts = new Map<StreamName, number>([
      ...(this.#web?.codecs ?? []),
      ...(eventPt === undefined || eventPt === null ? [] : [[telephoneEventName, eventPt] as const]),
    ]);
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
