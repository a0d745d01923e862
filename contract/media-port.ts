// The media room's messages: main and media window, main and engine, media window and engine (over a MessagePort).
import * as v from 'valibot';
import { offeredHidDevicesSchema } from './headset-port.ts';
import { linkReportSchema, voipMetricsSchema } from './line.ts';
import { deviceChoiceSchema, preferencesSchema } from './preferences.ts';
import { problemSchema } from './problem.ts';
import { personRingToneSchema } from './sound.ts';
import { soundCommandSchema, soundEventSchema } from './sound-port.ts';
import { videoSourceSchema } from './video.ts';

const callId = v.pipe(v.string(), v.maxLength(64));
const requestId = v.pipe(v.number(), v.integer());
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const payloadType = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(127));
const sdp = v.pipe(v.string(), v.maxLength(65_536));
const on = v.boolean();

/** Message with which the engine gets its port to the media window, as `ports[0]`. */
export const windowPortMessage = v.object({ type: v.literal('window-port') });

/** Audio codecs that media window and engine carry. */
export const codecNameSchema = v.picklist(['opus', 'G722', 'PCMU', 'PCMA']);
export type CodecName = v.InferOutput<typeof codecNameSchema>;

/** SDES suites (RFC 4568, RFC 6188, RFC 7714). */
export const srtpSuiteSchema = v.picklist([
  'AEAD_AES_128_GCM',
  'AEAD_AES_256_GCM',
  'AES_CM_128_HMAC_SHA1_80',
  'AES_CM_128_HMAC_SHA1_32',
  'AES_256_CM_HMAC_SHA1_80',
  'AES_256_CM_HMAC_SHA1_32',
]);
export type SrtpSuite = v.InferOutput<typeof srtpSuiteSchema>;

/** Master key and salt, base64, as after `inline:`. */
const srtpKey = v.object({ suite: srtpSuiteSchema, key: v.pipe(v.string(), v.maxLength(128)) });
export type SrtpKey = v.InferOutput<typeof srtpKey>;

/** Of a certificate: hash function as in RFC 8122, and its bytes in upper-case hexadecimal with colons. */
export const fingerprintSchema = v.object({
  algorithm: v.picklist(['sha-256', 'sha-384', 'sha-512']),
  value: v.pipe(v.string(), v.regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31,63}$/)),
});
export type Fingerprint = v.InferOutput<typeof fingerprintSchema>;

/** RTP clocks of telephone-event, Hz: that of G.711 and G.722, and that of Opus. */
const eventClock = v.picklist([8000, 48_000]);

/** How a codec travels on the wire: what the other side wants, and what may come in. */
const wireCodec = v.object({
  name: codecNameSchema,
  /** RTP timestamp units per second. */
  clockRate: v.number(),
  sendPt: payloadType,
  receivePts: v.array(payloadType),
});
export type WireCodec = v.InferOutput<typeof wireCodec>;

/** DTLS-SRTP as SDP settled it: our role, and what their certificate must be (RFC 5763, RFC 8122). */
export const wireDtlsSchema = v.object({
  role: v.picklist(['client', 'server']),
  fingerprints: v.pipe(v.array(fingerprintSchema), v.minLength(1), v.maxLength(8)),
});
export type WireDtls = v.InferOutput<typeof wireDtlsSchema>;

/** What SDP settled for the wire: all that the engine needs to relay a call. */
export const wireSchema = v.object({
  /** Null: send nothing (c=0.0.0.0). */
  remote: v.nullable(v.object({ address: v.string(), rtpPort: port, rtcpPort: port, rtcpMux: v.boolean() })),
  /** The first is the one we send. */
  codecs: v.pipe(v.array(wireCodec), v.minLength(1)),
  /** RFC 4733; null: the other side has none. */
  telephoneEvent: v.nullable(
    v.object({ clockRate: eventClock, sendPt: payloadType, receivePts: v.array(payloadType) }),
  ),
  srtp: v.nullable(v.object({ send: srtpKey, receive: srtpKey })),
  /** Keys agreed by DTLS on the media path (RFC 5763) in place of `srtp`. */
  dtls: v.optional(wireDtlsSchema),
  /** The stream began before this engine did: how often its sequence numbers wrapped is not known (RFC 3711 section 3.3.1). */
  resumed: v.optional(v.boolean()),
  /** Whether our direction lets us send. */
  send: v.boolean(),
  /** They ask how we hear them, and may know it: VoIP metrics go out with RTCP (RFC 3611). Absent: they do not. */
  voipMetrics: v.optional(v.boolean()),
});
export type Wire = v.InferOutput<typeof wireSchema>;

