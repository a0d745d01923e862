// Contacts, search, a person, the dial pad, and the recent calls with every way that a call ends.
import { place, quiet, ring, view, type Stage } from './stage.ts';

export async function viewScreens(stage: Stage): Promise<void> {
  const { app, main, camera } = stage;
  await view(main, 'Contacts');
  await main.getByRole('grid', { name: 'People' }).getByText('Andrea Keller').waitFor();
  await camera.shoot('20-contacts', main);
  await main.getByRole('grid', { name: 'People' }).getByText('Sales').hover();
  await camera.shoot('21-contacts-hover', main);

  await pastCalls(stage);
  const field = main.getByRole('combobox', { name: 'Name or number' });
  await field.fill('kel');
  await main.getByText('Recent calls').waitFor();
  await main.mouse.move(0, 0);
  await camera.shoot('22-search', main);
  await field.fill('044 123 45 67');
  await main.getByText('Dials').waitFor();
  await camera.shoot('23-number', main);
  await field.fill('nobody of this name');
  await main.getByText('Nobody by that name').waitFor();
  await camera.shoot('24-nobody', main);
  await field.fill('');

  await main.getByRole('button', { name: 'Dial pad' }).click();
  await main.mouse.move(0, 0);
  await camera.shoot('25-dial-pad', main);
  await main.getByRole('button', { name: 'Dial pad' }).click();

  await main.getByRole('group', { name: 'Favourites' }).getByRole('button', { name: 'Nora Keller' }).click();
  await main.getByRole('heading', { name: 'Nora Keller' }).waitFor();
  await main.mouse.move(0, 0);
  await camera.shoot('26-person', main);
  await main.getByRole('button', { name: 'Edit' }).click();
  await main.mouse.move(0, 0);
  await camera.shoot('27-person-form', main);
  await main.getByRole('button', { name: 'Cancel' }).click();
  await main.getByRole('button', { name: 'Back', exact: true }).click();

  await camera.shoot('28-missed-badge', main);
  await view(main, 'Recents');
  await main.getByRole('grid', { name: 'Recent calls' }).getByRole('row').first().waitFor();
  await camera.shoot('29-recents', main);
  await view(main, 'Contacts');

  await main.locator('.who').click();
  await main.getByRole('menu').waitFor();
  await camera.shoot('35-account-menu', main);
  await main.keyboard.press('Escape');
  await app.command({ type: 'do-not-disturb', minutes: 60 });
  await camera.shoot('36-do-not-disturb', main);
  await app.command({ type: 'do-not-disturb', minutes: 0 });
}

/** A morning's calls, oldest first. */
async function pastCalls(stage: Stage): Promise<void> {
  const { app } = stage;
  await place(app, '4400', 'ended');
  await place(app, '4418', 'ended');
  const stranger = await ring(stage, { number: '+442079460112' });
  stranger.call.cancel();
  await stranger.call.status(487);
  await place(app, '4412', 'ended');
  await place(app, '+41441234567', 'connected');
  await quiet(app);
  await place(app, '+4570101155', 'ended');
  const aisha = await ring(stage, { number: '4407', name: 'Aisha Rahman' });
  await app.command({ type: 'answer', callId: aisha.id });
  await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected'));
  await aisha.call.hangUp();
  const tom = await ring(stage, { number: '+41445001088' });
  tom.call.cancel();
  await tom.call.status(487);
  await quiet(app);
}
