// Somebody calls: in the main window and on the pop-up; known, unknown, silenced, two at once; and the banner when nobody can.
import { quiet, ring, type Stage } from './stage.ts';

export async function incomingScreens(stage: Stage): Promise<void> {
  const { app, main, camera } = stage;
  const popup = await app.page('incoming');
  await popup.emulateMedia({ reducedMotion: 'reduce' });
  await camera.size(popup, { width: 400, height: 300 });
  const cards = popup.getByRole('alertdialog');

  const nora = await ring(stage, { number: '+41441234567', name: 'N. Keller' });
  await cards.getByText('Nora Keller').waitFor();
  await camera.shoot('60-incoming', popup, cards);
  await camera.shoot('61-incoming-main', main);
  const tom = await ring(stage, { number: '+41445001088' });
  await cards.getByText('Tom Weber').waitFor();
  await camera.shoot('62-incoming-two', popup, cards);
  for (const { call } of [nora, tom]) call.cancel();
  await quiet(app);

  const stranger = await ring(stage, { number: '+442079460112' });
  await cards.getByText('Not in your contacts').waitFor();
  await camera.shoot('63-incoming-unknown', popup, cards);
  await app.command({ type: 'silence', callId: stranger.id });
  await cards.getByText('silenced').waitFor();
  await camera.shoot('64-incoming-silenced', popup, cards);
  stranger.call.cancel();
  await quiet(app);
  await app.command({ type: 'mark-history-seen' });
}

/** The last screen: the server is gone for good. */
export async function offlineScreen({ app, main, camera, office }: Stage): Promise<void> {
  office.close();
  await app.command({ type: 'retry-registration' });
  await main.getByText('You cannot be called right now').waitFor({ timeout: 45_000 });
  await camera.shoot('70-offline', main);
}
