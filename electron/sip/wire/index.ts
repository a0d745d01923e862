// The wire floor's door: bytes <-> messages.
export { parseCSeq, type CSeq } from './cseq.ts';
export { createFramer, type Framer, type FrameEvent } from './framer.ts';
export { checkRequest, checkResponse, type GateOptions, type Refusal } from './gate.ts';
export type { Head } from './head.ts';
export { copyHeaders, createHeaders } from './headers.ts';
export { MAX_HEADER, MAX_MESSAGE, MAX_SKIPPED } from './limits.ts';
export { copyMessage, createRequest, createResponse } from './message.ts';
export { bodyParts, mediaType, type BodyPart } from './multipart.ts';
export { formatNameAddr, parseNameAddr, tagOf } from './name-addr.ts';
export { parseMessage, type Malformed } from './parse.ts';
export { formatParams, isToken, parseNumber, parseParams, quote, splitOutsideQuotes } from './scan.ts';
export { serialize } from './serialize.ts';
export { reasonPhrase } from './status.ts';
export { MAGIC_COOKIE, randomBranch, randomToken } from './token.ts';
export type { Headers, NameAddr, SipMessage, SipRequest, SipResponse, SipUri, Via } from './types.ts';
export { escapeUser, formatHostPort, formatUri, parseHostPort, parseUri, schemeOf, unescapeUser } from './uri.ts';
export { formatVia, parseVia } from './via.ts';
