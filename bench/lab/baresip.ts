// baresip as the peer of a bench: one account, PCMU and PCMA, no sound card; it rings until the caller gives up.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from './program.ts';

/** The user that the lab calls. */
export const baresipUser = 'bob';

const modules = ['module stdio.so', 'module g711.so', 'module aubridge.so'];
const applications = ['module_tmp uuid.so', 'module_tmp account.so', 'module_app menu.so', 'module_app contact.so'];

/** Writes its configuration; returns its directory. */
export function configureBaresip(labPort: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'baresip-bench-'));
  const config = [
    'poll_method epoll',
    'sip_listen 127.0.0.1:0',
    'net_interface 127.0.0.1',
    'audio_player aubridge,bench',
    'audio_source aubridge,bench',
    'audio_alert aubridge,bench',
    'module_path /usr/lib/baresip/modules',
    ...modules,
    ...applications,
    '',
  ];
  const lab = `127.0.0.1:${labPort}`;
  const account = [
    `<sip:${baresipUser}@lab.test;transport=udp>`,
    `auth_user=${baresipUser}`,
    'auth_pass=secret',
    `outbound="sip:${lab};transport=udp"`,
    'regint=300',
    'answermode=manual',
    'audio_codecs=pcmu,pcma',
  ];
  writeFileSync(join(directory, 'config'), config.join('\n'));
  writeFileSync(join(directory, 'accounts'), `${account.join(';')}\n`);
  writeFileSync(join(directory, 'contacts'), '');
  return directory;
}

export function removeBaresip(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

export function startBaresip(directory: string): Program {
  return new Program('baresip', ['-4', '-f', directory]);
}
