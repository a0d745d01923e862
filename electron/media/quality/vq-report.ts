// A call's quality in the words of RFC 6035 (application/vq-rtcpxr): what a server's operator collects of every phone. Pure.
import { gmin, type LineEnds, type LossPattern, type VoipMetrics } from '../../../contract/index.ts';
import { mosOf, ratings } from './e-model.ts';
import { deviceDelay, summary, type Meter } from './meter.ts';

/** What is known of a whole call at its end. Times in ms, shares in percent. */
export interface CallReport {
  ends: LineEnds;
  /** `PCMU`, as in SDP. */
  codec: string;
  /** Of their packets. */
  lost: number;
  /** Came too late to be played. */
  discarded: number;
  pattern: LossPattern | null;
  /** Mean and highest interarrival jitter. */
  jitter: number;
  worstJitter: number;
  /** Mean and longest time that sound waited to be played. */
  buffer: number;
  worstBuffer: number;
  roundTrip: number | null;
  /** Of our packets, as they report. */
  lossOut: number | null;
  /** How they say they hear us; null: they do not say. */
  theirs: VoipMetrics | null;
}

/** Who spoke, and from when to when (ms since the epoch). */
export interface ReportedSession {
  callId: string;
  /** SIP URIs: ours, theirs, and whose INVITE began it. */
  local: string;
  remote: string;
  origin: string;
  startedAt: number;
  endedAt: number;
}

