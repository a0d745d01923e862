// A process that writes into a database until it is killed, and a look at what it left.
import { spawn } from 'node:child_process';
import type { DatabaseSync } from 'node:sqlite';

/** Of a span: spread over it, and the same in each run. */
export function share(round: number): number {
  return ((round * 7919) % 1000) / 1000;
}

/** Resolves when the process is dead, `ms` after it said that it writes; each line that it says is heard. */
export function writeUntilKilled(script: readonly string[], ms: number, heard: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'pipe'] });
  let rest = '';
  let errors = '';
  let isWriting = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== 'open') heard(line);
    if (isWriting) return;
    isWriting = true;
    setTimeout(() => child.kill('SIGKILL'), ms);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`The writer ended by itself (${code}): ${errors}`));
    });
  });
}

/** Every page, each index against its table, and every reference. */
export function isSound(db: DatabaseSync): boolean {
  const verdict = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
  return verdict === 'ok' && db.prepare('PRAGMA foreign_key_check').get() === undefined;
}
