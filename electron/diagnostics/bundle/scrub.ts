// The last look before something leaves this computer: secrets by their form once more, and every known secret by its value.
import { redactText } from '../redact.ts';

const blank = '[redacted]';

/** user:password@ in a URL of any scheme (RFC 3986 3.2.1). */
const urlPassword = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"'<>]*:)[^\s@/"'<>]+(?=@)/gi;
/** `token=...`, `api_key=...` in queries and forms. */
const queryToken =
  /([?&;\s"'](?:access_token|refresh_token|id_token|token|api[_-]?key|key|secret|password|passwd|pwd|sig|signature)=)[^\s&;"'<>]+/gi;
/** `Bearer ...` wherever it stands. */
const bearer = /(\b(?:bearer|basic)\s+)[A-Za-z0-9+/_~.=-]{8,}/gi;
/** JSON Web Tokens (RFC 7519) begin with `{"` in base64url. */
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g;
/** `"password":"..."` in JSON, once escaped or not. */
const jsonSecret =
  /(\\?"(?:[A-Za-z0-9_-]*(?:password|passphrase|passwd|secret|token|credential)|authorization|pin)\\?"\s*:\s*\\?")(?:[^"\\]|\\(?!").)+(?=\\?")/gi;
/** All of a digest's answer, not only `response`: nonce and cnonce help to try passwords. Quotes may be escaped as in JSON. */
const digestParts = /\b(response|cnonce|nonce|opaque|rspauth|nextnonce)(\s*=\s*)(?:\\*"[^"\\]*\\*"|[^\s,;"\\]+)/gi;
/** PEM blocks. */
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** MIKEY and ZRTP keys in SDP (RFC 4567); SDES is redactText's. */
const keyManagement = /^(a=key-mgmt:\S+\s+)\S+/gim;

/** Shorter ones would blank half of every text, and whoever has one of two letters has no secret. */
const shortest = 3;

/** A text without secrets: by form, and each of `secrets` by its value, plain and in the writings that programs use. */
export function scrub(text: string, secrets: readonly string[]): string {
  const byForm = redactText(text)
    .replace(digestParts, `$1$2${blank}`)
    .replace(urlPassword, `$1${blank}`)
    .replace(queryToken, `$1${blank}`)
    .replace(bearer, `$1${blank}`)
    .replace(jsonWebToken, blank)
    .replace(jsonSecret, `$1${blank}`)
    .replace(keyManagement, `$1${blank}`)
    .replace(privateKey, blank);
  return writingsOf(secrets).reduce((rest, secret) => rest.replaceAll(secret, blank), byForm);
}

/** The longest first, so that no part of a longer one is left over. */
function writingsOf(secrets: readonly string[]): string[] {
  const all = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      JSON.stringify(JSON.stringify(secret)).slice(3, -3),
      ...(secret.length < 6 ? [] : base64Cores(secret)),
      Buffer.from(secret).toString('hex'),
    ]);
  return [...new Set(all)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
}

/** A secret within a longer text in base64 (`user:secret`) shows in one of three forms, by where it begins. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = bytes.toString('base64').replace(/=+$/, '');
    const from = before === 0 ? 0 : before + 1;
    // The last character also holds what follows.
    return whole.slice(from, bytes.length % 3 === 0 ? undefined : -1);
  });
}
