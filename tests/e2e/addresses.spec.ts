// A phone that does nothing, in a network of its own, started as a person starts it: what it hears of its addresses.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { missingPrograms, startChild, until, type Child } from '../peers/support/child.ts';
import { electronExecutable, root } from '../support/app.ts';

const missing = missingPrograms('unshare', 'nsenter', 'ip', 'ps');
test.skip(process.platform !== 'linux', 'Network namespaces exist only on Linux.');
test.skip(process.getuid?.() !== 0, 'Network namespaces need root.');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

const profile = mkdtempSync(join(tmpdir(), 'hookswitch-'));
const phones: Child[] = [];
test.afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.stop(10_000);
});
test.afterAll(() => rmSync(profile, { recursive: true, force: true }));

/** A phone in the tray, and the program that tells it of its addresses. */
async function start(): Promise<{ phone: Child; program: number }> {
  const command = [electronExecutable(), '--no-sandbox', root, '--profile', profile, '--hidden'];
  const phone = startChild('unshare', ['--net', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...command]);
  phones.push(phone);
  const program = await until('the phone to listen', () => childOf(phone.pid, 'ip'), 30_000);
  return { phone, program };
}

function childOf(pid: number, name: string): number | null {
  try {
    const children = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', `${pid}`], { encoding: 'utf8' });
    return Number(new RegExp(`^ *(\\d+) ${name}$`, 'm').exec(children)?.[1]) || null;
  } catch {
    return null; // It has none.
  }
}

/** Resolves when the process has ended, whether or not its new parent has noticed. */
const gone = (pid: number) =>
  until('the program to end', () => {
    try {
      return execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).startsWith('Z') ? true : null;
    } catch {
      return true;
    }
  });

const log = join(profile, 'logs', 'hookswitch.log');
/** How often the phone has looked after its network. The log comes with its first line. */
const looks = (): number => (existsSync(log) ? readFileSync(log, 'utf8').split(' network {').length - 1 : 0);

test('an idle phone notices each address within a moment, and what told it of that ends when the phone is killed', async () => {
  test.info().annotations.push({
    type: 'engine',
    description: process.env['ELECTRON_OVERRIDE_DIST_PATH'] ? 'Chromium host' : 'Electron',
  });
  const { phone, program } = await start();
  const ip = (...args: string[]) => execFileSync('nsenter', ['--target', `${phone.pid}`, '--net', 'ip', ...args]);
  ip('link', 'add', 'eth', 'type', 'veth', 'peer', 'name', 'far');
  ip('link', 'set', 'far', 'up');
  ip('link', 'set', 'eth', 'up');
  for (const net of [1, 2, 3, 4]) {
    const before = looks();
    ip('addr', 'add', `10.9.${net}.2/24`, 'dev', 'eth');
    // A phone that looked each five seconds would be as quick as that four times in a row once in eighty times.
    await until('the phone to notice', () => (looks() > before ? true : null), 2000);
  }
  process.kill(phone.pid, 'SIGKILL');
  await gone(program);
});

test('what tells a phone of its addresses ends when the phone is quit', async () => {
  const { phone, program } = await start();
  process.kill(phone.pid, 'SIGTERM');
  await gone(program);
  await expect.poll(() => phone.exited, { timeout: 10_000 }).toBe(true);
});
