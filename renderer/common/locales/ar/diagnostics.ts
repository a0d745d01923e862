// Arabic words of diagnostics.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const diagnostics = {} satisfies Words<(typeof en)['diagnostics']>;