/** What the media window's own peer connection must speak for a call, once SDP settled it. */
export const selectionSchema = v.object({
  /** The first is sent, all may be received. */
  codecs: v.pipe(v.array(codecNameSchema), v.minLength(1)),
  /** RTP clock of telephone-event, Hz. */
  telephoneEvent: v.nullable(eventClock),
  /** Milliseconds per packet. */
  ptime: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(60)),
  /** Opus parameters that the other side asked for, as in a=fmtp; may be empty. */
  opusFmtp: v.pipe(v.string(), v.maxLength(256)),
});
export type Selection = v.InferOutput<typeof selectionSchema>;

const logEntry = v.object({
  type: v.literal('log'),
  level: v.picklist(['debug', 'info', 'warn', 'error']),
  message: v.string(),
  details: v.optional(v.record(v.string(), v.unknown())),
});
const firstPacket = v.object({ type: v.literal('first-packet'), callId, direction: v.picklist(['out', 'in']) });

/** Main to engine. `hello` is answered by `ready`. */
export const engineCommandSchema = v.variant('type', [
  v.object({ type: v.literal('hello') }),
  /** Binds RTP and RTCP for a call; answered by `opened` or `failed`. */
  v.object({ type: v.literal('open'), callId, localAddress: v.string() }),
  /** New ports on another address, for a call that is open; answered by `opened` or `failed`. */
  v.object({ type: v.literal('move'), callId, localAddress: v.string() }),
  v.object({ type: v.literal('connect'), callId, wire: wireSchema }),
  /** How they are heard, once a second where they ask for it. */
  v.object({ type: v.literal('metrics'), callId, metrics: voipMetricsSchema }),
  v.object({ type: v.literal('close'), callId }),
]);
export type EngineCommand = v.InferOutput<typeof engineCommandSchema>;

