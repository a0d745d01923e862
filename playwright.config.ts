// Specs that drive the running app. `npx playwright test --project=host`; `npm test` runs them all.
import { defineConfig } from 'playwright/test';
import { middayZone } from './tests/support/midday.ts';

// The specs, their browsers, phones and peers take it over: none of them runs across midnight.
process.env['TZ'] = middayZone(new Date());

const project = (name: string) => ({
  name,
  testDir: `tests/${name}`,
  testMatch: /\.spec\.ts$/,
  outputDir: `out/${name}`,
});

export default defineConfig({
  globalSetup: './tests/global-setup.ts',
  // Real peers and real time: specs side by side would disturb each other's figures.
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'out/playwright.json' }]],
  projects: ['host', 'ui', 'e2e', 'headset', 'headset-vm', 'media', 'peers'].map(project),
});
