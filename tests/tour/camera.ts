// Takes each screen in light, dark and high contrast, at true size, and lays them out on a contact sheet.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Locator, Page } from 'playwright';
import type { PhoneApp } from '../support/app.ts';
import { pictures } from './prepare.ts';

export type Theme = 'light' | 'dark' | 'contrast';
export const themes: readonly Theme[] = ['light', 'dark', 'contrast'];
/** Beside the themes: the screens of the second act in German and Arabic. */
const looks = [...themes, 'de', 'ar'] as const;

export interface Size {
  width: number;
  height: number;
}

/** Pixels for one of CSS. */
const scale = 2;

/** The main window as it opens. */
export const mainSize: Size = { width: 400, height: 680 };

export class Camera {
  readonly #app: PhoneApp;
  readonly #sessions = new Map<Page, CDPSession>();

  constructor(app: PhoneApp) {
    this.#app = app;
  }

  /** Draws a page in this size, sharp. */
  async size(page: Page, { width, height }: Size): Promise<void> {
    const session = await this.#session(page);
    await session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: scale,
      mobile: false,
    });
  }

  /** `NAME-light.png` and so on of a page, or of a part of it. */
  async shoot(name: string, page: Page, part?: Locator): Promise<void> {
    for (const theme of themes) {
      await this.theme(theme, page);
      writeFileSync(join(pictures, `${name}-${theme}.png`), await this.picture(page, part));
    }
    console.log(`  ${name}`);
  }

  /** A PNG. Asked for past Playwright, which would draw it at the screen's own scale. */
  async picture(page: Page, part?: Locator): Promise<Buffer> {
    const box = await part?.boundingBox();
    const session = await this.#session(page);
    const clip = box ? { clip: { ...box, scale: 1 } } : {};
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', ...clip });
    return Buffer.from(data, 'base64');
  }

  async #session(page: Page): Promise<CDPSession> {
    const session = this.#sessions.get(page) ?? (await page.context().newCDPSession(page));
    this.#sessions.set(page, session);
    return session;
  }

  /** Chooses a theme as the person does, and waits until the page has it. */
  async theme(theme: Theme, page: Page): Promise<void> {
    await this.#app.command({ type: 'set-preferences', preferences: { theme } });
    await page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, theme);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  }
}

/** Empties the folder of the last tour's pictures. */
export function clearPictures(): void {
  for (const name of readdirSync(pictures)) if (/\.(png|html)$/.test(name)) rmSync(join(pictures, name));
}

/** `index.html`: every picture, all its looks side by side. */
export function writeContactSheet(engine: string): number {
  const taken = new Set(readdirSync(pictures));
  const names = [...taken]
    .map((file) => /^(.+)-light\.png$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
  const figure = (name: string) =>
    `<figure><figcaption>${name}</figcaption>${looks
      .filter((look) => taken.has(`${name}-${look}.png`))
      .map((look) => `<img src="${name}-${look}.png" alt="${name}, ${look}" loading="lazy">`)
      .join('')}</figure>`;
  const style =
    'body{margin:32px;background:#dfe1dd;font:14px/20px system-ui;color:#15201c}main{display:flex;flex-wrap:wrap;gap:32px}figure{margin:0}figcaption{margin-bottom:6px;color:#4c5651}img{zoom:.5;border-radius:16px;margin-right:24px;vertical-align:top}';
  writeFileSync(
    join(pictures, 'index.html'),
    `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Hookswitch: every screen</title>\n<style>${style}</style>\n<h1>Hookswitch: every screen</h1><p>Taken on the ${engine}.</p>\n<main>\n${names.map(figure).join('\n')}\n</main>\n</html>\n`,
  );
  return names.length;
}