/** Engine to main. */
export const engineEventSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** `fingerprint`: of the engine's certificate, for a=fingerprint. */
  v.object({ type: v.literal('opened'), callId, rtpPort: port, fingerprint: v.optional(fingerprintSchema) }),
  v.object({ type: v.literal('failed'), callId, why: v.string() }),
  v.object({ type: v.literal('digit'), callId, digit: v.pipe(v.string(), v.regex(/^[0-9*#A-D]$/)) }),
  firstPacket,
  v.object({ type: v.literal('link'), callId, link: linkReportSchema }),
  logEntry,
]);
export type EngineEvent = v.InferOutput<typeof engineEventSchema>;

/** What main knows of a call's audio in the media window; sent whole, again after the window restarted. */
export const windowCallSchema = v.object({
  callId,
  /** `engine`: a peer connection to the engine; `none`: only the microphone, a direct one may follow. */
  leg: v.picklist(['engine', 'none']),
  muted: v.boolean(),
  /** We put it on hold: microphone silent, their audio not played. */
  held: v.boolean(),
  selection: v.nullable(selectionSchema),
  /** What of ours the other side shall see, where the call is a direct one. Absent: nothing. */
  video: v.optional(videoSourceSchema),
});
export type WindowCall = v.InferOutput<typeof windowCallSchema>;

/** STUN and TURN of the account, for the window's own peer connection. */
export const iceServersSchema = v.array(
  v.object({ urls: v.string(), username: v.optional(v.string()), credential: v.optional(v.string()) }),
);
export type IceServer = v.InferOutput<typeof iceServersSchema>[number];

/** Main to media window. `hello` is answered by `ready`; what has a `request` is answered by `reply`. */
export const windowCommandSchema = v.variant('type', [
  v.object({ type: v.literal('hello') }),
  v.object({
    type: v.literal('preferences'),
    microphone: deviceChoiceSchema,
    speaker: deviceChoiceSchema,
    ringer: deviceChoiceSchema,
    ringVolume: preferencesSchema.entries.ringVolume,
    voiceProcessing: v.boolean(),
  }),
  /** `tone`: of the person who calls; absent: the usual one. */
  v.object({ type: v.literal('ring'), on, tone: v.optional(personRingToneSchema) }),
  /** The local ring-back tone, whichever call asks for it. */
  v.object({ type: v.literal('ring-back'), on }),
  /** Opens a call, or brings it to this state. */
  v.object({ type: v.literal('call'), call: windowCallSchema }),
  v.object({ type: v.literal('digit'), callId, digit: v.pipe(v.string(), v.regex(/^[0-9*#A-D]$/)) }),
  /** WebRTC straight to the other side, past the engine. Replied to with SDP. */
  v.object({
    type: v.literal('direct-offer'),
    request: requestId,
    callId,
    iceServers: v.optional(iceServersSchema),
    /** Addresses changed: candidates are gathered anew (RFC 8445 section 2.4). */
    restart: v.optional(v.boolean()),
  }),
  v.object({
    type: v.literal('direct-answer'),
    request: requestId,
    callId,
    sdp,
    iceServers: v.optional(iceServersSchema),
  }),
  v.object({ type: v.literal('direct-set-answer'), request: requestId, callId, sdp }),
  /** Ends the direct peer connection of a call that goes on by the engine. */
  v.object({ type: v.literal('direct-end'), callId }),
  v.object({ type: v.literal('close'), callId }),
  soundCommandSchema,
]);
export type WindowCommand = v.InferOutput<typeof windowCommandSchema>;

const audioDevice = v.object({ deviceId: v.string(), groupId: v.string(), label: v.string() });
const devicesState = v.object({
  microphones: v.array(audioDevice),
  speakers: v.array(audioDevice),
  microphoneInUse: v.nullable(v.string()),
  speakerInUse: v.nullable(v.string()),
  problem: v.nullable(problemSchema),
});

/** Media window to main. */
export const windowEventSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('reply'), request: requestId, sdp: v.nullable(sdp), problem: v.nullable(problemSchema) }),
  v.object({ type: v.literal('devices'), devices: devicesState }),
  v.object({ type: v.literal('problem'), callId, problem: v.nullable(problemSchema) }),
  firstPacket,
  logEntry,
  /** Whether they offer a picture, or show one. */
  v.object({ type: v.literal('picture'), callId, offered: v.boolean() }),
  /** Ours ended by itself: the person stopped sharing in the system's own way, or the camera was unplugged. */
  v.object({ type: v.literal('picture-ended'), callId }),
  soundEventSchema,
  /** For the headset room, which listens itself. */
  offeredHidDevicesSchema,
]);
export type WindowEvent = v.InferOutput<typeof windowEventSchema>;

/** Media window to engine, over the port: the peer connection's own offer, private to this computer. */
export const windowToEngineSchema = v.variant('type', [
  v.object({
    type: v.literal('offer'),
    request: requestId,
    callId,
    sdp,
    /** Null before SDP settled the call: the answer takes every codec. */
    selection: v.nullable(selectionSchema),
  }),
]);
export type WindowToEngine = v.InferOutput<typeof windowToEngineSchema>;

/** Engine to media window, over the port. */
export const engineToWindowSchema = v.variant('type', [
  v.object({ type: v.literal('answer'), request: requestId, callId, sdp }),
  v.object({ type: v.literal('refused'), request: requestId, callId, why: v.string() }),
]);
export type EngineToWindow = v.InferOutput<typeof engineToWindowSchema>;
