// The messages that drills throw at the phone: RFC 4475 and 5118, and the abuse set, each with the answers that are allowed.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const fixtures = new URL('../../fixtures/', import.meta.url);

/** What came of a message, by what an answer may be. */
export interface HostileCase {
  id: string;
  bytes: Buffer;
  expected: 'accept' | 'reject' | 'reject-or-lenient' | 'drop' | 'template';
  /** Final statuses that are allowed. */
  codes: readonly number[];
  mustNotRing: boolean;
  /** No answer at all is right, too. */
  maySilence: boolean;
}

const index = v.object({
  messages: v.array(
    v.object({
      id: v.string(),
      file_wire: v.string(),
      expected: v.picklist(['accept', 'reject', 'reject-or-lenient', 'drop']),
      ua_final_codes: v.array(v.number()),
      no_reply: v.boolean(),
      must_never: v.array(v.string()),
    }),
  ),
});

const abuseIndex = v.object({
  messages: v.array(
    v.object({
      id: v.string(),
      file: v.string(),
      expected: v.picklist(['accept', 'reject', 'reject-or-lenient', 'drop', 'template']),
      ua_final_codes: v.array(v.number()),
    }),
  ),
});

/** The 62 messages of RFC 4475 and RFC 5118. */
export function tortureCases(): HostileCase[] {
  const folder = new URL('sip-torture/', fixtures);
  return v.parse(index, readJson(new URL('index.json', folder))).messages.map((message) => ({
    id: message.id,
    bytes: readFileSync(new URL(message.file_wire, folder)),
    expected: message.expected,
    codes: message.ua_final_codes,
    mustNotRing: message.must_never.includes('call ringing'),
    // `test` has no Via: nobody knows whom to tell.
    maySilence: message.no_reply || message.id === 'test',
  }));
}

/** The abuse set. Templates have `__NAME__` where something of a live exchange belongs. */
export function abuseCases(): HostileCase[] {
  const folder = new URL('sip-abuse/', fixtures);
  return v.parse(abuseIndex, readJson(new URL('index.json', folder))).messages.map((one) => ({
    id: one.id,
    bytes: readFileSync(new URL(one.file, folder)),
    expected: one.expected,
    codes: one.ua_final_codes,
    mustNotRing: one.expected === 'reject' || one.expected === 'drop',
    maySilence: one.expected === 'drop',
  }));
}

/** Fills a template: `__BRANCH__` by `values.BRANCH`. Throws when one is missing. */
export function fill(template: Buffer, values: Readonly<Record<string, string>>): Buffer {
  const text = template.toString('latin1').replace(/__([A-Z]+)__/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template wants ${name}.`);
    return value;
  });
  return Buffer.from(text, 'latin1');
}

/**
 * The same messages where no two have the same branch: some are used twice, and what comes with the branch of a transaction
 * that still lives is its repeat, or with its Call-ID the same request by another way (RFC 3261 17.2.3, 8.2.2.2). Such a
 * branch, and its Call-ID, get two other letters.
 */
export function withOwnBranches(cases: readonly HostileCase[]): HostileCase[] {
  const seen = new Set<string>();
  return cases.map((one, index) => {
    const text = one.bytes.toString('latin1');
    const branch = /branch=(z9hG4bK[^\s;,]{3,})/i.exec(text)?.[1];
    if (branch === undefined || !seen.has(branch)) {
      if (branch !== undefined) seen.add(branch);
      return one;
    }
    const own = branch.slice(0, -2) + index.toString(36).padStart(2, '0');
    return {
      ...one,
      bytes: Buffer.from(
        text.replace(branch, () => own),
        'latin1',
      ),
    };
  });
}

function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}
