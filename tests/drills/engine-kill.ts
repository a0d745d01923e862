// Kills the media engine's process in a call with baresip: the call is offered again, and sound comes back both ways.
import { enginesOf } from '../peers/support/engine-sockets.ts';
import { killDrill } from './support/kill-drill.ts';

export const drill = killDrill('engine_kill', (app) => {
  for (const pid of enginesOf(app)) process.kill(pid, 'SIGKILL');
});
