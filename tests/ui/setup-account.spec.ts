// First run and the account form: what is asked, what is sent, and where an error stands.
import type { AccountState, Command, Problem } from '../../contract/index.ts';
import { expect, maraAccount, test, type PartPage } from './calls-support.ts';

const wrongPassword: Problem = {
  code: 'password-not-accepted',
  message: 'example.com did not accept this password. Check capital letters, or ask your administrator for a new one.',
  field: 'password',
  detail: '403 Forbidden',
};

const field = (part: PartPage, name: string) => part.page.getByRole('textbox', { name, exact: true });

/** The phone under test answers `save-account` as the real one does: with the account's id, connecting. */
async function savesAs(part: PartPage, account: AccountState): Promise<void> {
  await part.page.evaluate((it) => {
    const { phone } = window.fake.bridge;
    const before = phone.command.bind(phone);
    phone.command = async (command) => {
      const outcome = await before(command);
      if (command.type !== 'save-account') return outcome;
      window.fake.set({ accounts: [{ ...it, registration: { name: 'connecting' } }] });
      return { ok: true, value: { id: it.config.id } };
    };
  }, account);
}

async function saved(part: PartPage): Promise<Extract<Command, { type: 'save-account' }>['account'][]> {
  const commands = await part.commands();
  return commands.filter((command) => command.type === 'save-account').map((command) => command.account);
}

async function openForm(part: PartPage): Promise<void> {
  await part.page.getByRole('button', { name: 'Add your account' }).click();
  await expect(part.page.getByRole('heading', { name: 'Add account' })).toBeVisible();
}

async function openKnown(part: PartPage, account: AccountState): Promise<void> {
  await part.set({ accounts: [account] });
  await part.page.getByRole('button', { name: 'Settings' }).click();
  await part.page.getByRole('button', { name: 'Accounts' }).click();
  await part.page.getByRole('button', { name: 'Work' }).last().click();
  await expect(part.page.getByRole('heading', { name: 'Account', exact: true })).toBeVisible();
}

test.describe('first run', () => {
  test('offers an account and the practice exchange', async ({ openPart }) => {
    const part = await openPart({ scene: 'first-run' });
    await expect(part.page.getByRole('heading', { name: 'Pick up from here' })).toBeVisible();
    await part.page.getByRole('button', { name: 'Try it without a server' }).click();
    await part.sent({ type: 'start-practice' });
  });

  test('says why the practice exchange did not start', async ({ openPart }) => {
    const part = await openPart({ scene: 'first-run' });
    await part.page.evaluate(() => window.fake.failNext('No free port was found on this computer.'));
    await part.page.getByRole('button', { name: 'Try it without a server' }).click();
    await expect(part.page.getByText('No free port was found on this computer.')).toBeVisible();
  });
});