/** Null for a call of which nothing was heard, or whose line is not known. */
export function callReport(meter: Meter): CallReport | null {
  const { last } = meter;
  const kept = summary(meter);
  if (!last?.ends || !kept) return null;
  const { seconds, sums, worstJitter, worstBuffer } = meter;
  const arrived = last.packetsReceived + Math.max(0, last.packetsLost);
  return {
    ends: last.ends,
    codec: last.codec.replace(/^audio\//i, ''),
    lost: kept.lossIn,
    discarded: arrived > 0 ? (100 * last.packetsDiscarded) / arrived : 0,
    pattern: last.pattern ?? null,
    jitter: kept.jitter,
    worstJitter,
    buffer: sums.buffer / seconds,
    worstBuffer,
    roundTrip: kept.roundTrip,
    lossOut: kept.lossOut,
    theirs: last.theirs ?? null,
  };
}

/** The whole document (RFC 6035 section 4.6). */
export function vqSessionReport(session: ReportedSession, report: CallReport): string {
  const { ends } = report;
  const theirs = remoteMetrics(report);
  const times = `Timestamps: START=${dateTime(session.startedAt)} STOP=${dateTime(session.endedAt)}`;
  const lines = [
    'VQSessionReport: CallTerm',
    `CallID: ${session.callId}`,
    `LocalID: <${session.local}>`,
    `RemoteID: <${session.remote}>`,
    `OrigID: <${session.origin}>`,
    `LocalAddr: ${end(ends.local)}`,
    `RemoteAddr: ${end(ends.remote)}`,
    'LocalMetrics:',
    times,
    ...localMetrics(report),
    ...(theirs.length > 0 ? ['RemoteMetrics:', times, ...theirs] : []),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function localMetrics(report: CallReport): string[] {
  const { ends, codec, pattern, roundTrip } = report;
  const loss = Math.min(100, report.lost + report.discarded);
  const delay = (roundTrip ?? 0) / 2 + report.buffer + deviceDelay;
  const { listening, conversation } = ratings({ loss, delay });
  return [
    // PLC=2: concealed by interpolation (RFC 3611 section 4.7.6); SSUP: we send in pauses, too.
    `SessionDesc: PT=${ends.payloadType} PD=${codec} SR=${sampleRate(codec)} PLC=2 SSUP=off`,
    // JBA=3: adaptive.
    `JitterBuffer: JBA=3 JBN=${whole(report.buffer)} JBM=${whole(report.worstBuffer)}`,
    `PacketLoss: NLR=${percent(report.lost)} JDR=${percent(report.discarded)}`,
    ...(pattern ? [burstGapLoss(pattern, gmin)] : []),
    `Delay: ${roundTrip === null ? '' : `RTD=${whole(roundTrip)} `}ESD=${whole(report.buffer + deviceDelay)} ` +
      `IAJ=${whole(report.jitter)} MAJ=${whole(report.worstJitter)}`,
    `QualityEst: RLQ=${whole(listening)} RCQ=${whole(conversation)} ` +
      `MOSLQ=${oneDecimal(mosOf(listening))} MOSCQ=${oneDecimal(mosOf(conversation))} QoEEstAlg=G.107`,
  ];
}

/** What they said by themselves (RFC 3611), else what their reports of loss come to. */
function remoteMetrics({ lossOut, theirs }: CallReport): string[] {
  if (!theirs) return lossOut === null ? [] : [`PacketLoss: NLR=${percent(lossOut)}`];
  const { pattern, buffer } = theirs;
  return [
    ...(buffer.most > 0 ? [jitterBuffer(buffer)] : []),
    `PacketLoss: NLR=${percent(theirs.lost)} JDR=${percent(theirs.discarded)}`,
    ...(pattern ? [burstGapLoss(pattern, pattern.gmin)] : []),
    ...known('Delay:', [
      ['RTD', theirs.roundTrip, whole],
      ['ESD', theirs.endSystem, whole],
    ]),
    ...known('Signal:', [
      ['SL', theirs.signal, String],
      ['NL', theirs.noise, String],
      ['RERL', theirs.echoReturnLoss, String],
    ]),
    ...known('QualityEst:', [
      ['RCQ', theirs.rating, whole],
      ['EXTRI', theirs.externalRating, whole],
      ['MOSLQ', theirs.mosListening, oneDecimal],
      ['MOSCQ', theirs.mosConversation, oneDecimal],
    ]),
  ];
}

function jitterBuffer({ kind, rate, nominal, most, limit }: VoipMetrics['buffer']): string {
  const sizes = `JBN=${whole(nominal)} JBM=${whole(most)} JBX=${whole(limit)}`;
  return `JitterBuffer: JBA=${bufferKinds[kind]} JBR=${rate} ${sizes}`;
}

/** JBA (RFC 6035 section 4.6.2.5) has the numbers of RFC 3611 section 4.7.6. */
const bufferKinds: Readonly<Record<VoipMetrics['buffer']['kind'], number>> = {
  unknown: 0,
  reserved: 1,
  fixed: 2,
  adaptive: 3,
};

function burstGapLoss({ burstDensity, burstMs, gapDensity, gapMs }: LossPattern, packets: number): string {
  const [burst, gap] = [
    `BLD=${percent(burstDensity)} BD=${whole(burstMs)}`,
    `GLD=${percent(gapDensity)} GD=${whole(gapMs)}`,
  ];
  return `BurstGapLoss: ${burst} ${gap} GMIN=${packets}`;
}

/** A line of what is known; none when nothing is. */
function known(name: string, fields: readonly [string, number | null, (value: number) => string][]): string[] {
  const told = fields.flatMap(([field, value, write]) => (value === null ? [] : [`${field}=${write(value)}`]));
  return told.length > 0 ? [[name, ...told].join(' ')] : [];
}

function end({ address, port, ssrc }: LineEnds['local']): string {
  return `IP=${address} PORT=${port} SSRC=0x${ssrc.toString(16).padStart(8, '0')}`;
}

/** Samples a second; RTP counts G.722 in half of them (RFC 3551 section 4.5.2). */
function sampleRate(codec: string): number {
  if (/^opus$/i.test(codec)) return 48_000;
  return /^g722$/i.test(codec) ? 16_000 : 8000;
}

function percent(value: number): string {
  return Math.min(100, Math.max(0, value)).toFixed(1);
}

function oneDecimal(value: number): string {
  return value.toFixed(1);
}

/** No field has more than five digits. */
function whole(value: number): string {
  return String(Math.min(99_999, Math.max(0, Math.round(value))));
}

/** RFC 3339, in whole seconds. */
function dateTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
