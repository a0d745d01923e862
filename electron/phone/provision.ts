// Provisioning: accounts, directories and contacts from a file, for administrators and automation. A bad file is said, and
// changes nothing.
import { readProvisioning } from '../settings/index.ts';
import { problemOf } from '../calls/index.ts';
import { startNotice } from './notices.ts';
import type { Phone } from './phone.ts';

/** Loads `file`; its accounts and directories replace those of the same id, its contacts those of the last file. */
export async function provision(file: string, phone: Phone): Promise<void> {
  try {
    const { accounts, directories, contacts, preferences } = await readProvisioning(file);
    if (Object.keys(preferences).length > 0) await phone.provisionPreferences(preferences);
    for (const { config, password, turnPassword = '' } of accounts) {
      const outcome = await phone.command({
        type: 'save-account',
        account: { ...config, turnPassword, password: password ?? '' }, // none: the server asks for none, or it was typed before
      });
      if (!outcome.ok) phone.notice(startNotice('provisioning', 'The set-up file was not used', outcome.problem));
    }
    for (const directory of directories) {
      const outcome = await phone.command({ type: 'save-server', ...directory });
      if (!outcome.ok) phone.notice(startNotice('provisioning', 'The set-up file was not used', outcome.problem));
    }
    if (contacts.length > 0) await phone.provisionPeople(contacts);
  } catch (error) {
    phone.notice(startNotice('provisioning', 'The set-up file was not used', problemOf(error)));
  }
}
