// What is fuzzed: each reader of bytes from the network, with seeds, words that its grammar knows, and what must hold.
import { ProblemError } from '../../../contract/index.ts';
import { sdpOf } from '../../../electron/sip/dialog/body.ts';
import { answerOutsideDialog, refuseUnfit } from '../../../electron/sip/dialog/outside-dialog.ts';
import { toSipJsRequest, WireUri } from '../../../electron/sip/dialog/sipjs-messages.ts';
import { completeResponse } from '../../../electron/sip/transaction/server-request.ts';
import { parseChallenges, strongest } from '../../../electron/sip/digest/challenge.ts';
import {
  bodyParts,
  checkRequest,
  checkResponse,
  createFramer,
  createResponse,
  formatNameAddr,
  formatParams,
  formatUri,
  formatVia,
  MAX_HEADER,
  MAX_MESSAGE,
  parseCSeq,
  parseMessage,
  parseNameAddr,
  parseParams,
  parseUri,
  parseVia,
  serialize,
  splitOutsideQuotes,
  tagOf,
  unescapeUser,
  type SipMessage,
} from '../../../electron/sip/wire/index.ts';
import { MAX_BYTES, parseXml } from '../../../electron/sip/xml/index.ts';
import { Negotiation, parseSdp } from '../../../electron/media/sdp/index.ts';
import { abuseCases, tortureCases } from './hostile-cases.ts';

export interface FuzzTarget {
  readonly name: string;
  /** Longest input that can reach it, bytes. */
  readonly longest: number;
  readonly seeds: () => Buffer[];
  readonly words: readonly string[];
  /** Throws when something does not hold. */
  run(input: Buffer): void;
}

const all = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  '\0',
  '"',
  '\\',
  ',',
  ';',
  ':',
  '=',
  '<',
  '>',
  '@',
  '%',
  '/',
  '-',
  '4294967296',
  'é',
  '\ud83d\ude00',
];
const addressWords = [...all, 'sip:', 'tel:', '[::1]', '%25', '?', '&', ';lr', ';tag=', '"" ', '*', '#', '+1'];
const headerWords = [
  ...addressWords,
  'Via: ',
  'v:',
  'SIP/2.0',
  'From: ',
  'To: ',
  'Call-ID: ',
  'CSeq: ',
  'l: ',
  'Content-Length: ',
  '\r\n ',
  '\r\n\r\n',
  'Content-Type: multipart/mixed;boundary=b',
  '--b\r\n',
  'Require: x',
  'Max-Forwards: ',
  ';branch=z9hG4bK',
  'INVITE ',
  'ACK',
  'Contact: ',
];

const wholeMessages = (): Buffer[] =>
  [...tortureCases(), ...abuseCases()].map((one) => one.bytes).filter((bytes) => bytes.length < 5000);
const headerValues = (...names: string[]): Buffer[] =>
  wholeMessages().flatMap((bytes) => {
    const message = parseMessage(bytes);
    if (message.kind === 'malformed') return [];
    return names.flatMap((name) => message.headers.all(name).map((value) => Buffer.from(value)));
  });
const bodies = (type: RegExp): Buffer[] =>
  wholeMessages().flatMap((bytes) => {
    const message = parseMessage(bytes);
    return message.kind !== 'malformed' && type.test(message.headers.get('Content-Type') ?? '') ? [message.body] : [];
  });

