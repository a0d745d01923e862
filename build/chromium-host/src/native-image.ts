// nativeImage: PNG files and their size; nothing is drawn from them here.
import { readFileSync } from 'node:fs';

export interface NativeImage {
  isEmpty(): boolean;
  toPNG(): Buffer;
  toDataURL(): string;
  getSize(): { width: number; height: number };
  resize(options?: object): NativeImage;
  addRepresentation(options: object): void;
  setTemplateImage(on: boolean): void;
  isTemplateImage(): boolean;
}

export function imageFromPng(png: Buffer): NativeImage {
  let template = false;
  const image: NativeImage = {
    isEmpty: () => png.length === 0,
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    // The IHDR chunk comes first in every PNG; width and height open it.
    getSize: () =>
      png.length > 24 ? { width: png.readUInt32BE(16), height: png.readUInt32BE(20) } : { width: 0, height: 0 },
    resize: () => image,
    addRepresentation() {},
    setTemplateImage: (on) => void (template = on),
    isTemplateImage: () => template,
  };
  return image;
}

export const nativeImage = {
  createEmpty: () => imageFromPng(Buffer.alloc(0)),
  createFromBuffer: (png: Buffer) => imageFromPng(png),
  createFromDataURL: (url: string) => imageFromPng(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
  /** An empty image where there is no file, as in Electron. */
  createFromPath(path: string): NativeImage {
    try {
      return imageFromPng(readFileSync(path));
    } catch {
      return imageFromPng(Buffer.alloc(0));
    }
  },
};
