// SIPp, for calls by number: its built-in caller (uac) and callee (uas).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { freePort } from './ports.ts';

/** Debian package a caller must have for {@link runSipp} and {@link startSippCallee}. */
export const sippPackages = 'sip-tester';

export interface SippOptions {
  /** host:port to call. */
  target: string;
  /** User part of the Request-URI. */
  user: string;
  calls: number;
  /** Calls a second. */
  rate?: number;
  /** How long each call stands, ms. */
  hold?: number;
  /** Own scenario file instead of the built-in caller. */
  scenario?: string;
  transport?: 'u1' | 't1' | 'un' | 'tn';
}

export interface SippResult {
  /** True when every call went as the scenario says. */
  ok: boolean;
  output: string;
}

/** Runs SIPp as the caller until all calls are over. */
export async function runSipp(options: SippOptions): Promise<SippResult> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-sipp-'));
  const port = await freePort();
  const scenario = options.scenario === undefined ? ['-sn', 'uac'] : ['-sf', options.scenario];
  const child = startChild(
    'sipp',
    // prettier-ignore
    [...scenario, options.target, '-s', options.user, '-i', '127.0.0.1', '-p', String(port), '-t', options.transport ?? 'u1',
      '-m', String(options.calls), '-r', String(options.rate ?? 1), '-d', String(options.hold ?? 500), '-nd', '-nostdin'],
    { cwd: folder },
  );
  while (!child.exited) await new Promise((resolve) => setTimeout(resolve, 50));
  rmSync(folder, { recursive: true, force: true });
  const output = child.output();
  const failed = /Failed call\s*\|\s*\d+\s*\|\s*(\d+)/.exec(output);
  return { ok: failed !== null && failed[1] === '0', output };
}

/** Starts SIPp as a callee that answers every call. `address` is host:port. */
export async function startSippCallee(): Promise<{ address: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-sipp-'));
  const port = await freePort();
  const child = startChild('sipp', ['-sn', 'uas', '-i', '127.0.0.1', '-p', String(port), '-nd', '-nostdin'], {
    cwd: folder,
  });
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
