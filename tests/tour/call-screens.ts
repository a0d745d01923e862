// A call from its first ring to its end, and two at once; small, wide, and offline.
import { mainSize } from './camera.ts';
import { callWith, place, quiet, ring, view, type Stage } from './stage.ts';

const nora = '+41441234567';

export async function callScreens(stage: Stage): Promise<void> {
  const { app, main, camera, office } = stage;
  await place(app, '4417', 'ringing');
  await camera.shoot('40-ringing', main);
  await quiet(app);

  office.called.forget();
  const id = await place(app, nora, 'connected');
  const { call } = await office.called.wait(({ number }) => number === nora, 'the call');
  const card = callWith(main, 'Nora Keller');
  await card.getByText('Not encrypted').waitFor();
  await camera.shoot('41-connected', main);
  await app.command({ type: 'mute', callId: id, on: true });
  await card.getByText('Muted', { exact: true }).waitFor();
  await camera.shoot('42-muted', main);
  await app.command({ type: 'mute', callId: id, on: false });
  await card.getByRole('button', { name: 'Keypad', exact: true }).click();
  for (const key of ['1', '4', '#']) await card.getByRole('button', { name: key, exact: true }).click();
  await main.mouse.move(0, 0);
  await camera.shoot('43-keypad', main);
  await card.getByRole('button', { name: 'Hide keypad' }).click();
  await app.command({ type: 'hold', callId: id, on: true });
  await card.getByText('On hold', { exact: true }).waitFor();
  await camera.shoot('44-on-hold', main);
  await app.command({ type: 'hold', callId: id, on: false });
  await app.until((state) => state.calls.some(({ phase }) => phase.name === 'connected' && !phase.hold.byUs));
  await call.hold(true);
  await card.getByText('On hold by the other side').waitFor();
  await camera.shoot('45-on-hold-by-them', main);
  await call.hold(false);
  await card.getByText('Connected', { exact: true }).waitFor();
  await card.getByRole('button', { name: /^Microphone and speaker/ }).click();
  await camera.shoot('46-devices', main);
  await main.keyboard.press('Escape');
  await view(main, 'Recents');
  await camera.shoot('47-browsing-in-a-call', main);
  await view(main, 'Contacts');

  const tom = await ring(stage, { number: '+41445001088' });
  await main.getByRole('region', { name: 'Incoming call from Tom Weber' }).waitFor();
  await camera.shoot('48-second-caller', main);
  await app.command({ type: 'answer', callId: tom.id });
  await callWith(main, 'Tom Weber').getByText('Connected').waitFor();
  await camera.shoot('49-two-calls', main);
  await tom.call.hangUp();
  await app.command({ type: 'hold', callId: id, on: false });

  await camera.size(main, { width: 840, height: 600 });
  await camera.shoot('50-wide', main);
  await camera.size(main, { width: 1080, height: 700 });
  await camera.shoot('51-widest', main);
  await camera.size(main, { width: 360, height: 640 });
  await camera.shoot('52-narrow', main);
  await camera.size(main, mainSize);
  await quiet(app);

  await place(app, '4418', 'ended');
  await camera.shoot('53-busy', main);
  await quiet(app);
  await place(app, '+4570101155', 'ended');
  await camera.shoot('54-number-unknown', main);
  await quiet(app);
}
