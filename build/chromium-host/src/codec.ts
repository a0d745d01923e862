// Structured clone as JSON text, for the way between host and page. Used by both sides.
// Like Electron's IPC it refuses functions, symbols and promises; unlike it, it refuses cycles and loses shared references.

const TAG = '$t';
type Tagged = { [TAG]: string; v?: unknown; c?: string; [key: string]: unknown };

const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};

/** Value to text. Throws where structured clone would. */
export function pack(value: unknown): string {
  return JSON.stringify(encode(value, []));
}

/** Text to value. */
export function unpack(text: string): unknown {
  return decode(JSON.parse(text));
}

function encode(value: unknown, path: readonly object[]): unknown {
  if (value === undefined) return { [TAG]: 'undefined' };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return plainNumber(value) ? value : { [TAG]: 'number', v: numberText(value) };
  if (typeof value === 'bigint') return { [TAG]: 'bigint', v: String(value) };
  if (typeof value !== 'object' || value instanceof Promise) throw new Error('An object could not be cloned.');
  if (path.includes(value)) throw new Error('An object could not be cloned: it contains itself (Chromium host).');
  const deeper = [...path, value];
  const each = (items: Iterable<unknown>) => Array.from(items, (item) => encode(item, deeper));
  if (Array.isArray(value)) return each(value);
  if (value instanceof Date) return { [TAG]: 'date', v: numberText(value.getTime()) };
  if (value instanceof Map) return { [TAG]: 'map', v: each(value) };
  if (value instanceof Set) return { [TAG]: 'set', v: each(value) };
  if (value instanceof Error) return { [TAG]: 'error', v: [value.name, value.message, value.stack] };
  if (value instanceof ArrayBuffer) return { [TAG]: 'buffer', v: bytesToText(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const name = value.constructor.name;
    return { [TAG]: 'view', c: name in views ? name : 'Uint8Array', v: bytesToText(bytes) };
  }
  const entries = Object.entries(value).map(([key, item]) => [key, encode(item, deeper)] as const);
  // A plain object that carries our own tag, or a key that assignment would take for something else.
  if (TAG in value || Object.hasOwn(value, '__proto__')) return { [TAG]: 'object', v: entries };
  return Object.fromEntries(entries);
}

function decode(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(decode);
  const tagged = value as Tagged;
  const items = () => (tagged.v as unknown[]).map(decode);
  switch (tagged[TAG]) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
    case 'undefined':
      return undefined;
    case 'number':
      return Number(tagged.v);
    case 'bigint':
      return BigInt(tagged.v as string);
    case 'date':
      return new Date(Number(tagged.v));
    case 'map':
      return new Map(items() as [unknown, unknown][]);
    case 'set':
      return new Set(items());
    case 'error': {
      const [name, message, stack] = tagged.v as [string, string, string];
      return Object.assign(new Error(message), { name, stack });
    }
    case 'buffer':
      return textToBytes(tagged.v as string).buffer;
    case 'view': {
      const bytes = textToBytes(tagged.v as string);
      const View = views[tagged.c ?? ''];
      return View && View !== Uint8Array ? new View(bytes.buffer) : bytes;
    }
    default: {
      const object: Record<string, unknown> = {};
      for (const [key, item] of tagged.v as [string, unknown][]) {
        Object.defineProperty(object, key, {
          value: decode(item),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    }
  }
}

function plainNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function bytesToText(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
}

function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
