// docs/screenshot.png: the main window in a call, light, and a second dark one beside it; about 800 px wide.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { root } from '../support/app.ts';
import { mainSize } from './camera.ts';
import { pictures } from './prepare.ts';
import { callWith, place, quiet, type Stage } from './stage.ts';

/** Takes the picture; writes it to docs/ only when asked, so that a tour changes no tracked file. */
export async function readmePicture({ app, main, camera }: Stage, intoDocs: boolean): Promise<void> {
  await camera.size(main, mainSize);
  // A call that has lasted a while, as in a day's work.
  await main.clock.setFixedTime(Date.now() + 767_000);
  const id = await place(app, '+41441234567', 'connected');
  await callWith(main, 'Nora Keller').getByText('Not encrypted').waitFor();
  await camera.theme('light', main);
  const light = await camera.picture(main);
  await app.command({ type: 'mute', callId: id, on: true });
  await camera.theme('dark', main);
  const dark = await camera.picture(main);
  await quiet(app);
  const folder = intoDocs ? join(root, 'docs') : pictures;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, intoDocs ? 'screenshot.png' : 'readme.png'), await board(main, [light, dark]));
}

/** Both windows on one ground, drawn by the page that they show. */
async function board(page: Page, windows: readonly Buffer[]): Promise<Buffer> {
  const drawn = await page.evaluate(
    async (pictures) => {
      const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const images = await Promise.all(
        pictures.map((picture) => createImageBitmap(new Blob([bytes(picture)], { type: 'image/png' }))),
      );
      const [first] = images;
      const [width, height] = [first?.width ?? 0, first?.height ?? 0];
      const [edge, gap, radius] = [56, 48, 24];
      const canvas = new OffscreenCanvas(2 * edge + images.length * width + gap, 2 * edge + height);
      const ink = canvas.getContext('2d');
      if (!ink) throw new Error('This page cannot draw.');
      ink.fillStyle = '#dfe1dd';
      ink.fillRect(0, 0, canvas.width, canvas.height);
      for (const [index, image] of images.entries()) {
        const shape = new Path2D();
        shape.roundRect(edge + index * (width + gap), edge, width, height, radius);
        ink.save();
        ink.shadowColor = 'rgb(20 32 28 / 24%)';
        ink.shadowBlur = 40;
        ink.shadowOffsetY = 16;
        // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
        ink.fill(shape);
        ink.restore();
        ink.save();
        ink.clip(shape);
        ink.drawImage(image, edge + index * (width + gap), edge);
        ink.restore();
      }
      const png = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      let text = '';
      for (const byte of png) text += String.fromCharCode(byte);
      return btoa(text);
    },
    windows.map((picture) => picture.toString('base64')),
  );
  return Buffer.from(drawn, 'base64');
}
