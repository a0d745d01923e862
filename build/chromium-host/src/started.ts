// When Chromium is up. Windows may be asked for before; they wait for it.
import type { Chromium } from './chromium.ts';

const started = Promise.withResolvers<Chromium>();

export const chromiumStarted: Promise<Chromium> = started.promise;
export const tellChromiumStarted = started.resolve;
