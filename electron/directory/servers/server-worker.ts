// The thread of one directory server: the composition root of its thread. Whatever a server sends, it holds up nobody else.
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import type { DirectoryServer } from '../../../contract/index.ts';
import { addressBooks, syncAddressBooks, type CardDavAccess } from './carddav.ts';
import { LdapDirectory } from './ldap.ts';
import { serverReady, serverRequestSchema, serverThreadSchema, type ServerReply, type ServerTask } from './messages.ts';
import { serverProblem } from './problems.ts';
import { createServiceDns } from './service-dns.ts';

const main = parentPort;
if (!main) throw new Error('server-worker.ts runs in a worker thread.');

const dns = createServiceDns(v.parse(serverThreadSchema, workerData)?.dnsServers);

main.on('message', (message: unknown) => {
  const { request, task } = v.parse(serverRequestSchema, message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const reply = (said: ServerReply) => main.postMessage(said);
  carryOut(task).then(
    (value) => reply({ request, ok: true, value }),
    (error: unknown) => reply({ request, ok: false, problem: serverProblem(error, hostOf(task.server)) }),
  );
});

// From now on questions are answered; the time that a question may take begins here.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
main.postMessage(serverReady);

let ldap: { directory: LdapDirectory; settings: string } | null = null;

async function carryOut(task: ServerTask): Promise<unknown> {
  switch (task.do) {
    case 'search':
      return directoryOf(task).search(task.text, task.limit);
    case 'identify':
      return directoryOf(task).identify(task.number);
    case 'sync':
      return syncAddressBooks({ server: task.server, password: task.password, dns }, task.known);
    case 'try':
      return task.server.kind === 'ldap'
        ? tryLdap(task)
        : tryCardDav({ server: task.server, password: task.password, dns });
  }
}

/** The connection stays for the next key that is pressed, until the settings change. */
function directoryOf({ server, password }: Extract<ServerTask, { do: 'search' | 'identify' }>): LdapDirectory {
  const settings = JSON.stringify([server, password]);
  if (ldap?.settings !== settings) {
    ldap?.directory.close();
    ldap = { directory: new LdapDirectory(server, password), settings };
  }
  return ldap.directory;
}

async function tryLdap({ server, password }: Extract<ServerTask, { do: 'try' }>) {
  if (server.kind !== 'ldap') throw new Error('This is no LDAP server.');
  const directory = new LdapDirectory(server, password);
  try {
    return await directory.try();
  } finally {
    directory.close();
  }
}

async function tryCardDav(access: CardDavAccess) {
  const books = await addressBooks(access);
  return { people: books.reduce((sum, { cards }) => sum + cards, 0), more: false };
}

function hostOf(server: DirectoryServer): string {
  if (server.kind === 'ldap') return server.host;
  return server.url.replace(/^\w+:\/\//, '').split('/')[0] ?? server.url;
}
