// The items of a report descriptor: prefix byte and data (HID 1.11 section 6.2.2.2 and 6.2.2.3).

export type DescriptorErrorCode =
  'too-long' | 'truncated-item' | 'unbalanced-collection' | 'unbalanced-push' | 'bad-report-id' | 'too-large';

/** The bytes are no report descriptor; the device is left alone. */
export class DescriptorError extends Error {
  readonly code: DescriptorErrorCode;
  /** Byte in the descriptor. */
  readonly offset: number;

  constructor(code: DescriptorErrorCode, offset: number) {
    super(`The report descriptor cannot be read: ${code} at byte ${offset}.`);
    this.name = 'DescriptorError';
    this.code = code;
    this.offset = offset;
  }
}

export interface Item {
  type: 'main' | 'global' | 'local' | 'reserved';
  tag: number;
  /** Bytes of data: 0, 1, 2 or 4. */
  size: number;
  unsigned: number;
  signed: number;
  offset: number;
}

/** Longest descriptor that Linux and USB carry (wDescriptorLength is 16 bits; the kernel stops at 4096). */
const longest = 0xffff;
const longItem = 0xfe;
const types = ['main', 'global', 'local', 'reserved'] as const;

/** Splits a descriptor into items; long items are skipped. Throws {@link DescriptorError}. */
export function readItems(bytes: Uint8Array): Item[] {
  if (bytes.length > longest) throw new DescriptorError('too-long', longest);
  const items: Item[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const prefix = bytes[offset] ?? 0;
    if (prefix === longItem) {
      const dataSize = bytes[offset + 1];
      if (dataSize === undefined || offset + 3 + dataSize > bytes.length) {
        throw new DescriptorError('truncated-item', offset);
      }
      offset += 3 + dataSize;
      continue;
    }
    const size = [0, 1, 2, 4][prefix & 3] ?? 0;
    if (offset + 1 + size > bytes.length) throw new DescriptorError('truncated-item', offset);
    let unsigned = 0;
    for (let index = size; index > 0; index -= 1) unsigned = unsigned * 256 + (bytes[offset + index] ?? 0);
    const negative = size > 0 && unsigned >= 2 ** (8 * size - 1);
    const signed = negative ? unsigned - 2 ** (8 * size) : unsigned;
    items.push({ type: types[(prefix >> 2) & 3] ?? 'reserved', tag: prefix >> 4, size, unsigned, signed, offset });
    offset += 1 + size;
  }
  return items;
}
