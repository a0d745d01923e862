// Icon files of Windows (.ico) and macOS (.icns): simple containers of PNGs, written here so that packing needs no tool.

/** A square PNG and its edge in pixels. */
export interface SizedPng {
  size: number;
  png: Uint8Array;
}

/** Sizes that Windows picks from: 100 % to 400 % of a 16 px and a 32 px icon, and the large tile. */
export const icoSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const;

/**
 * An icon directory (ICONDIR: reserved, type 1, count; 16 bytes an entry; then the images). Windows reads PNG images
 * inside since Vista. A size of 256 is written as 0, the format's way to say it in one byte.
 * @throws RangeError for a size outside 1 to 256.
 */
export function ico(images: readonly SizedPng[]): Uint8Array {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    if (size < 1 || size > 256) throw new RangeError(`An .ico holds images up to 256 px, not ${size}.`);
    const entry = 6 + 16 * index;
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/**
 * Four-letter types of .icns that hold a PNG, with the edge in pixels. 16 and 32 px at single density are left out on
 * purpose: as PNG they show garbled in an application bundle, and macOS draws them from the denser ones.
 */
export const icnsTypes = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
} as const;

/**
 * An Apple icon file: `icns`, length, then for each image its type, its length with these 8 bytes, and the PNG.
 * @throws RangeError when an image that a type asks for is missing.
 */
export function icns(images: readonly SizedPng[]): Uint8Array {
  const blocks = Object.entries(icnsTypes).map(([type, size]) => {
    const image = images.find((one) => one.size === size);
    if (!image) throw new RangeError(`The .icns needs an image of ${size} px.`);
    return block(type, image.png);
  });
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
