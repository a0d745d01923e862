// SIPp as a server that plays a scenario of ours, once for each Call-ID that comes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { freePort } from './ports.ts';
import type { SippResult } from './sipp.ts';

/** Starts SIPp as a server that plays a scenario of ours for this many Call-IDs; `done` resolves when all are over. */
export async function startSippServer(
  scenario: string,
  calls: number,
): Promise<{ address: string; done: Promise<SippResult>; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-sipp-'));
  const port = await freePort();
  const child = startChild(
    'sipp',
    ['-sf', scenario, '-i', '127.0.0.1', '-p', String(port), '-m', String(calls), '-nd', '-nostdin', '-trace_err'],
    { cwd: folder },
  );
  const done = (async () => {
    while (!child.exited) await new Promise((resolve) => setTimeout(resolve, 50));
    const output = child.output();
    return { ok: /Failed call\s*\|\s*\d+\s*\|\s*(\d+)/.exec(output)?.[1] === '0', output };
  })();
  return {
    address: `127.0.0.1:${port}`,
    done,
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
