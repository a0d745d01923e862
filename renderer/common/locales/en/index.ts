// English: the words that every other language is measured by.
import { calls } from './calls.ts';
import { common } from './common.ts';
import { diagnostics } from './diagnostics.ts';
import { incoming } from './incoming.ts';
import { main } from './main.ts';
import { notices } from './notices.ts';
import { setup } from './setup.ts';

export const en = { common, main, calls, setup, incoming, notices, diagnostics } as const;
