// Accounts and settings: the form empty, in error and filled; the settings' two halves; the SIP trace; the accounts.
import { view, type Stage } from './stage.ts';

export async function setUpScreens({ app, main, camera, office }: Stage, password: string): Promise<void> {
  await main.getByRole('button', { name: 'Add your account' }).click();
  await camera.shoot('10-account-new', main);
  const text = (name: string) => main.getByRole('textbox', { name });
  await text('Your name').fill('Mara Lindt');
  await text('Address').fill('4410@example.com');
  await text('Password').fill('Secret');
  await text('Server').fill(office.server);
  await main.getByRole('button', { name: 'Add account' }).click();
  await main.getByText('did not accept this password').waitFor();
  await camera.shoot('11-account-wrong-password', main);
  await text('Password').fill(password);
  await main.getByRole('button', { name: 'Try again' }).click();
  const { accounts } = await app.registered();
  const id = accounts[0]?.config.id;
  if (accounts[0]) await app.command({ type: 'save-account', account: { ...accounts[0].config, label: 'Work' } });
  await app.until(
    (state, known) => state.accounts.some((one) => one.config.id === known && one.config.label === 'Work'),
    id,
  );
}

export async function settingsScreens({ main, camera }: Stage): Promise<void> {
  await view(main, 'Settings');
  await camera.shoot('30-settings', main);
  const lines = main.locator('.settings .lines');
  await lines.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await camera.shoot('31-settings-end', main);
  await main.getByRole('button', { name: /^SIP trace/ }).click();
  const messages = main.getByRole('listbox', { name: 'SIP messages' });
  await messages.getByRole('option').first().waitFor();
  await main.mouse.move(0, 0);
  await camera.shoot('35-trace', main);
  await messages.getByRole('option').last().click();
  await main.getByRole('region', { name: 'Message' }).getByText('Call-ID').waitFor();
  await main.mouse.move(0, 0);
  await camera.shoot('36-trace-message', main);
  await main.getByRole('button', { name: 'Close message' }).click();
  await main.getByRole('button', { name: 'Back', exact: true }).click();
  await main.getByRole('button', { name: /^Why can’t I be called/ }).click();
  await main.getByRole('button', { name: 'Check now' }).click();
  await main.getByRole('button', { name: 'Check again' }).waitFor();
  await main.mouse.move(0, 0);
  await camera.shoot('37-why', main);
  await main.getByRole('button', { name: 'Back', exact: true }).click();
  await main.getByRole('button', { name: /^Log/ }).click();
  await main
    .getByText(/^registration /)
    .first()
    .waitFor();
  await camera.shoot('38-log', main);
  await main.getByRole('button', { name: 'Back', exact: true }).click();
  await main.getByRole('button', { name: /^Support bundle/ }).click();
  await main.getByRole('checkbox').first().waitFor();
  await camera.shoot('39-support-bundle', main);
  await main.getByRole('button', { name: 'Back', exact: true }).click();
  await lines.evaluate((list) => list.scrollTo(0, 0));
  await main.getByRole('button', { name: /^Accounts/ }).click();
  await main.mouse.move(0, 0);
  await camera.shoot('32-accounts', main);
  await main.getByRole('button', { name: /^Work/ }).click();
  await main.mouse.move(0, 0);
  await camera.shoot('33-account', main);
  await main.getByRole('button', { name: 'More' }).click();
  await main.getByRole('button', { name: 'Delete account' }).scrollIntoViewIfNeeded();
  await camera.shoot('34-account-more', main);
  await main.getByRole('button', { name: 'Back', exact: true }).click();
  await view(main, 'Contacts');
}
