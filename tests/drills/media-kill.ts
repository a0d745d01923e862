// Kills the media window's renderer in a call with baresip: another one joins the call, and sound comes back both ways.
import { rendererOf } from '../peers/support/window-hand.ts';
import { killDrill } from './support/kill-drill.ts';

export const drill = killDrill('media_kill', async (app) => {
  process.kill(await rendererOf(app, 'media'), 'SIGKILL');
});
