// The icon containers hold what their formats say, checked byte by byte against the published layouts.
import { describe, expect, it } from 'vitest';
import { ico, icns, icnsTypes } from './icon-containers.ts';

const png = (size: number) => ({ size, png: Buffer.from(`\x89PNG of ${size}`, 'latin1') });

describe('an .ico', () => {
  it('starts with reserved 0, type 1 and the number of images', () => {
    expect([...ico([png(16), png(32)]).subarray(0, 6)]).toEqual([0, 0, 1, 0, 2, 0]);
  });

  it('points each entry at its own PNG', () => {
    const images = [png(16), png(48), png(256)];
    const file = Buffer.from(ico(images));
    for (const [index, image] of images.entries()) {
      const length = file.readUInt32LE(6 + 16 * index + 8);
      const offset = file.readUInt32LE(6 + 16 * index + 12);
      expect(file.subarray(offset, offset + length)).toEqual(image.png);
    }
  });

  it('writes 256 px as 0', () => {
    const file = ico([png(256)]);
    expect([file[6], file[7]]).toEqual([0, 0]);
  });

  it('refuses an image that the format cannot say', () => {
    expect(() => ico([png(512)])).toThrow(RangeError);
  });
});

describe('an .icns', () => {
  const images = [...new Set(Object.values(icnsTypes))].map(png);

  it('gives its own length, and each block its own', () => {
    const file = Buffer.from(icns(images));
    expect(file.toString('latin1', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    const types: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) types.push(file.toString('latin1', at, at + 4));
    expect(types).toEqual(Object.keys(icnsTypes));
  });

  it('says which image is missing', () => {
    expect(() => icns(images.filter(({ size }) => size !== 512))).toThrow('512 px');
  });
});
