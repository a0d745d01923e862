// Where people come from: each source with how it is doing, the forms of servers, and who is found there.
import type { DirectoryServerState, Person, Problem } from '../../contract/index.ts';
import { expect, test, type OpenOptions, type PartPage } from './calls-support.ts';

const certificate: Problem = {
  code: 'server-certificate',
  message:
    'The certificate of ldap.example.com has expired. Ask its administrator to renew it. Nothing was sent to it.',
  field: 'host',
};

const ldap: DirectoryServerState = {
  config: {
    kind: 'ldap',
    id: 'ldap-1',
    name: 'Company directory',
    host: 'ldap.example.com',
    security: 'tls',
    bindDn: 'cn=phone,dc=example,dc=com',
    baseDn: 'dc=example,dc=com',
  },
  hasPassword: true,
  isBusy: false,
  answeredAt: null,
  people: null,
  problem: null,
};

const book: DirectoryServerState = {
  config: { kind: 'carddav', id: 'book-1', name: 'Private', url: 'dav.example.com', user: 'mara' },
  hasPassword: true,
  isBusy: false,
  answeredAt: new Date().setHours(9, 5, 0, 0),
  people: 12,
  problem: null,
};

const field = (part: PartPage, name: string) => part.page.getByRole('textbox', { name, exact: true });

async function openSources(
  openPart: (options?: OpenOptions) => Promise<PartPage>,
  servers: DirectoryServerState[],
): Promise<PartPage> {
  const part = await openPart({ height: 800 });
  await part.set({ servers });
  await part.page.getByRole('button', { name: 'Settings' }).click();
  await part.page.getByRole('button', { name: /^Where people come from/ }).click();
  await expect(part.page.getByRole('heading', { name: 'Where people come from' })).toBeVisible();
  return part;
}

test('each source says how it is doing, in words', async ({ openPart }) => {
  const part = await openSources(openPart, [ldap, book]);
  await expect(part.page.getByText('Your contacts')).toBeVisible();
  await expect(part.page.getByText('Asked while you type')).toBeVisible();
  await expect(part.page.getByText(/^12 people\. Last copy: Today, 09:05\.$/)).toBeVisible();
  await part.set({
    servers: [
      { ...ldap, problem: certificate },
      { ...book, isBusy: true },
    ],
  });
  await expect(part.page.getByText(certificate.message)).toBeVisible();
  await expect(part.page.getByText('Copying now...')).toBeVisible();
  await part.set({ servers: [ldap, book] });
  await part.page.getByRole('button', { name: 'Copy now' }).click();
  await part.sent({ type: 'sync-server', serverId: 'book-1' });
  await part.set({ servers: [{ ...ldap, problem: certificate }] });
  await part.page.getByRole('button', { name: 'Back' }).click();
  await expect(part.page.getByText(`Company directory: ${certificate.message}`)).toBeVisible();
});

test('the server that a domain names elsewhere is named in every language', async ({ openPart }) => {
  const values = { domain: 'company.com', address: 'https://dav.hoster.net:8443' };
  const elsewhere: Problem = { code: 'server-elsewhere', message: 'It is elsewhere.', field: 'url', values };
  const part = await openSources(openPart, [{ ...book, problem: elsewhere }]);
  await expect(part.page.getByText('It is elsewhere.')).toBeVisible();
  await part.set({ language: 'de' });
  await part.page
    .getByRole('button', { name: /Private: company\.com nennt als Adressbuch-Server https:\/\/dav\.hoster\.net:8443,/ })
    .click();
  await part.page.getByRole('button', { name: /^Private/ }).click();
  await expect(part.page.getByRole('alert')).toContainText('https://dav.hoster.net:8443');
});

