// SIPp, for calls by number (its built-in caller and callee), and for exchanges message by message (../scenarios/NAME.xml).
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

export interface Scenario {
  /** host:port of this SIPp. */
  readonly address: string;
  /** Resolves when the one call of the scenario is over; rejects with what SIPp says when a message was not as it should be. */
  done(): Promise<void>;
  stop(): Promise<void>;
}

export interface ScenarioOptions {
  /** For callers: host:port that gets the requests, and the user who is called. */
  target?: string;
  user?: string;
  /** Values of `[name]` in messages of the scenario, and of `{{name}}` anywhere in it. */
  keys?: Readonly<Record<string, string>>;
}

/** Starts `../scenarios/NAME.xml`: a caller when it has a target, else a callee that waits for its one call. */
export async function startScenario(name: string, options: ScenarioOptions = {}): Promise<Scenario> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-sipp-'));
  const port = await freePort();
  const { target, user = 'sipp', keys = {} } = options;
  // SIPp puts keys into messages only; what is looked for in theirs is put in here.
  const scenario = readFileSync(join(import.meta.dirname, '../scenarios', `${name}.xml`), 'utf8');
  const file = join(folder, `${name}.xml`);
  writeFileSync(
    file,
    scenario.replaceAll(/\{\{(\w+)\}\}/g, (_all, key: string) => keys[key] ?? ''),
  );
  const child = startChild(
    'sipp',
    [
      // prettier-ignore
      '-sf',
      file,
      '-i',
      '127.0.0.1',
      '-p',
      String(port),
      '-m',
      '1',
      '-nd',
      '-nostdin',
      '-recv_timeout',
      '20000',
      // prettier-ignore
      '-timeout',
      '45',
      '-timeout_error',
      '-trace_err',
      '-trace_msg',
      ...(target === undefined ? [] : [target, '-s', user]),
      ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
    ],
    { cwd: folder },
  );
  const said = (): string =>
    readdirSync(folder)
      .map((log) => readFileSync(join(folder, log), 'utf8').slice(-8000))
      .join('\n');
  return {
    address: `127.0.0.1:${port}`,
    async done() {
      while (!child.exited) await new Promise((resolve) => setTimeout(resolve, 25));
      const failed = /Failed call\s*\|\s*\d+\s*\|\s*(\d+)/.exec(child.output())?.[1];
      const passed = /Successful call\s*\|\s*\d+\s*\|\s*(\d+)/.exec(child.output())?.[1];
      if (failed !== '0' || passed !== '1')
        throw new Error(`SIPp, ${name}:\n${said()}\n${child.output().slice(-1500)}`);
    },
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
