// Reads a session description (RFC 8866) tolerantly: what it does not know it leaves aside, what is out of bounds it refuses.
import { fingerprintSchema, srtpSuiteSchema, type Fingerprint } from '../../../contract/index.ts';
import * as v from 'valibot';
import type { CryptoLine, Direction, Format, MediaDescription, SessionDescription, Setup } from './description.ts';
import { problems } from '../problems.ts';

const maxLength = 32_768;
const maxMedia = 16;
const maxFormats = 64;
const maxFingerprints = 8;

/** Payload types with a meaning of their own (RFC 3551 section 6), for peers that leave a=rtpmap out. */
const staticFormats: Readonly<Record<number, readonly [name: string, clockRate: number]>> = {
  0: ['PCMU', 8000],
  3: ['GSM', 8000],
  8: ['PCMA', 8000],
  9: ['G722', 8000],
  13: ['CN', 8000],
  18: ['G729', 8000],
};

const setups: readonly Setup[] = ['active', 'passive', 'actpass', 'holdconn'];
const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** The lines that belong to the session or to one m-line. */
interface Section {
  media: string | null;
  connection: string | null;
  attributes: { name: string; value: string }[];
}

/** Throws ProblemError `bad-sdp` when the text is no session description. */
export function parseSdp(text: string): SessionDescription {
  if (text.length > maxLength || !/^v=0\s*$/m.test(text.slice(0, 64))) throw problems.badSdp('no v=0, or too long');
  const sections = split(text);
  const [session, ...media] = sections;
  if (!session) throw problems.badSdp('empty');
  if (media.length > maxMedia) throw problems.badSdp('too many m-lines');
  return { media: media.map((section) => readMedia(section, session)) };
}

function split(text: string): Section[] {
  let current: Section = { media: null, connection: null, attributes: [] };
  const sections = [current];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const value = line.slice(2).trim();
    if (line.startsWith('m=')) {
      current = { media: value, connection: null, attributes: [] };
      sections.push(current);
    } else if (line.startsWith('c=')) {
      current.connection ??= value.split(/[\s/]+/)[2] ?? null;
    } else if (line.startsWith('a=')) {
      const colon = value.indexOf(':');
      current.attributes.push(
        colon < 0
          ? { name: value.toLowerCase(), value: '' }
          : { name: value.slice(0, colon).toLowerCase(), value: value.slice(colon + 1).trim() },
      );
    }
  }
  return sections;
}

function readMedia(section: Section, session: Section): MediaDescription {
  const [kind = '', port = '', proto = '', ...formats] = (section.media ?? '').split(/\s+/);
  const own = (name: string) => section.attributes.find((attribute) => attribute.name === name)?.value;
  const either = (name: string) => own(name) ?? session.attributes.find((a) => a.name === name)?.value;
  return {
    kind: kind.toLowerCase(),
    port: portNumber(port) ?? 0,
    proto,
    formats: formats.slice(0, maxFormats),
    connection: section.connection ?? session.connection,
    direction: directionOf(section) ?? directionOf(session) ?? 'sendrecv',
    codecs: readFormats(section, formats.slice(0, maxFormats)),
    crypto: section.attributes.flatMap(({ name, value }) => (name === 'crypto' ? (readCrypto(value) ?? []) : [])),
    fingerprints: fingerprintsOf(section) ?? fingerprintsOf(session) ?? [],
    setup: setups.find((setup) => setup === either('setup')?.toLowerCase()) ?? null,
    rtcpPort: portNumber(own('rtcp')?.split(' ')[0] ?? ''),
    rtcpMux: own('rtcp-mux') !== undefined,
    voipMetrics: (reportsOf(section) ?? reportsOf(session) ?? []).includes('voip-metrics'),
    ptime: milliseconds(own('ptime')),
    maxptime: milliseconds(own('maxptime')),
    webRtc: either('fingerprint') !== undefined && either('ice-ufrag') !== undefined && either('ice-pwd') !== undefined,
  };
}

/** Those of an m-line replace the session's; undefined when there are none. */
function fingerprintsOf(section: Section): Fingerprint[] | undefined {
  const found = section.attributes.flatMap(({ name, value }) => {
    if (name !== 'fingerprint') return [];
    const [algorithm = '', bytes = ''] = value.split(/\s+/);
    const fingerprint = { algorithm: algorithm.toLowerCase(), value: bytes.toUpperCase() };
    const read = v.safeParse(fingerprintSchema, fingerprint);
    return read.success ? [read.output] : [];
  });
  return found.length > 0 ? found.slice(0, maxFingerprints) : undefined;
}

/** Extended reports that are asked for; those of an m-line replace the session's (RFC 3611 section 5.1). Undefined: none. */
function reportsOf(section: Section): string[] | undefined {
  const asked = section.attributes.filter(({ name }) => name === 'rtcp-xr');
  return asked.length > 0 ? asked.flatMap(({ value }) => value.toLowerCase().split(/\s+/)) : undefined;
}

function directionOf(section: Section): Direction | undefined {
  return directions.find((direction) => section.attributes.some(({ name }) => name === direction));
}

/** Only digits count; `49170/2` is 49170. */
function portNumber(text: string): number | null {
  const digits = /^(\d{1,5})(?:\/\d+)?$/.exec(text)?.[1];
  const port = Number(digits ?? Number.NaN);
  return port >= 0 && port <= 65_535 ? port : null;
}

function milliseconds(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 && value < 1000 ? value : null;
}

function readFormats(section: Section, formats: readonly string[]): Format[] {
  const maps = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const { name, value } of section.attributes) {
    const [pt = '', ...rest] = value.split(/\s+/);
    if (name === 'rtpmap') maps.set(pt, rest.join(''));
    else if (name === 'fmtp') parameters.set(pt, rest.join(' '));
  }
  return formats.flatMap((format) => {
    const pt = /^\d{1,3}$/.test(format) ? Number(format) : -1;
    if (pt < 0 || pt > 127) return [];
    const [name, clockRate, channels] = maps.get(format)?.split('/') ?? [];
    const [staticName, staticRate] = staticFormats[pt] ?? [];
    const known = name ?? staticName;
    if (!known) return [];
    return {
      pt,
      name: known,
      clockRate: Number(clockRate ?? staticRate ?? 8000) || 8000,
      channels: Number(channels ?? 1) || 1,
      fmtp: (parameters.get(format) ?? '').slice(0, 256),
    };
  });
}

/** Null for what we cannot use: an unknown suite, session parameters, a master key identifier (RFC 4568 section 6.1). */
function readCrypto(value: string): CryptoLine | null {
  const [tag = '', suiteName = '', keyParameters = '', ...session] = value.split(/\s+/);
  const suite = v.safeParse(srtpSuiteSchema, suiteName.toUpperCase());
  const [key = '', ...rest] = keyParameters.replace(/^inline:/i, '').split('|');
  const mki = rest.some((parameter) => parameter.includes(':'));
  const weakened = session.some((parameter) => /^UN(ENCRYPTED|AUTHENTICATED)_/i.test(parameter));
  if (!suite.success || !/^\d{1,9}$/.test(tag) || !/^[A-Za-z0-9+/]{30,70}={0,2}$/.test(key) || mki || weakened)
    return null;
  return { tag: Number(tag), suite: suite.output, key };
}
