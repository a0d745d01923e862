// Offer and answer of one call over RTP, plain or with keys by SDES or DTLS (RFC 3264): state in, text and agreement out, no I/O.
import { randomInt } from 'node:crypto';
import type { CodecName, Fingerprint, Selection, SrtpKey, Wire, WireCodec, WireDtls } from '../../../contract/index.ts';
import { problems } from '../problems.ts';
import {
  audioKinds,
  clockRateOf,
  codecOrder,
  commonCodecs,
  eventKinds,
  opusParameters,
  telephoneEventFor,
  type CommonCodec,
  type Kind,
} from './codecs.ts';
import type { CryptoLine, MediaDescription, SessionDescription } from './description.ts';
import { answerDirection, holdsUs, holdsUsByAnswer, maySend, offerDirection, theirDirection } from './direction.ts';
import { asksForMetrics, mayAskForMetrics } from './extended-reports.ts';
import { answeredSetup, protectionOf, roleAgainst, type Protection } from './protection.ts';
import { SdesKeys } from './sdes.ts';
import { writeSdp, type AudioSection, type Body, type RefusedSection, type Section } from './write.ts';

/** What both sides settled. */
export interface Agreement {
  wire: Wire;
  selection: Selection;
  /** They put us on hold. */
  heldByThem: boolean;
}

export interface AnswerOptions {
  /** We hold them. */
  held: boolean;
  /** Refuse what is not encrypted. */
  requireEncryption: boolean;
}

/** Where the engine's ports of this call are, and who it is there. */
export interface LocalEnd {
  address: string;
  rtpPort: number;
  /** Of the engine's certificate; without it DTLS is neither offered nor taken. */
  fingerprint?: Fingerprint;
}

/** How an offer of ours is protected. */
export type OfferedProtection = Protection['kind'];

const ourPtime = 20;

export interface NegotiationOptions {
  /** The codecs that may be used, the preferred first; absent: all, and the other side's order counts. */
  codecs?: readonly CodecName[] | undefined;
  /** Whether both sides may tell each other how they hear (VoIP metrics of RFC 3611); absent: they may not. */
  voipMetrics?: boolean | undefined;
}

/** SDP of one call. Payload types, keys and the order of m-lines stay as they were once settled (RFC 3264 section 8). */
export class Negotiation {
  readonly #order: readonly CodecName[];
  #local: LocalEnd;
  readonly #sessionId = String(randomInt(1, 2 ** 47));
  readonly #ourOrderCounts: boolean;
  readonly #voipMetrics: boolean;
  #keys = new SdesKeys();
  readonly #payloadTypes = new Map<Kind['id'], number>();
  /** The m-lines that this session has, in order. */
  #layout: readonly ('audio' | RefusedSection)[] = ['audio'];
  /** As the last m-line of theirs that we answered is called. */
  #proto: { kind: OfferedProtection; name: string } | null = null;
  #version = 0;
  #written: string | null = null;
  #offered: AudioSection | null = null;
  #agreement: Agreement | null = null;

  constructor(local: LocalEnd, { codecs, voipMetrics = false }: NegotiationOptions = {}) {
    this.#local = local;
    this.#order = codecs ?? codecOrder;
    this.#ourOrderCounts = codecs !== undefined;
    this.#voipMetrics = voipMetrics;
  }

  /** The ports are elsewhere from now on; the next offer says so. Keys of ours are new: whoever kept the old state is gone. */
  moveTo(local: LocalEnd, options: { newKeys: boolean }): void {
    this.#local = local;
    if (options.newKeys) this.#keys = new SdesKeys();
  }

  get agreement(): Agreement | null {
    return this.#agreement;
  }