test.describe('a new account', () => {
  test('is sent with what was typed, connects, and leads to the contacts', async ({ openPart }) => {
    const part = await openPart({ scene: 'first-run' });
    await openForm(part);
    await savesAs(part, maraAccount);
    await field(part, 'Your name').fill('Mara Lindt');
    await field(part, 'Address').fill('mara.lindt@example.com');
    await field(part, 'Password').fill('secret');
    await field(part, 'Server').fill('sip.example.com');
    await part.page.getByRole('button', { name: 'Connection' }).click();
    await part.page.getByRole('option', { name: 'TLS' }).click();
    await part.page.getByRole('button', { name: 'Add account' }).click();
    await expect(part.page.getByRole('button', { name: 'Connecting...', exact: true })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    expect(await saved(part)).toEqual([
      {
        displayName: 'Mara Lindt',
        address: 'mara.lindt@example.com',
        password: 'secret',
        server: 'sip.example.com',
        transport: 'tls',
        encryption: 'off',
        ringHere: true,
        enabled: true,
        label: 'example.com',
      },
    ]);
    await part.set({ accounts: [maraAccount] });
    await expect(part.page.getByPlaceholder('Name or number')).toBeVisible();
  });

  test('without an address or a password is not sent, and says so at the field', async ({ openPart }) => {
    const part = await openPart({ scene: 'first-run' });
    await openForm(part);
    const add = part.page.getByRole('button', { name: 'Add account' });
    await add.click();
    await expect(field(part, 'Address')).toBeFocused();
    await expect(part.page.getByRole('alert')).toContainText('Type your address');
    await field(part, 'Address').fill('mara');
    await add.click();
    await expect(part.page.getByRole('alert')).toContainText('An address looks like an e-mail address');
    await field(part, 'Address').fill('mara@example.com');
    await add.click();
    await expect(field(part, 'Password')).toHaveAttribute('aria-invalid', 'true');
    expect(await saved(part)).toEqual([]);
  });

  test('with a wrong password keeps everything, says it at the password, and tries again', async ({ openPart }) => {
    const part = await openPart({ scene: 'first-run' });
    await openForm(part);
    await savesAs(part, maraAccount);
    await field(part, 'Address').fill('mara.lindt@example.com');
    await field(part, 'Password').fill('wrong');
    await part.page.getByRole('button', { name: 'Add account' }).click();
    await expect.poll(() => saved(part)).toHaveLength(1);
    await part.set({
      accounts: [{ ...maraAccount, registration: { name: 'offline', cause: wrongPassword, retryAt: null } }],
    });
    await expect(part.page.getByRole('alert')).toHaveText(wrongPassword.message);
    await expect(field(part, 'Password')).toHaveAttribute('aria-invalid', 'true');
    await expect(field(part, 'Password')).toBeFocused();
    await expect(field(part, 'Password')).toHaveValue('wrong');
    await field(part, 'Password').fill('right');
    await part.page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => saved(part)).toHaveLength(2);
    expect((await saved(part))[1]).toMatchObject({ id: 'work', password: 'right' });
    await part.set({ accounts: [{ ...maraAccount, registration: { name: 'available', since: 7 } }] });
    await expect(part.page.getByPlaceholder('Name or number')).toBeVisible();
  });

  test('refused by the phone says why at the field that the problem names', async ({ openPart }) => {
    const part = await openPart({ scene: 'first-run' });
    await openForm(part);
    await part.page.evaluate(() => {
      window.fake.bridge.phone.command = () =>
        Promise.resolve({
          ok: false,
          problem: { code: 'ca-file', message: 'There is no such file.', field: 'caFile' },
        });
    });
    await field(part, 'Address').fill('mara@example.com');
    await field(part, 'Password').fill('secret');
    await field(part, 'Password').press('Enter');
    await expect(field(part, 'CA file'), 'below More, which opens').toHaveAttribute('aria-invalid', 'true');
    await expect(part.page.getByRole('alert')).toHaveText('There is no such file.');
  });
});

test('the password is hidden until the eye is pressed', async ({ openPart }) => {
  const part = await openPart({ scene: 'first-run' });
  await openForm(part);
  const password = part.page.getByLabel('Password', { exact: true });
  await password.fill('secret');
  await expect(password).toHaveAttribute('type', 'password');
  await part.page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await part.page.getByRole('button', { name: 'Hide password' }).click();
  await expect(password).toHaveAttribute('type', 'password');
});

