// Start and end on the Chromium host: one instance, several apps, and nothing left behind.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, fixtureApp, launchFixture, test } from './launch.ts';

const run = promisify(execFile);
const executable = () => join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron');

/** Processes of Chromium and of utilities that this host process started, directly or not. */
function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Ended while we looked.
    }
  }
  const below = (of: number): number[] =>
    [...parents].filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

const alive = (pids: number[]) =>
  pids.filter((pid) => {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });

test('it says what it is', async () => {
  const { stdout } = await run(executable(), ['--version']);
  expect(stdout).toMatch(/^Chromium host on Node 24\./);
});

test('a second start hands its arguments to the first and ends', async ({ fixture: { profile, logged } }) => {
  const second = run(executable(), [fixtureApp, '--profile', profile, 'tel:+15550100']);
  await expect(second).rejects.toMatchObject({ code: 7 });
  await logged('second tel:+15550100 1');
});

test("it ends with the app's code, and the listeners to its exit are heard", async () => {
  const { app, profile } = await launchFixture();
  const file = join(profile, 'heard');
  const ended = once(app.process(), 'exit');
  await app.evaluate(({ app: it }, path) => {
    const { writeFileSync } = process.getBuiltinModule('node:fs');
    process.on('exit', (code) => writeFileSync(path, `exit ${code}`));
    setTimeout(() => it.exit(9), 0);
  }, file);
  expect(await ended).toEqual([9, null]);
  expect(readFileSync(file, 'utf8')).toBe('exit 9');
  rmSync(profile, { recursive: true, force: true });
});

test('two apps with different data run side by side', async ({ fixture }) => {
  const other = await launchFixture();
  try {
    expect(await other.main.textContent('h1')).toBe('Fixture');
    expect(await fixture.main.textContent('h1')).toBe('Fixture');
    expect(await other.app.evaluate(({ app }) => app.getPath('userData'))).toBe(other.profile);
  } finally {
    await other.end();
  }
});

test('a lock left by a killed app does not keep the next one from starting', async () => {
  test.skip(process.platform !== 'linux', 'Only Linux tells one process from a later one with the same number.');
  const first = await launchFixture();
  const pid = first.app.process().pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => alive([pid])).toEqual([]);
  const second = await launchFixture(first.profile);
  expect(await second.main.textContent('h1')).toBe('Fixture');
  await second.end();
});

for (const [how, end] of [
  ['closes', (fixture: Awaited<ReturnType<typeof launchFixture>>) => fixture.app.close()],
  ['is killed', async (fixture: Awaited<ReturnType<typeof launchFixture>>) => fixture.app.process().kill('SIGKILL')],
] as const) {
  test(`nothing is left when the app ${how}`, async () => {
    test.skip(process.platform !== 'linux', 'Processes are counted in /proc.');
    const fixture = await launchFixture();
    await fixture.app.evaluate(() => void world.fork());
    await fixture.logged('engine spawn');
    const started = descendants(fixture.app.process().pid ?? 0);
    expect(started.length).toBeGreaterThan(4);
    await end(fixture);
    await expect.poll(() => alive(started), { timeout: 10_000 }).toEqual([]);
    rmSync(fixture.profile, { recursive: true, force: true });
  });
}

test('it is usable without a driver, and ends when told to', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'host-spec-'));
  const running = run(executable(), [fixtureApp, '--profile', profile]);
  const started = new Promise((resolve) => running.child.stderr?.once('data', resolve));
  expect(String(await started)).toMatch(/Chromium host on Node/);
  running.child.kill('SIGTERM');
  await running;
  rmSync(profile, { recursive: true, force: true });
});
