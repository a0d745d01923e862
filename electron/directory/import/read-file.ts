// A file of people: which format it has, and its people one after the other.
import { readCsv } from './csv.ts';
import { readLdif } from './ldif.ts';
import type { Parsed, Reader } from './types.ts';
import { readVcard } from './vcard.ts';

/** Longer files are no address books; they would only fill the memory. In bytes. */
export const longestFile = 64 * 1024 * 1024;

/** Reads a vCard, CSV or LDIF file into `parsed`. Yields what share of it is read, 0 to 1. Never throws. */
export function* readFile(name: string, bytes: Uint8Array, parsed: Parsed): Generator<number, void> {
  const why = unreadable(bytes);
  if (why !== null) {
    parsed.faults.push({ line: 1, why });
    return;
  }
  const text = decode(bytes);
  yield 0;
  for (const at of readerOf(name, text)(text, parsed)) yield Math.min(at / text.length, 1);
  if (parsed.entries.length === 0 && parsed.faults.length === 0) {
    parsed.faults.push({ line: 1, why: 'There is nobody in this file.' });
  }
}

/** null: it may be read. */
function unreadable(bytes: Uint8Array): string | null {
  if (bytes.byteLength > longestFile) return 'This file has more than 64 megabytes. Export your contacts in parts.';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'This is a workbook or an archive. Save it as CSV first.';
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe;
  const isBinary = !isWide && bytes.subarray(0, 1024).includes(0);
  return isBinary ? 'This is no text. Export your contacts as vCard, CSV or LDIF.' : null;
}

/** UTF-8, UTF-16 with its mark, or what Outlook on Windows writes. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What stands in it says more than what it is called. */
function readerOf(name: string, text: string): Reader {
  const start = text.slice(0, 4096);
  if (/^\s*BEGIN:VCARD/i.test(start)) return readVcard;
  if (/^(?:#.*\s+)*(?:version: *\d|dn::? )/i.test(start)) return readLdif;
  if (/\.(?:vcf|vcard)$/i.test(name)) return readVcard;
  return /\.ldif?$/i.test(name) ? readLdif : readCsv;
}