test('a company directory is tried before it is kept, and nothing else waits for it', async ({ openPart }) => {
  const part = await openSources(openPart, []);
  await expect(part.page.getByText('No server yet')).toBeVisible();
  await part.page.getByRole('button', { name: 'Add' }).click();
  await part.page.getByRole('menuitem', { name: 'Company directory (LDAP)' }).click();
  await part.page.getByRole('button', { name: 'Try it' }).click();
  await expect(part.page.getByRole('alert')).toHaveText('Give it a name, such as "Company directory".');
  await field(part, 'Name').fill('Company directory');
  await field(part, 'Server').fill('ldap.example.com');
  await field(part, 'Port').fill('0');
  await field(part, 'Base').fill('dc=example,dc=com');
  await field(part, 'Name for the server').fill('cn=phone');
  await part.page.getByRole('textbox', { name: 'Password' }).fill('secret');
  await part.page.getByRole('button', { name: 'Save' }).click();
  await expect(part.page.getByRole('alert')).toHaveText('A port is a number from 1 to 65535.');
  await field(part, 'Port').fill('');
  await part.page.getByRole('button', { name: 'Try it' }).click();
  await expect(part.page.getByText('It works: 305 people.')).toBeVisible();
  await part.page.getByRole('button', { name: 'More' }).click();
  await field(part, 'Extension').fill('ipPhone2');
  await expect(part.page.getByText('It works: 305 people.')).toBeHidden();
  await part.page.getByRole('button', { name: 'Save' }).click();
  await expect(part.page.getByText('Asked while you type')).toBeVisible();
  const [saved] = (await part.commands()).filter((command) => command.type === 'save-server');
  expect(saved).toMatchObject({
    server: {
      kind: 'ldap',
      name: 'Company directory',
      host: 'ldap.example.com',
      attributes: { extension: 'ipPhone2', work: 'telephoneNumber' },
    },
    password: 'secret',
  });
});

test('what is wrong stands at its field', async ({ openPart }) => {
  const part = await openSources(openPart, [{ ...ldap, problem: certificate }]);
  await part.page.getByRole('button', { name: /^Company directory/ }).click();
  await expect(part.page.getByRole('alert')).toHaveText(certificate.message);
  await part.page.evaluate(() => window.fake.failNext('The server did not accept the name and password.'));
  await part.page.getByRole('button', { name: 'Try it' }).click();
  await expect(part.page.getByRole('status').filter({ hasText: 'did not accept' })).toBeVisible();
});

test('an address book without encryption has to be allowed, and one is removed only after a question', async ({
  openPart,
}) => {
  const part = await openSources(openPart, [book]);
  await part.page.getByRole('button', { name: /^Private/ }).click();
  await expect(part.page.getByRole('switch')).toBeHidden();
  await field(part, 'Address').fill('http://dav.example.com');
  await part.page.getByRole('switch', { name: 'Allow without encryption' }).click();
  await part.page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => part.commands())
    .toContainEqual({
      type: 'save-server',
      server: {
        kind: 'carddav',
        id: 'book-1',
        name: 'Private',
        url: 'http://dav.example.com',
        user: 'mara',
        allowPlain: true,
      },
    });
  await part.page.getByRole('button', { name: /^Private/ }).click();
  await part.page.getByRole('button', { name: 'Remove' }).click();
  await part.page.getByRole('group', { name: 'Remove' }).getByRole('button', { name: 'Remove' }).click();
  await part.sent({ type: 'remove-server', serverId: 'book-1' });
  await expect(part.page.getByText('No server yet')).toBeVisible();
});

test('people on servers stand after those that are here, with their source, and can be called and added', async ({
  openPart,
}) => {
  const part = await openPart({ height: 800 });
  await part.set({ servers: [ldap] });
  const zelda: Person = {
    id: 'server:ldap-1:uid=z',
    name: 'Zelda Keller',
    company: 'Example Ltd',
    numbers: [{ value: '4477', kind: 'extension' }],
    favourite: false,
    source: 'Company directory',
  };
  await part.page.evaluate((it) => {
    window.fake.serverPeople = [it];
  }, zelda);
  const input = part.page.getByRole('combobox');
  await input.fill('kel');
  const row = part.page.getByRole('row', { name: /Zelda Keller/ });
  await expect(row).toContainText('Company directory');
  await expect(part.page.getByRole('row').last()).toContainText('Zelda Keller');
  await input.press('ArrowUp');
  await input.fill('zelda');
  await expect(part.page.locator('.preview')).toContainText('Dials 4477');
  await row.click();
  await expect(part.page.getByText('From Company directory, as it is there now.')).toBeVisible();
  await part.page.getByRole('button', { name: 'Add to contacts' }).click();
  await part.sent({
    type: 'save-person',
    person: { name: 'Zelda Keller', company: 'Example Ltd', numbers: [{ value: '4477', kind: 'extension' }] },
  });
});
