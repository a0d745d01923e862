// Offer and answer of one call over plain or SDES-protected RTP (RFC 3264): state in, text and agreement out, no I/O.
import { randomInt } from 'node:crypto';
import type { Selection, SrtpKey, Wire, WireCodec } from '../../../contract/index.ts';
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
import { SdesKeys, usableCrypto } from './sdes.ts';
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

const ourPtime = 20;

/** SDP of one call. Payload types, keys and the order of m-lines stay as they were once settled (RFC 3264 section 8). */
export class Negotiation {
  readonly #local: { address: string; rtpPort: number };
  readonly #sessionId = String(randomInt(1, 2 ** 47));
  readonly #keys = new SdesKeys();
  readonly #payloadTypes = new Map<Kind['id'], number>();
  /** The m-lines that this session has, in order. */
  #layout: readonly ('audio' | RefusedSection)[] = ['audio'];
  #version = 0;
  #written: string | null = null;
  #offered: AudioSection | null = null;
  #agreement: Agreement | null = null;

  constructor(local: { address: string; rtpPort: number }) {
    this.#local = local;
  }

  get agreement(): Agreement | null {
    return this.#agreement;
  }

  /** An offer of everything we speak; what is in use comes first. */
  offer(options: { secure: boolean; held: boolean }): string {
    const inUse = this.#agreement?.selection.codecs[0];
    const names = [...(inUse ? [inUse] : []), ...codecOrder.filter((name) => name !== inUse)];
    const kinds = [...names.map((name) => audioKinds[name]), eventKinds[8000], eventKinds[48_000]];
    this.#offered = {
      kind: 'audio',
      port: this.#local.rtpPort,
      proto: options.secure ? 'RTP/SAVP' : 'RTP/AVP',
      formats: kinds.map((kind) => ({ pt: this.#payloadTypeOf(kind), kind })),
      crypto: options.secure ? this.#keys.offer() : [],
      direction: offerDirection(options.held, this.#agreement?.heldByThem ?? false),
      ptime: ourPtime,
      rtcpMux: false,
    };
    return this.#write(this.#offered);
  }

  /** Their answer to our last offer. Throws ProblemError `media-refused`, `no-common-codec`, `encryption-required`. */
  accept(answer: SessionDescription, options: { requireEncryption: boolean }): Agreement {
    const offered = this.#offered;
    if (!offered) throw problems.badSdp('an answer without an offer');
    const theirs = answer.media[this.#layout.indexOf('audio')];
    if (!theirs || theirs.kind !== 'audio' || theirs.port === 0) throw problems.refused();
    const common = commonCodecs(theirs);
    const srtp = offered.crypto.length > 0 ? this.#answeredKeys(offered, theirs) : null;
    if (!srtp && options.requireEncryption) throw problems.encryptionRequired();
    const direction = theirDirection(theirs);
    this.#agreement = this.#settle(theirs, common, {
      receivePts: (kind, pt) => unique([offered.formats.find((format) => format.kind.id === kind.id)?.pt ?? pt, pt]),
      srtp,
      send: maySend(offered.direction, direction),
      heldByThem: holdsUsByAnswer(offered.direction, direction, this.#agreement?.heldByThem ?? false),
    });
    return this.#agreement;
  }

  /** Our answer to their offer, and what it settles. Throws ProblemError `no-common-codec`, `encryption-required`. */
  answer(offer: SessionDescription, options: AnswerOptions): { sdp: string; agreement: Agreement } {
    const index = chooseMedia(offer, options.requireEncryption);
    const theirs = offer.media[index];
    if (!theirs) {
      const plainOnly = options.requireEncryption && chooseMedia(offer, false) >= 0;
      throw plainOnly ? problems.encryptionRequired() : problems.noCommonCodec();
    }
    const crypto = isSecure(theirs) ? usableCrypto(theirs.crypto) : null;
    const ours: CryptoLine | null = crypto && { ...crypto, key: this.#keys.keyFor(crypto.suite) };
    const direction = answerDirection(theirDirection(theirs), options.held);
    const agreement = this.#settle(theirs, commonCodecs(theirs).slice(0, 1), {
      receivePts: (kind, pt) => [this.#adopt(kind, pt)],
      srtp: crypto && ours && { send: keyOf(ours), receive: keyOf(crypto) },
      send: direction === 'sendrecv' || direction === 'sendonly',
      heldByThem: holdsUs(theirDirection(theirs)),
    });
    this.#agreement = agreement;
    this.#layout = offer.media.map((media, at) => (at === index ? 'audio' : refused(media)));
    const sdp = this.#write({
      kind: 'audio',
      port: this.#local.rtpPort,
      proto: theirs.proto,
      formats: this.#answeredFormats(agreement),
      crypto: ours ? [ours] : [],
      direction,
      ptime: agreement.selection.ptime,
      rtcpMux: theirs.rtcpMux,
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
  #answeredKeys(offered: AudioSection, theirs: MediaDescription): { send: SrtpKey; receive: SrtpKey } | null {
    const crypto = usableCrypto(theirs.crypto);
    const ours = offered.crypto.find((line) => line.tag === crypto?.tag && line.suite === crypto.suite);
    return crypto && ours ? { send: keyOf(ours), receive: keyOf(crypto) } : null;
  }

  #settle(
    theirs: MediaDescription,
    common: readonly CommonCodec[],
    settled: {
      receivePts: (kind: Kind, pt: number) => number[];
      srtp: Wire['srtp'];
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
        send: settled.send,
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

/** Index of the m-line that we take: audio we speak, encrypted before plain; -1 for none. */
function chooseMedia(offer: SessionDescription, requireEncryption: boolean): number {
  const usable = (media: MediaDescription) =>
    media.kind === 'audio' && media.port > 0 && !needsWebRtc(media) && commonCodecs(media).length > 0;
  const secure = offer.media.findIndex((media) => usable(media) && isSecure(media) && usableCrypto(media.crypto));
  if (secure >= 0 || requireEncryption) return secure;
  return offer.media.findIndex((media) => usable(media) && !isSecure(media));
}

function isSecure(media: MediaDescription): boolean {
  return /SAVP/i.test(media.proto);
}

function needsWebRtc(media: MediaDescription): boolean {
  return !/^RTP\/S?AVPF?$/i.test(media.proto);
}

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