test.describe('a known account', () => {
  test('applies what was typed when its field is left, without the password', async ({ openPart }) => {
    const part = await openPart();
    await openKnown(part, maraAccount);
    await expect(part.page.getByText('Other changes apply at once.')).toBeVisible();
    await field(part, 'Your name').fill('Mara L.');
    await field(part, 'Address').focus();
    await expect.poll(() => saved(part)).toHaveLength(1);
    expect((await saved(part))[0]).toMatchObject({ id: 'work', displayName: 'Mara L.' });
    expect((await saved(part))[0]).not.toHaveProperty('password');
  });

  test('that is left unchanged sends nothing', async ({ openPart }) => {
    const part = await openPart();
    await openKnown(part, maraAccount);
    await field(part, 'Your name').focus();
    await field(part, 'Server').focus();
    await part.page.getByRole('button', { name: 'Back' }).click();
    expect(await saved(part)).toEqual([]);
  });

  test('saves a new password by the button', async ({ openPart }) => {
    const part = await openPart();
    await openKnown(part, maraAccount);
    const save = part.page.getByRole('button', { name: 'Save' });
    await expect(save).toHaveAttribute('aria-disabled', 'true');
    await field(part, 'Password').fill('changed');
    await save.click();
    await expect.poll(() => saved(part)).toHaveLength(1);
    expect((await saved(part))[0]).toMatchObject({ id: 'work', password: 'changed' });
  });

  test('offers to try again while it is offline', async ({ openPart }) => {
    const part = await openPart();
    await openKnown(part, {
      ...maraAccount,
      registration: {
        name: 'offline',
        cause: { code: 'host-unknown', message: 'There is no such server.' },
        retryAt: null,
      },
    });
    await expect(field(part, 'Server')).toHaveAttribute('aria-invalid', 'true');
    await part.page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => saved(part)).toHaveLength(1);
  });

  test('has its rare settings below More', async ({ openPart }) => {
    const part = await openPart();
    await openKnown(part, maraAccount);
    await part.page.getByRole('button', { name: 'More' }).click();
    await part.page.getByRole('switch', { name: 'Ring on this computer' }).click();
    await expect.poll(() => saved(part)).toHaveLength(1);
    expect((await saved(part))[0]).toMatchObject({ ringHere: false });
    await part.page.getByRole('button', { name: 'Encrypt calls' }).click();
    await part.page.getByRole('option', { name: 'Always' }).click();
    await expect(part.page.getByText('Always. Calls that cannot be encrypted are refused.')).toBeVisible();
    expect((await saved(part)).at(-1)).toMatchObject({ encryption: 'required' });
  });

  test('is deleted at once, and can be taken back', async ({ openPart }) => {
    const part = await openPart();
    await openKnown(part, maraAccount);
    await part.page.getByRole('button', { name: 'More' }).click();
    await part.page.getByRole('button', { name: 'Delete account' }).click();
    await expect(part.page.getByText('mara.lindt@example.com is deleted.')).toBeVisible();
    await part.page.getByRole('button', { name: 'Undo' }).click();
    expect(await part.commands()).toEqual([
      { type: 'remove-account', accountId: 'work' },
      { type: 'restore-account', accountId: 'work' },
    ]);
  });
});

test('dial rules are typed beside a number that shows what they make of it', async ({ openPart }) => {
  const part = await openPart({ height: 1000 });
  await openKnown(part, maraAccount);
  await part.page.getByRole('button', { name: 'More' }).click();
  await part.page.getByRole('button', { name: /Country of numbers/ }).click();
  await part.page.getByRole('option', { name: 'Switzerland' }).click();
  await expect.poll(async () => (await saved(part)).at(-1)?.country).toBe('CH');
  await part.page.getByRole('button', { name: 'Add rule' }).click();
  await field(part, 'Begins with').fill('+41x');
  await expect(part.page.getByText('Only digits, with a + at the start or without: +41, 0, 00.')).toBeVisible();
  await field(part, 'Begins with').fill('+41');
  await field(part, 'Digits').fill('0');
  await field(part, 'Try a number').fill('044 123 45 67');
  await expect(part.page.getByText('Dials 044 123 45 67')).toBeVisible();
  await expect
    .poll(async () => (await saved(part)).at(-1)?.dialRules)
    .toEqual([{ does: 'replace', starts: '+41', digits: '0' }]);
  await part.page.getByRole('button', { name: 'Remove rule 1' }).click();
  await expect.poll(async () => (await saved(part)).at(-1)?.dialRules).toBeUndefined();
});
