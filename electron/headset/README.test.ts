// The README's list of models is the list of captured descriptors, no more and no less.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captured, capturedTitle } from './virtual/captured.ts';

describe.skipIf(captured.length === 0)(capturedTitle, () => {
  it('are the models that the README lists', () => {
    const text = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
    const section = text.split('## Models whose descriptors are tested')[1]?.split('\n## ')[0] ?? '';
    const listed = [...section.matchAll(/^\| `([0-9a-f]{4}:[0-9a-f]{4})` +\| (.+?) +\|/gm)].map(
      ([, id, name]) => `${id} ${name}`,
    );
    const id = (hex: string) => hex.replace('0x', '').toLowerCase().padStart(4, '0');
    expect(listed.toSorted()).toEqual(
      captured.map(({ vid, pid, product }) => `${id(vid)}:${id(pid)} ${product}`).toSorted(),
    );
  });
});
