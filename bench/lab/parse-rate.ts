// How many messages a second of processor time the way in takes: framed, indexed, passed by the gate; and SIP.js's parser.
import { LoggerFactory, Parser } from 'sip.js/lib/core/index.js';
import { checkRequest, createFramer, parseMessage } from '../../electron/sip/wire/index.ts';

/** How long one sample takes, ms, and how many are taken. */
const sampleMs = 400;
const samples = 9;

const body = [
  'v=0',
  'o=- 3812345678 3812345678 IN IP4 192.0.2.10',
  's=-',
  'c=IN IP4 192.0.2.10',
  't=0 0',
  'm=audio 40000 RTP/AVP 0 8 96 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:96 opus/48000/2',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
  'a=sendrecv',
  '',
].join('\r\n');

/** As a phone behind a proxy gets it. */
export const invite = [
  'INVITE sip:bob@biloxi.example.com SIP/2.0',
  'Via: SIP/2.0/TCP 192.0.2.4:5060;branch=z9hG4bK4b43c2ff8.1;rport',
  'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKnashds8;received=192.0.2.10;rport=5060',
  'Record-Route: <sip:192.0.2.4;lr>',
  'Max-Forwards: 69',
  'From: "Alice A" <sip:alice@atlanta.example.com>;tag=9fxced76sl',
  'To: Bob <sip:bob@biloxi.example.com>',
  'Call-ID: 3848276298220188511@atlanta.example.com',
  'CSeq: 1 INVITE',
  'Contact: <sip:alice@192.0.2.10:5060;transport=tcp>',
  'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, NOTIFY',
  'Supported: replaces, timer',
  'Session-Expires: 1800;refresher=uac',
  'P-Asserted-Identity: "Alice A" <sip:alice@atlanta.example.com>',
  'Allow-Events: talk, hold',
  'User-Agent: bench/1.0',
  'Content-Type: application/sdp',
  `Content-Length: ${body.length}`,
  '',
  body,
].join('\r\n');

/** Ours: framer, lazy index and gate. */
export function parsePerSecond(): number[] {
  const bytes = Buffer.from(invite);
  const framer = createFramer();
  return perSecond(20_000, () => {
    for (const event of framer.push(bytes)) {
      const message = event.kind === 'message' ? parseMessage(event.bytes, { stream: true, head: event.head }) : null;
      if (message?.kind !== 'request' || checkRequest(message) !== null) throw new Error('The INVITE did not pass.');
    }
  });
}

/** SIP.js 0.21.2, which reads every header at once. */
export function sipJsPerSecond(): number[] {
  const loggers = new LoggerFactory();
  loggers.builtinEnabled = false;
  const logger = loggers.getLogger('bench');
  return perSecond(500, () => {
    if (Parser.parseMessage(invite, logger) === undefined) throw new Error('SIP.js did not read the INVITE.');
  });
}

function perSecond(warmUp: number, once: () => void): number[] {
  for (let i = 0; i < warmUp; i += 1) once();
  return Array.from({ length: samples }, () => {
    const before = process.cpuUsage();
    const until = performance.now() + sampleMs;
    let count = 0;
    for (; performance.now() < until; count += 20) for (let i = 0; i < 20; i += 1) once();
    const { user, system } = process.cpuUsage(before);
    return count / ((user + system) / 1e6);
  });
}
