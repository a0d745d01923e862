// The `test` of every spec that drives the app: names the engine, and fails on any policy violation or page error.
import { test as base, expect } from 'playwright/test';
import { engineOf, launchPhone, type AppOptions, type PhoneApp } from './app.ts';

export { expect };

export const test = base.extend<{ launch: (options?: AppOptions) => Promise<PhoneApp> }>({
  launch: async ({}, use, info) => {
    const apps: PhoneApp[] = [];
    await use(async (options) => {
      const app = await launchPhone(options);
      apps.push(app);
      info.annotations.push({ type: 'engine', description: await engineOf(app) });
      return app;
    });
    for (const app of apps) {
      await app.close();
      expect(app.complaints, 'no policy violation, no page error').toEqual([]);
    }
  },
});
