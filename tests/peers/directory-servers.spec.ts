// People on servers, against servers that we did not write: OpenLDAP's slapd and Radicale.
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { CardDavServer, LdapServer, Outcome } from '../../contract/index.ts';
import { problemOf } from '../../electron/calls/index.ts';
import { Office } from '../support/office.ts';
import { openServersRoom, type ServersRoom } from '../support/servers-room.ts';
import { expect, test } from '../support/spec.ts';
import { startDnsmasq } from './support/dnsmasq.ts';
import { missingPrograms } from './support/index.ts';
import { startRadicale, vcard, type Radicale } from './support/radicale.ts';
import { company, reader, startSlapd, type Slapd } from './support/slapd.ts';

const missing = missingPrograms('slapd', 'radicale', 'dnsmasq', 'openssl');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let room: ServersRoom;
let slapd: Slapd;
let radicale: Radicale;

test.beforeAll(async () => {
  [slapd, radicale, room] = await Promise.all([startSlapd(), startRadicale(), openServersRoom()]);
});
test.afterAll(async () => {
  await room.close();
  await Promise.all([slapd.stop(), radicale.stop()]);
});

const ldap = (changes: Partial<LdapServer> = {}): LdapServer => ({
  kind: 'ldap',
  id: 'ldap',
  name: 'Company directory',
  host: 'localhost',
  port: slapd.tlsPort,
  security: 'tls',
  bindDn: reader,
  baseDn: company,
  filter: '(objectClass=inetOrgPerson)',
  attributes: {
    name: 'cn',
    company: 'o',
    email: 'mail',
    work: 'telephoneNumber',
    mobile: 'mobile',
    home: 'homePhone',
    extension: 'employeeNumber',
  },
  caFile: slapd.caFile,
  ...changes,
});

const cardDav = (changes: Partial<CardDavServer> = {}): CardDavServer => ({
  kind: 'carddav',
  id: 'book',
  name: 'Address book',
  url: `localhost:${radicale.port}`,
  user: 'nora',
  caFile: radicale.caFile,
  ...changes,
});

