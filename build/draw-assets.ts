// Draws the icons: renders the SVGs of assets/ with Chromium and writes the PNGs, icon.ico and icon.icns beside them.
// Run: node_modules/.bin/node build/draw-assets.ts [--chromium /path/to/chromium]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { icns, icnsTypes, ico, icoSizes, type SizedPng } from './icon-containers.ts';

const assets = join(import.meta.dirname, '../assets');
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const trayStates = ['available', 'offline', 'in-call', 'do-not-disturb', 'missed'];
/** Electron picks the file by the suffix: 16, 24 and 32 px for 100, 150 and 200 % scale. */
const trayScales = [
  { suffix: '', size: 16 },
  { suffix: '@1.5x', size: 24 },
  { suffix: '@2x', size: 32 },
];
/** Coloured on a tile of ink, to be seen on light and dark taskbars alike; or black and alpha, which macOS paints itself. */
const trayLooks = [
  { suffix: '', css: '--badge:#f0605a; --badge-mark:#fff; --in-call:#5bd99a; color:#f3f7f4', draw: onTile },
  { suffix: 'Template', css: 'color:#000', draw: (svg: string) => svg },
];

const { values: options } = parseArgs({ options: { chromium: { type: 'string', default: '/usr/bin/chromium' } } });
// Nothing but our own drawings is rendered here, so the sandbox (which root cannot have) may be off.
const browser = await chromium.launch({ executablePath: options.chromium, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await drawAppIcons(page);
  await drawTrayIcons(page);
} finally {
  await browser.close();
}

async function drawAppIcons(page: Page): Promise<void> {
  await mkdir(join(assets, 'icons'), { recursive: true });
  const plain = await readFile(join(assets, 'icon.svg'), 'utf8');
  for (const size of linuxSizes) {
    await writeFile(join(assets, 'icons', `${size}x${size}.png`), (await render(page, plain, size)).png);
  }
  await writeFile(join(assets, 'icon.ico'), ico(await renderAll(page, plain, icoSizes)));

  const mac = await readFile(join(assets, 'icon-mac.svg'), 'utf8');
  const macSizes = [...new Set(Object.values(icnsTypes))];
  await writeFile(join(assets, 'icon.icns'), icns(await renderAll(page, mac, macSizes)));
}

async function drawTrayIcons(page: Page): Promise<void> {
  for (const state of trayStates) {
    const svg = await readFile(join(assets, 'tray', `${state}.svg`), 'utf8');
    for (const look of trayLooks) {
      for (const { suffix, size } of trayScales) {
        const { png } = await render(page, look.draw(svg), size, look.css);
        await writeFile(join(assets, 'tray', `tray-${state}${look.suffix}${suffix}.png`), png);
      }
    }
  }
}

function onTile(svg: string): string {
  const glyph = svg.replace('<svg ', '<svg x="2.5" y="2.5" width="27" height="27" ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#11241f"/>${glyph}</svg>`;
}

async function renderAll(page: Page, svg: string, sizes: readonly number[]): Promise<SizedPng[]> {
  const images: SizedPng[] = [];
  for (const size of sizes) images.push(await render(page, svg, size));
  return images;
}

async function render(page: Page, svg: string, size: number, css = ''): Promise<SizedPng> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html,body{margin:0;background:none}div{${css}}div>svg{display:block;width:${size}px;height:${size}px}</style><div>${svg}</div>`,
  );
  return { size, png: await page.screenshot({ omitBackground: true }) };
}