  /** An offer of everything we speak; what is in use comes first. */
  offer(options: { protection: OfferedProtection; held: boolean; requireEncryption?: boolean }): string {
    const { protection, requireEncryption = false } = options;
    const inUse = this.#agreement?.selection.codecs[0];
    const names = [...(inUse ? [inUse] : []), ...this.#order.filter((name) => name !== inUse)];
    const kinds = [...names.map((name) => audioKinds[name]), eventKinds[8000], eventKinds[48_000]];
    this.#offered = {
      kind: 'audio',
      port: this.#local.rtpPort,
      // An m-line keeps the name that it has, SAVPF for one.
      proto: this.#proto?.kind === protection ? this.#proto.name : protos[protection],
      formats: kinds.map((kind) => ({ pt: this.#payloadTypeOf(kind), kind })),
      crypto:
        protection === 'sdes'
          ? this.#keys.offer(this.#agreement?.wire.srtp?.send.suite ?? null, requireEncryption)
          : [],
      dtls: protection === 'dtls' ? { fingerprint: this.#fingerprint, setup: 'actpass' } : null,
      direction: offerDirection(options.held, this.#agreement?.heldByThem ?? false),
      ptime: ourPtime,
      // With DTLS each port has a handshake of its own: one is enough (RFC 5764 section 4.2).
      rtcpMux: protection === 'dtls',
      voipMetrics: this.#voipMetrics,
    };
    return this.#write(this.#offered);
  }

  /** Their answer to our last offer. Throws ProblemError `media-refused`, `no-common-codec`, `encryption-required`. */
  accept(answer: SessionDescription, options: { requireEncryption: boolean }): Agreement {
    const offered = this.#offered;
    if (!offered) throw problems.badSdp('an answer without an offer');
    const theirs = answer.media[this.#layout.indexOf('audio')];
    if (!theirs || theirs.kind !== 'audio' || theirs.port === 0) throw problems.refused();
    const common = commonCodecs(theirs).filter(({ name }) => this.#order.includes(name));
    const protection = protectionOf(theirs);
    const srtp = protection?.kind === 'sdes' ? this.#answeredKeys(offered, protection.crypto) : null;
    const dtls =
      protection?.kind === 'dtls' && offered.dtls
        ? { role: roleAgainst(protection.setup), fingerprints: [...protection.fingerprints] }
        : undefined;
    if (!srtp && !dtls) {
      if (options.requireEncryption) throw problems.encryptionRequired();
      // Audio in the clear under a name that promises keys is neither.
      if (protection?.kind !== 'none') throw problems.refused();
    }
    const direction = theirDirection(theirs);
    this.#agreement = this.#settle(theirs, common, {
      receivePts: (kind, pt) => unique([offered.formats.find((format) => format.kind.id === kind.id)?.pt ?? pt, pt]),
      srtp,
      dtls,
      send: maySend(offered.direction, direction),
      heldByThem: holdsUsByAnswer(offered.direction, direction, this.#agreement?.heldByThem ?? false),
    });
    return this.#agreement;
  }

  /** Our answer to their offer, and what it settles. Throws ProblemError `no-common-codec`, `encryption-required`. */
  answer(offer: SessionDescription, options: AnswerOptions): { sdp: string; agreement: Agreement } {
    const index = this.#chooseMedia(offer, options.requireEncryption);
    const theirs = offer.media[index];
    if (!theirs) {
      const plainOnly = options.requireEncryption && this.#chooseMedia(offer, false) >= 0;
      throw plainOnly ? problems.encryptionRequired() : problems.noCommonCodec();
    }
    const protection = protectionOf(theirs);
    const crypto = protection?.kind === 'sdes' ? protection.crypto : null;
    const ours: CryptoLine | null = crypto && { ...crypto, key: this.#keys.keyFor(crypto.suite) };
    const setup =
      protection?.kind === 'dtls' ? answeredSetup(protection.setup, this.#agreement?.wire.dtls?.role ?? null) : null;
    const dtls: WireDtls | undefined =
      protection?.kind === 'dtls'
        ? { role: setup === 'active' ? 'client' : 'server', fingerprints: [...protection.fingerprints] }
        : undefined;
    const direction = answerDirection(theirDirection(theirs), options.held);
    const agreement = this.#settle(theirs, this.#preferred(commonCodecs(theirs)).slice(0, 1), {
      receivePts: (kind, pt) => [this.#adopt(kind, pt)],
      srtp: crypto && ours && { send: keyOf(ours), receive: keyOf(crypto) },
      dtls,
      send: direction === 'sendrecv' || direction === 'sendonly',
      heldByThem: holdsUs(theirDirection(theirs)),
    });
    this.#agreement = agreement;
    this.#proto = protection && { kind: protection.kind, name: theirs.proto };
    this.#layout = offer.media.map((media, at) => (at === index ? 'audio' : refused(media)));
    const sdp = this.#write({
      kind: 'audio',
      port: this.#local.rtpPort,
      proto: theirs.proto,
      formats: this.#answeredFormats(agreement),
      crypto: ours ? [ours] : [],
      dtls: setup && { fingerprint: this.#fingerprint, setup },
      direction,
      ptime: agreement.selection.ptime,
      rtcpMux: theirs.rtcpMux,
      voipMetrics: this.#voipMetrics && mayAskForMetrics(theirs),
    });
    return { sdp, agreement };
  }

  #answeredFormats(agreement: Agreement): AudioSection['formats'] {
    const { codecs, telephoneEvent } = agreement.wire;
    const clock = agreement.selection.telephoneEvent;
    return [
      ...codecs.map((codec) => ({ pt: codec.sendPt, kind: audioKinds[codec.name] })),
      ...(telephoneEvent && clock ? [{ pt: telephoneEvent.sendPt, kind: eventKinds[clock] }] : []),
    ];
  }

  /** Their one line answers one of ours, by tag (RFC 4568 section 5.1.2). */
  #answeredKeys(offered: AudioSection, theirs: CryptoLine): { send: SrtpKey; receive: SrtpKey } | null {
    const ours = offered.crypto.find((line) => line.tag === theirs.tag && line.suite === theirs.suite);
    return ours ? { send: keyOf(ours), receive: keyOf(theirs) } : null;
  }

  /** Those that may be used: in the account's order where it has one, else in theirs. */
  #preferred(common: readonly CommonCodec[]): CommonCodec[] {
    const usable = common.filter(({ name }) => this.#order.includes(name));
    if (!this.#ourOrderCounts) return usable;
    return usable.toSorted((a, b) => this.#order.indexOf(a.name) - this.#order.indexOf(b.name));
  }

  /** Index of the m-line that we take: audio we speak, encrypted before plain; -1 for none. */
  #chooseMedia(offer: SessionDescription, requireEncryption: boolean): number {
    const canDo = (media: MediaDescription, wanted: (protection: Protection) => boolean): boolean => {
      if (media.kind !== 'audio' || media.port === 0 || this.#preferred(commonCodecs(media)).length === 0) return false;
      const protection = protectionOf(media);
      if (protection === null || (protection.kind === 'dtls' && !this.#local.fingerprint)) return false;
      return wanted(protection);
    };
    const secure = offer.media.findIndex((media) => canDo(media, ({ kind }) => kind !== 'none'));
    if (secure >= 0 || requireEncryption) return secure;
    return offer.media.findIndex((media) => canDo(media, ({ kind }) => kind === 'none'));
  }

  get #fingerprint(): Fingerprint {
    if (!this.#local.fingerprint) throw problems.unresponsive('no certificate for DTLS');
    return this.#local.fingerprint;
  }

  #settle(
    theirs: MediaDescription,
    common: readonly CommonCodec[],
    settled: {
      receivePts: (kind: Kind, pt: number) => number[];
      srtp: Wire['srtp'];
      dtls: WireDtls | undefined;
      send: boolean;
      heldByThem: boolean;
    },
  ): Agreement {
    const [first] = common;
    if (!first) throw problems.noCommonCodec();
    const event = telephoneEventFor(theirs, first.name);
    const codecs = common.map(({ name, format }): WireCodec => ({
      name,
      clockRate: clockRateOf(name),
      sendPt: format.pt,
      receivePts: settled.receivePts(audioKinds[name], format.pt),
    }));
    return {
      wire: {
        remote: remoteOf(theirs),
        codecs,
        telephoneEvent: event && {
          clockRate: event.clockRate,
          sendPt: event.pt,
          receivePts: settled.receivePts(eventKinds[event.clockRate], event.pt),
        },
        srtp: settled.srtp,
        ...(settled.dtls && { dtls: settled.dtls }),
        send: settled.send,
        ...(this.#voipMetrics && asksForMetrics(theirs) && { voipMetrics: true }),
      },
      selection: {
        codecs: codecs.map((codec) => codec.name),
        telephoneEvent: event?.clockRate ?? null,
        ptime: ptimeFor(theirs),
        opusFmtp: opusParameters(common),
      },
      heldByThem: settled.heldByThem,
    };
  }

  /** Answers, and our later offers, use the offerer's payload types. */
  #adopt(kind: Kind, pt: number): number {
    for (const [other, taken] of this.#payloadTypes) if (taken === pt) this.#payloadTypes.delete(other);
    this.#payloadTypes.set(kind.id, pt);
    return pt;
  }

  /** A payload type keeps its meaning for the whole call (RFC 3264 section 8.3.2). */
  #payloadTypeOf(kind: Kind): number {
    const known = this.#payloadTypes.get(kind.id);
    if (known !== undefined) return known;
    const taken = new Set(this.#payloadTypes.values());
    let pt = kind.pt;
    for (let candidate = 96; taken.has(pt) && candidate < 128; candidate++) pt = candidate;
    this.#payloadTypes.set(kind.id, pt);
    return pt;
  }

  #write(audio: AudioSection): string {
    const sections: Section[] = this.#layout.map((slot) => (slot === 'audio' ? audio : slot));
    const body: Body = { address: this.#local.address, sections };
    const content = JSON.stringify(body);
    if (content !== this.#written) {
      this.#version += 1;
      this.#written = content;
    }
    return writeSdp(body, { sessionId: this.#sessionId, version: this.#version });
  }
}

const protos: Readonly<Record<OfferedProtection, string>> = {
  none: 'RTP/AVP',
  sdes: 'RTP/SAVP',
  dtls: 'UDP/TLS/RTP/SAVP',
};

function refused(media: MediaDescription): RefusedSection {
  return { kind: 'refused', media: media.kind, proto: media.proto, formats: media.formats };
}

function remoteOf(media: MediaDescription): Wire['remote'] {
  const { connection: address } = media;
  if (!address || address === '0.0.0.0' || address === '::') return null;
  const rtcpPort = media.rtcpMux ? media.port : (media.rtcpPort ?? Math.min(media.port + 1, 65_535));
  return { address, rtpPort: media.port, rtcpPort: rtcpPort || media.port, rtcpMux: media.rtcpMux };
}

/** Their wish in steps of 10 ms, within what Chromium's encoders do. */
function ptimeFor(media: MediaDescription): number {
  const wished = Math.min(media.ptime ?? ourPtime, media.maxptime ?? 60);
  return Math.min(60, Math.max(10, Math.floor(wished / 10) * 10));
}

function keyOf(line: CryptoLine): SrtpKey {
  return { suite: line.suite, key: line.key };
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)];
}