async function tried(server: LdapServer | CardDavServer, password = 'secret'): Promise<Outcome<unknown>> {
  try {
    return { ok: true, value: await room.servers.try({ server, password }) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

test.describe('a company directory', () => {
  test.beforeAll(async () => {
    await room.servers.save({ server: ldap(), password: 'secret' });
  });
  const names = async (text: string) => (await room.servers.search(text)).rows.map(({ name }) => name);

  test('finds people by name, company and number, in any spelling of it', async () => {
    expect(await names('kell')).toEqual(['Nora Keller', 'Łukasz Wiśniewski']);
    expect(await names('nora keller')).toEqual(['Nora Keller']);
    expect(await names('Wiśn')).toEqual(['Łukasz Wiśniewski']);
    expect(await names('044 123 45 69')).toEqual(['Star *Man (Bowie)']);
    expect(await names('4411')).toEqual(['Łukasz Wiśniewski']);
    const [nora] = (await room.servers.search('nora')).rows;
    expect(nora).toMatchObject({ company: 'Keller & Co', source: 'Company directory', numberCount: 3 });
    expect(room.servers.person(nora?.id ?? '')?.numbers).toEqual([
      { value: '+41 44 123 45 67', kind: 'work' },
      { value: '+41 79 555 01 02', kind: 'mobile' },
      { value: '4410', kind: 'extension' },
    ]);
  });

  test('takes what is typed for text, never for a filter', async () => {
    expect(await names('*man (bowie')).toEqual(['Star *Man (Bowie)']);
    for (const text of ['*', 'x)(cn=*', '\\2a', ')(|(cn=*))']) expect(await names(text)).toEqual([]);
  });

  test('gives a page of many, and says that there are more', async () => {
    const found = await room.servers.search('clerk');
    expect([found.rows.length, found.more]).toEqual([50, ['Company directory']]);
    expect(await tried(ldap())).toEqual({ ok: true, value: { people: { count: 304, more: false } } });
  });

  test('shows who has a number only when it can be called', async () => {
    const [person] = (await room.servers.search('atall')).rows;
    expect(person).toMatchObject({ name: 'Nobody Atall', numberCount: 0 });
  });

  test('says who calls, by the national, international and short form of a number', async () => {
    const nora = { name: 'Nora Keller', company: 'Keller & Co' };
    for (const number of ['+41441234567', '0441234567', '0041441234567', '4410', '+41795550102']) {
      expect(await room.servers.identify(number)).toEqual(nora);
    }
    expect(await room.servers.identify('+41441234599')).toBeNull();
  });

  test('is asked over StartTLS too', async () => {
    expect(await tried(ldap({ security: 'starttls', port: slapd.port }))).toMatchObject({ ok: true });
  });

  test('says what is wrong, and at which field', async () => {
    const wrong: [LdapServer, string, string, string][] = [
      [ldap(), 'wrong', 'server-password', 'password'],
      [ldap({ caFile: undefined }), 'secret', 'server-certificate', 'caFile'],
      [ldap({ caFile: '/nowhere.pem' }), 'secret', 'ca-file-unreadable', 'caFile'],
      [ldap({ baseDn: 'dc=elsewhere' }), 'secret', 'server-base', 'baseDn'],
      [ldap({ security: 'none', port: slapd.port }), 'secret', 'server-wants-encryption', 'security'],
      [ldap({ filter: '(((' }), 'secret', 'server-filter', 'filter'],
      [ldap({ port: 1 }), 'secret', 'directory-refused', 'host'],
      [ldap({ host: 'nowhere.invalid' }), 'secret', 'server-unknown', 'host'],
    ];
    for (const [server, password, code, field] of wrong) {
      expect(await tried(server, password)).toMatchObject({ ok: false, problem: { code, field } });
    }
  });

  test('that hangs says so, and is asked again when it is back', async () => {
    slapd.signal('SIGSTOP');
    expect((await room.servers.search('nora')).rows).toEqual([]);
    expect(room.state('ldap').problem).toMatchObject({ code: 'server-silent' });
    slapd.signal('SIGCONT');
    expect(await names('nora')).toEqual(['Nora Keller']);
    expect(room.state('ldap').problem).toBeNull();
  });
});

test.describe('an address book', () => {
  const here = async () =>
    (await room.library.query({ type: 'people', text: '', offset: 0, limit: 10 })).rows.map(({ name }) => name);

  test('is found from the bare address, copied, and kept in step', async () => {
    await radicale.put('nora', vcard('nora', 'Nora Keller', '+41 44 123 45 67'));
    await radicale.put('lukas', vcard('lukas', 'Lukas Meier', '+41 44 123 45 68'));
    await radicale.put('team', 'BEGIN:VCARD\r\nVERSION:4.0\r\nUID:team\r\nKIND:group\r\nFN:Team\r\nEND:VCARD\r\n');
    await room.servers.save({ server: cardDav(), password: 'secret' });
    const first = await room.when(
      'book',
      ({ answeredAt, isBusy, people }) => answeredAt !== null && !isBusy && people === 2,
    );
    expect(first.problem).toBeNull();
    expect(await here()).toEqual(['Lukas Meier', 'Nora Keller']);
    expect(await room.library.identify('0441234568')).toMatchObject({ name: 'Lukas Meier' });

    await radicale.put('nora', vcard('nora', 'Nora Sommer', '+41 44 123 45 67'));
    await radicale.delete('lukas');
    await room.servers.sync('book');
    expect(await here()).toEqual(['Nora Sommer']);
  });

  test('stays as it is while the server is away, and says so', async () => {
    await room.servers.save({ server: cardDav({ url: 'https://localhost:1' }) });
    await room.when('book', ({ problem }) => problem?.code === 'directory-refused');
    expect(await here()).toEqual(['Nora Sommer']);
  });

  test('goes with its people when it is removed', async () => {
    await room.servers.remove('book');
    expect(await here()).toEqual([]);
  });

  test('says what is wrong, and at which field', async () => {
    expect(await tried(cardDav())).toEqual({ ok: true, value: { people: { count: 2, more: false } } });
    expect(await tried(cardDav({ url: `${radicale.url}/nora/colleagues/` }))).toMatchObject({ ok: true });
    const wrong: [CardDavServer, string, string, string][] = [
      [cardDav(), 'wrong', 'server-password', 'password'],
      [cardDav({ caFile: undefined }), 'secret', 'server-certificate', 'caFile'],
      [cardDav({ url: 'http://dav.example.com' }), 'secret', 'server-not-encrypted', 'url'],
      [cardDav({ url: 'ftp://dav.example.com' }), 'secret', 'server-address', 'url'],
      [cardDav({ url: `${radicale.url}/nora/nowhere/` }), 'secret', 'server-no-book', 'url'],
    ];
    for (const [server, password, code, field] of wrong) {
      expect(await tried(server, password)).toMatchObject({ ok: false, problem: { code, field } });
    }
  });
});

test.describe('an address book that is found by its domain alone', () => {
  /** At dav.thief.test. */
  const thief = net.createServer((socket) => socket.destroy());
  let connections = 0;
  let own: Radicale;
  let dns: Awaited<ReturnType<typeof startDnsmasq>>;
  let theirs: ServersRoom;

  test.beforeAll(async () => {
    thief.on('connection', () => (connections += 1)).listen(0, '127.0.0.1');
    await once(thief, 'listening');
    own = await startRadicale(['dav.a.test']);
    const { port } = thief.address() as AddressInfo;
    dns = await startDnsmasq([
      ...['dav.a.test', 'dav.thief.test', 'dav.wrong.test'].map((name) => `host-record=${name},127.0.0.1`),
      'srv-host=_carddavs._tcp.a.test,dav.a.test,1,1',
      `srv-host=_carddavs._tcp.a.test,dav.a.test,${own.port},2`,
      'txt-record=_carddavs._tcp.a.test,path=/nora/',
      `srv-host=_carddavs._tcp.b.test,dav.thief.test,${port}`,
      `srv-host=_carddavs._tcp.wrong.test,dav.wrong.test,${own.port}`,
      'srv-host=_carddavs._tcp.none.test',
    ]);
    theirs = await openServersRoom([], undefined, [dns.server]);
    await own.put('nora', vcard('nora', 'Nora Keller', '+41 44 123 45 67'));
  });
  test.afterAll(async () => {
    await theirs.close();
    thief.close();
    await Promise.all([own.stop(), dns.stop()]);
  });

  const problem = async (url: string) => {
    const server = cardDav({ url, caFile: own.caFile });
    return theirs.servers.try({ server, password: 'secret' }).then(() => null, problemOf);
  };

  test('is copied from the server that DNS names, by its certificate, and the next one where the first is down', async () => {
    await theirs.servers.save({ server: cardDav({ url: 'a.test', caFile: own.caFile }), password: 'secret' });
    const state = await theirs.when(
      'book',
      ({ people, isBusy, problem: wrong }) => !isBusy && (people === 1 || wrong !== null),
    );
    expect(state).toMatchObject({ people: 1, problem: null });
    expect(await problem('a.test')).toBeNull();
  });

  test('is not looked for in another domain: which server that is stands in the sentence, and nothing goes there', async () => {
    const { port } = thief.address() as AddressInfo;
    expect(await problem('nora@b.test')).toMatchObject({
      code: 'server-elsewhere',
      field: 'url',
      message: `b.test names https://dav.thief.test:${port} as its address book server, which is not in its own domain. If that is your server, type it as the address; nothing was sent there.`,
      values: { domain: 'b.test', address: `https://dav.thief.test:${port}` },
    });
    expect(connections).toBe(0);
  });

  test('says so when the certificate is for another host, when there is no service, and when there is no such domain', async () => {
    expect(await problem('wrong.test')).toMatchObject({ code: 'server-certificate', field: 'host' });
    expect(await problem('none.test')).toMatchObject({ code: 'server-no-service', field: 'url' });
    expect(await problem('nobody.test')).toMatchObject({ code: 'server-unknown', field: 'host' });
  });
});

test('in the app somebody on a server is found beside local people, and called as the preview shows', async ({
  launch,
}) => {
  const office = await Office.open({ passwords: { mara: 'secret' }, numbers: { '0441234567': { does: 'answers' } } });
  const account = {
    ...office.accountOf('mara'),
    country: 'CH',
    dialRules: [{ does: 'replace', starts: '+41', digits: '0' }],
  };
  // As an administrator sets it up.
  const directory = { ...ldap(), password: 'secret' };
  const app = await launch({ provision: { hookswitch: 1, accounts: [account], directories: [directory] } });
  await app.registered();
  const page = await app.page('main');
  const field = page.getByRole('combobox', { name: 'Name or number' });
  await field.fill('nora kell');
  await expect(page.getByText('On servers')).toBeVisible();
  await expect(page.getByRole('row', { name: /Nora Keller/ })).toHaveCount(1);
  await field.press('Enter');
  await expect(field).toHaveValue('+41 44 123 45 67');
  await expect(page.locator('.preview')).toContainText('Dials 0441234567');
  await field.fill('+41 44 123 45 67,12#');
  await expect(page.locator('.preview')).toContainText('Dials 0441234567,12#');
  await field.press('Enter');
  await office.called.wait(({ number }) => number === '0441234567', 'the call');
  const { calls } = await app.until((state) => state.calls.some(({ sentDigits }) => sentDigits === '12#'));
  expect(calls[0]?.party).toMatchObject({ name: 'Nora Keller', company: 'Keller & Co', number: '+41441234567' });
  const { servers } = await app.state();
  expect(JSON.stringify(servers)).not.toContain('secret');
  office.close();
});
