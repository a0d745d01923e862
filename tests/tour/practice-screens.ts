// First run, and the practice exchange: contacts, the echo, a busy number, the call back.
import { callWith, place, quiet, type Stage } from './stage.ts';

export async function practiceScreens({ app, main, camera }: Omit<Stage, 'office'>): Promise<void> {
  await main.getByRole('heading', { name: 'Pick up from here' }).waitFor();
  await camera.shoot('01-first-run', main);
  await main.getByRole('button', { name: 'Try it without a server' }).click();
  await app.registered();
  await main.getByRole('grid', { name: 'People' }).getByRole('button', { name: 'Echo', exact: true }).waitFor();
  await main.mouse.move(0, 0);
  await camera.shoot('02-practice', main);

  await place(app, '600', 'connected');
  await callWith(main, 'Echo').getByText('Not encrypted').waitFor();
  await camera.shoot('03-practice-echo', main);
  await quiet(app);

  await place(app, '603', 'ended');
  await camera.shoot('04-practice-busy', main);
  await quiet(app);

  await place(app, '602', 'connected');
  await app.until((state) => state.calls.some(({ phase }) => phase.name === 'incoming'), null, 15_000);
  const popup = await app.page('incoming');
  await popup.emulateMedia({ reducedMotion: 'reduce' });
  await camera.size(popup, { width: 400, height: 240 });
  await camera.shoot('05-practice-calls-back', popup, popup.getByRole('alertdialog'));
  await quiet(app);
}
