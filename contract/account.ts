// An account: who we are on a SIP server, and how to reach it. The password lives in the vault, never here.
import * as v from 'valibot';
import { codecNameSchema } from './media-port.ts';
import { dtmfWaySchema } from './sound.ts';

export const transportSchema = v.picklist(['udp', 'tcp', 'tls', 'ws', 'wss']);
export type TransportName = v.InferOutput<typeof transportSchema>;

const hostAndPort = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(255),
  v.regex(
    /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/,
    'A server looks like turn.company.com or turn.company.com:3478.',
  ),
);

const starts = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\+?[0-9]{0,16}$/, 'A beginning is digits, with a + before them or without: +41, 0, 0041.'),
);
const digits = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\+?[0-9]{0,16}$/, 'Write the digits that the exchange wants: 0, 00, 9.'),
);

/**
 * What the exchange wants instead of a number as written. The first rule whose `starts` begins the number applies; `starts`
 * may be empty: every number.
 */
export const dialRuleSchema = v.variant('does', [
  v.object({ does: v.literal('prefix'), starts, digits }),
  v.object({ does: v.literal('strip'), starts }),
  v.object({ does: v.literal('replace'), starts, digits }),
]);
export type DialRule = v.InferOutput<typeof dialRuleSchema>;

const country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'A country is two letters: CH.'));

export const accountConfigSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)),
  /** Short name in the title line, such as "Work". */
  label: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64)),
  /** As others see it; may be empty. */
  displayName: v.pipe(v.string(), v.trim(), v.maxLength(128)),
  /** user@domain, without a scheme. */
  address: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^[^@\s<>"]+@[^@\s<>"]+$/, 'An address looks like an e-mail address: name@company.com.'),
  ),
  /** Where it differs from the user part of the address. */
  authUser: v.optional(v.string()),
  /** host, host:port, or for ws and wss a URL with path; empty: found by DNS from the domain (RFC 3263). */
  server: v.optional(v.pipe(v.string(), v.trim())),
  transport: transportSchema,
  /** Asked for in REGISTER, seconds. */
  expires: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(86_400)),
  /** PEM file with the company's own certificate authority, added to the system's. */
  caFile: v.optional(v.string()),
  /** True: rings also for calls that do not come through the server, from anybody who can reach this computer. Absent: false. */
  allowDirect: v.optional(v.boolean()),
  /** Over TLS a certificate for `*.company.com` counts, too. RFC 5922 says no, some hosted exchanges have nothing else. */
  allowWildcard: v.optional(v.boolean()),
  /** SHA-256 fingerprint of the only certificate that is trusted for this account, whoever signed it. */
  pinnedCertificate: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.regex(
        /^(?:[0-9a-f]{2}[:\s]?){31}[0-9a-f]{2}$/i,
        'A fingerprint (SHA-256) has 64 hexadecimal digits, in pairs with colons or without.',
      ),
    ),
  ),
  /** Audio towards this account's server: plain or SDES RTP by the engine, or WebRTC straight from the media window. */
  media: v.picklist(['auto', 'rtp', 'webrtc']),
  encryption: v.picklist(['off', 'preferred', 'required']),
  /** The codecs that calls of this account may use, the preferred first; absent: all, wide-band first. */
  codecs: v.optional(
    v.pipe(
      v.array(codecNameSchema),
      v.minLength(1, 'Name at least one codec, or leave the list out.'),
      v.check((names) => new Set(names).size === names.length, 'Name each codec once.'),
    ),
  ),
  /** STUN (RFC 8489) for WebRTC calls of this account: host or host:port. */
  stunServer: v.optional(hostAndPort),
  /** TURN (RFC 8656) for WebRTC calls of this account. Its password lives in the vault. */
  turnServer: v.optional(
    v.object({
      server: hostAndPort,
      transport: v.picklist(['udp', 'tcp', 'tls']),
      user: v.pipe(v.string(), v.maxLength(128)),
    }),
  ),
  /** ISO 3166: national numbers are dialled with this country's code (E.164). Absent: as they are typed. */
  country: v.optional(country),
  dialRules: v.optional(v.pipe(v.array(dialRuleSchema), v.maxLength(50))),
  /** How keys are sent; absent: `auto`. */
  dtmf: v.optional(dtmfWaySchema),
  /** The server is told of each call's sound at its end (RFC 6035), the other phone meanwhile, if it asks (RFC 3611). Absent: nobody is. */
  qualityReports: v.optional(v.boolean()),
  /** Where they go, name@company.com or a sip: URI; absent: the account's server. */
  qualityCollector: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(255),
      v.regex(/^(sips?:)?[^@\s<>"]+@[^@\s<>"]+$/, 'A collector looks like an e-mail address: reports@company.com.'),
    ),
  ),
  /** False: registered to call out, but no ringing here. */
  ringHere: v.boolean(),
  enabled: v.boolean(),
});
export type AccountConfig = v.InferOutput<typeof accountConfigSchema>;

export const accountDefaults = {
  displayName: '',
  transport: 'udp',
  expires: 300,
  media: 'auto',
  encryption: 'off',
  ringHere: true,
  enabled: true,
} as const satisfies Partial<AccountConfig>;

/** What the account form sends: an account, new or known, and its password when it was typed. */
export const accountDraftSchema = v.object({
  ...v.partial(accountConfigSchema, [
    'id',
    'label',
    'displayName',
    'transport',
    'expires',
    'media',
    'encryption',
    'ringHere',
    'enabled',
  ]).entries,
  password: v.optional(v.string()),
  turnPassword: v.optional(v.string()),
});
export type AccountDraft = v.InferOutput<typeof accountDraftSchema>;