export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'message',
    longest: MAX_MESSAGE + 2000,
    seeds: wholeMessages,
    words: headerWords,
    run(input) {
      const message = parseMessage(input);
      if (message.kind === 'malformed') return;
      readAll(message);
      const written = serialize(message);
      const again = parseMessage(written);
      // Names that were compact, and what was Latin-1, are longer when written; nothing may be lost.
      if (again.kind === 'malformed') hold(written.length > MAX_HEADER, `written message: ${again.reason}`);
      else
        hold(
          linesOf(again) === linesOf(message) && again.body.equals(message.body),
          'read again, it is another message',
        );
    },
  },
  {
    name: 'framer',
    longest: MAX_MESSAGE + 2000,
    seeds: wholeMessages,
    words: headerWords,
    run(input) {
      const whole = createFramer().push(input);
      const framer = createFramer();
      // Cuts that depend on the input alone, so that a find can be run again.
      const step = 1 + ((input[0] ?? 0) % 97) + (input.length >> 6);
      const events = [];
      for (let at = 0; at < input.length; at += step) events.push(...framer.push(input.subarray(at, at + step)));
      hold(events.length === whole.length, 'cut, it has other messages');
      for (const [index, event] of events.entries()) {
        const other = whole[index];
        hold(event.kind === other?.kind, 'cut, it has other events');
        if (event.kind !== 'message' || other?.kind !== 'message') continue;
        hold(event.bytes.equals(other.bytes), 'cut, it has other bytes');
        parseMessage(event.bytes, { stream: true, head: event.head });
      }
    },
  },
  {
    name: 'gate',
    longest: MAX_MESSAGE,
    seeds: wholeMessages,
    words: headerWords,
    run(input) {
      const message = parseMessage(input);
      if (message.kind === 'malformed') return;
      if (message.kind === 'response') {
        if (checkResponse(message)) hold(message.headers.all('Via').length === 1, 'a response with other than one Via');
        return;
      }
      const refusal = checkRequest(message, { extensions: new Set(['100rel']) });
      if (refusal !== null) return;
      const { headers } = message;
      hold(parseCSeq(headers.get('CSeq'))?.method === message.method, 'CSeq does not fit');
      hold(
        parseNameAddr(headers.get('From') ?? '') !== null && parseNameAddr(headers.get('To') ?? '') !== null,
        'no address',
      );
      hold(parseUri(message.uri) !== null, 'no Request-URI');
      // What the gate lets through, nothing above may stumble over.
      sdpOf(message);
      toSipJsRequest(message, 'branch', new WireUri('sip:a@b.test'));
      for (const response of [refuseUnfit(message), answerOutsideDialog(message), createResponse(486)]) {
        if (response === null) continue;
        const written = serialize(completeResponse(message, response, () => 'tag'));
        const answer = parseMessage(written);
        const fits = answer.kind === 'response' && tagOf(answer.headers.get('To')) !== undefined;
        hold(fits || written.length > MAX_HEADER, 'the answer cannot be read');
      }
    },
  },
  {
    name: 'digest',
    longest: MAX_HEADER,
    seeds: () =>
      [
        'Digest realm="a.test", nonce="n,\\"x", algorithm=SHA-256, qop="auth,auth-int", stale=true, opaque="o"',
        'Digest realm="a", nonce="1", Digest realm="b", nonce=2, algorithm=MD5-sess, Basic realm="x"',
        'NTLM TlRMTVNTUAAC, Digest realm=a,nonce="",qop=auth',
        'Digest',
      ].map((text) => Buffer.from(text)),
    words: [
      ...all,
      'Digest ',
      'realm=',
      'nonce=',
      'qop="auth"',
      'algorithm=',
      'MD5',
      'SHA-512-256',
      'stale=',
      'Basic ',
    ],
    run(input) {
      const lines = input.toString().split('\n');
      for (const challenge of strongest(parseChallenges(lines))) hold(typeof challenge.nonce === 'string', 'no nonce');
    },
  },
  {
    name: 'sdp',
    longest: 60_000,
    seeds: () => bodies(/application\/sdp/i),
    words: [
      ...all,
      'v=0\r\n',
      'm=audio 4000 RTP/AVP 0 8\r\n',
      'c=IN IP4 ',
      'a=rtpmap:0 PCMU/8000\r\n',
      'a=',
      'a=fmtp:101 ',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:',
      'RTP/SAVP',
      '0-16',
      'a=ptime:',
      'a=rtcp-xr:rcvr-rtt=all voip-metrics\r\n',
    ],
    run(input) {
      expected(() => {
        const offer = parseSdp(input.toString());
        new Negotiation({ address: '127.0.0.1', rtpPort: 4000 }, { voipMetrics: true }).answer(offer, {
          held: false,
          requireEncryption: false,
        });
      });
    },
  },
  {
    name: 'name-addr',
    longest: MAX_HEADER,
    seeds: () => headerValues('From', 'To', 'Contact', 'Route', 'Record-Route', 'Refer-To'),
    words: addressWords,
    run(input) {
      const text = input.toString();
      const address = parseNameAddr(text);
      tagOf(text);
      for (const part of splitOutsideQuotes(text, ',')) parseNameAddr(part);
      if (address === null || address.uri.includes('>')) return;
      const again = parseNameAddr(formatNameAddr(address));
      hold(
        again?.uri === address.uri && again.displayName === address.displayName,
        'written and read, it is another address',
      );
      hold(
        formatParams(again?.params ?? new Map()) === formatParams(address.params),
        'written and read, it has other parameters',
      );
    },
  },
  {
    name: 'uri',
    longest: MAX_HEADER,
    seeds: () =>
      ['sip:a@b.test', 'sips:a:b@[::1]:5061;lr?x=y', 'tel:+1-2(3);ext=4', 'sip:%00%zz@h'].map((text) =>
        Buffer.from(text),
      ),
    words: addressWords,
    run(input) {
      const uri = parseUri(input.toString());
      if (uri === null) return;
      unescapeUser(uri.user ?? '');
      const again = parseUri(formatUri(uri));
      hold(again !== null && formatUri(again) === formatUri(uri), 'written and read, it is another URI');
    },
  },
  {
    name: 'via',
    longest: MAX_HEADER,
    seeds: () => headerValues('Via'),
    words: [...addressWords, 'SIP/2.0/UDP ', ';rport', ';received=', ';branch=z9hG4bK', ':65536'],
    run(input) {
      const via = parseVia(input.toString());
      if (via === null) return;
      const again = parseVia(formatVia(via));
      hold(again !== null && formatVia(again) === formatVia(via), 'written and read, it is another Via');
    },
  },
  {
    name: 'parameters',
    longest: MAX_HEADER,
    seeds: () => [';a=b;c;d="e\\"f";g = h', ';;x=[::1];y=a b'].map((text) => Buffer.from(text)),
    words: all,
    run(input) {
      const params = parseParams(input.toString(), 0);
      if (params === null) return;
      const again = parseParams(formatParams(params), 0);
      hold(again !== null && formatParams(again) === formatParams(params), 'written and read, they are others');
    },
  },
  {
    name: 'multipart',
    longest: MAX_MESSAGE,
    seeds: () => [
      ...bodies(/multipart/i),
      Buffer.from(
        '--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b\r\nContent-Type: multipart/x;boundary="c"\r\n\r\n--c\r\n\r\n1\r\n--c--\r\n--b--',
      ),
    ],
    words: [
      ...all,
      '--b',
      '--b\r\n',
      '--b--',
      '--c\r\n',
      'Content-Type: multipart/mixed; boundary=',
      '\r\n\r\n',
      'boundary="-"',
      'application/sdp',
    ],
    run(input) {
      const message = parseMessage(
        Buffer.concat([Buffer.from('SIP/2.0 200 OK\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n'), input]),
      );
      if (message.kind === 'malformed') return;
      for (const part of bodyParts(message))
        hold(part.body.length <= message.body.length, 'a part larger than the body');
      sdpOf(message);
    },
  },
  {
    name: 'xml',
    longest: MAX_BYTES + 2000,
    seeds: () => [
      ...bodies(/xml/i),
      Buffer.from(
        '<?xml version="1.0"?><p:presence xmlns:p="urn:ietf:params:xml:ns:pidf" entity="a"><p:tuple id="1"><!-- --><![CDATA[<]]>&#x41;&amp;</p:tuple></p:presence>',
      ),
      Buffer.from(
        "<reginfo xmlns='urn:ietf:params:xml:ns:reginfo' version='0'><registration aor='sip:a@b'/></reginfo>",
      ),
    ],
    words: [
      ...all,
      '<a>',
      '</a>',
      '<a b="c"/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!DOCTYPE',
      '&lt;',
      '&#x',
      'xmlns:',
      "'",
      '&',
    ],
    run(input) {
      const result = parseXml(input);
      hold(result.kind === 'element' || result.reason !== '', 'neither element nor reason');
    },
  },
];

/** A refusal that is part of the reader's contract. */
function expected(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

function readAll(message: SipMessage): void {
  for (const name of new Set([...message.headers.entries()].map(([written]) => written))) {
    message.headers.get(name);
    for (const value of message.headers.all(name)) {
      parseNameAddr(value);
      parseVia(value);
    }
  }
}

function linesOf(message: SipMessage): string {
  const start = message.kind === 'request' ? `${message.method} ${message.uri}` : `${message.status} ${message.reason}`;
  return [
    start,
    ...[...message.headers.entries()].filter(([name]) => name !== 'Content-Length').map((line) => line.join(': ')),
  ].join('\n');
}

function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}
