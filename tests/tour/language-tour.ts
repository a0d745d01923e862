// The second act: every screen of the windows on the fake bridge, in each theme, and in German and Arabic.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { findChromium } from '../../build/chromium-host/src/find-chromium.ts';
import type { Language } from '../../contract/index.ts';
import { screens, speaker, type Screen } from '../ui/screens.ts';
import { serveDevPage } from '../ui/serve-dev-page.ts';
import { mainSize, themes, type Theme } from './camera.ts';
import { pictures } from './prepare.ts';

interface Look {
  name: string;
  theme: Theme;
  language: Language;
}

const looks: readonly Look[] = [
  ...themes.map((theme) => ({ name: theme, theme, language: 'en' as const })),
  { name: 'de', theme: 'light', language: 'de' },
  { name: 'ar', theme: 'dark', language: 'ar' },
];

export async function languageTour(): Promise<void> {
  const server = await serveDevPage();
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath !== null && existsSync(executablePath) ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    for (const [name, screen] of Object.entries(screens)) {
      for (const look of looks) {
        const picture = await shoot(browser, server.url, screen, look);
        writeFileSync(join(pictures, `80-${name}-${look.name}.png`), picture);
      }
      console.log(`  80-${name}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function shoot(browser: Browser, url: string, screen: Screen, { theme, language }: Look): Promise<Buffer> {
  const isPopup = screen.window !== undefined;
  const page = await browser.newPage({
    viewport: isPopup ? { width: 400, height: 260 } : mainSize,
    reducedMotion: 'reduce',
    deviceScaleFactor: 2,
  });
  try {
    const query = { theme, scene: screen.scene, platform: 'linux', lang: language };
    await page.goto(`${url}?${new URLSearchParams({ ...query, ...(screen.window ? { window: screen.window } : {}) })}`);
    await page.locator('.window, .incoming-call').first().waitFor();
    await page.locator(`html[lang=${language}]`).waitFor();
    await screen.go?.(page, await speaker(language));
    // Outside the page: in Arabic the window's buttons are on the left, and one would be hovered.
    await page.mouse.move(-1, -1);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    return await page.screenshot();
  } finally {
    await page.close();
  }
}
