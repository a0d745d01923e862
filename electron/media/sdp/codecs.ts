// The codecs we speak, their payload types and how they are recognised in a description (RFC 3551, RFC 7587, RFC 4733).
import type { CodecName } from '../../../contract/index.ts';
import type { Format, MediaDescription } from './description.ts';

/** Something a payload type can stand for. */
export interface Kind {
  /** Key for payload type assignment. */
  id: CodecName | 'telephone-event/8000' | 'telephone-event/48000';
  rtpmap: string;
  fmtp: string;
  /** The payload type that we use when we choose. */
  pt: number;
}

export const audioKinds: Readonly<Record<CodecName, Kind>> = {
  opus: { id: 'opus', rtpmap: 'opus/48000/2', fmtp: 'minptime=10;useinbandfec=1', pt: 111 },
  /** Its clock is written 8000 though it samples at 16000 (RFC 3551 section 4.5.2). */
  G722: { id: 'G722', rtpmap: 'G722/8000', fmtp: '', pt: 9 },
  PCMU: { id: 'PCMU', rtpmap: 'PCMU/8000', fmtp: '', pt: 0 },
  PCMA: { id: 'PCMA', rtpmap: 'PCMA/8000', fmtp: '', pt: 8 },
};

export const eventKinds = {
  8000: { id: 'telephone-event/8000', rtpmap: 'telephone-event/8000', fmtp: '0-16', pt: 101 },
  48000: { id: 'telephone-event/48000', rtpmap: 'telephone-event/48000', fmtp: '0-16', pt: 110 },
} as const satisfies Record<number, Kind>;

/** In the order that we prefer. */
export const codecOrder: readonly CodecName[] = ['opus', 'G722', 'PCMU', 'PCMA'];

export function clockRateOf(name: CodecName): number {
  return name === 'opus' ? 48_000 : 8000;
}

/** The codec that this format is, or null when we do not speak it. */
export function codecOf(format: Format): CodecName | null {
  const name = codecOrder.find((known) => known.toLowerCase() === format.name.toLowerCase());
  if (!name || (name !== 'opus' && format.channels !== 1)) return null;
  // Some peers write G722/16000, against RFC 3551.
  return format.clockRate === clockRateOf(name) || name === 'G722' ? name : null;
}

/** A format of the description that is a codec of ours, in its order of preference. */
export interface CommonCodec {
  name: CodecName;
  format: Format;
}

export function commonCodecs(media: MediaDescription): CommonCodec[] {
  const found: CommonCodec[] = [];
  for (const format of media.codecs) {
    const name = codecOf(format);
    if (name && !found.some((codec) => codec.name === name)) found.push({ name, format });
  }
  return found;
}

export interface EventFormat extends Format {
  clockRate: 8000 | 48_000;
}

/** Their telephone-event that fits a codec: of its own clock, else of 8000 Hz, else any. Null: they have none. */
export function telephoneEventFor(media: MediaDescription, codec: CodecName): EventFormat | null {
  const events = media.codecs.flatMap((format): EventFormat[] => {
    const { clockRate } = format;
    if (format.name.toLowerCase() !== 'telephone-event') return [];
    return clockRate === 8000 || clockRate === 48_000 ? [{ ...format, clockRate }] : [];
  });
  return (
    events.find((event) => event.clockRate === clockRateOf(codec)) ??
    events.find((event) => event.clockRate === 8000) ??
    events[0] ??
    null
  );
}

/** Opus parameters of theirs that change what we send (RFC 7587 section 6.1), from checked values. A voice stays mono. */
export function opusParameters(codecs: readonly CommonCodec[]): string {
  const fmtp = codecs.find((codec) => codec.name === 'opus')?.format.fmtp ?? '';
  const kept = fmtp.split(';').flatMap((parameter) => {
    const [name = '', value = ''] = parameter.trim().toLowerCase().split('=');
    const number = Number(value);
    if (!/^\d{1,6}$/.test(value)) return [];
    if (name === 'useinbandfec' || name === 'cbr') return number <= 1 ? [`${name}=${number}`] : [];
    if (name === 'maxaveragebitrate') return number >= 6000 && number <= 510_000 ? [`${name}=${number}`] : [];
    if (name === 'maxplaybackrate') return number >= 8000 && number <= 48_000 ? [`${name}=${number}`] : [];
    return [];
  });
  return kept.join(';');
}
