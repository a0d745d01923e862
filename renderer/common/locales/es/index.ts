// Spanish.
import type { Catalog } from '../catalog.ts';
import { calls } from './calls.ts';
import { common } from './common.ts';
import { diagnostics } from './diagnostics.ts';
import { incoming } from './incoming.ts';
import { main } from './main.ts';
import { notices } from './notices.ts';
import { problems } from './problems.ts';
import { setup } from './setup.ts';

export default { common, main, calls, setup, incoming, notices, diagnostics, problems } satisfies Catalog;
