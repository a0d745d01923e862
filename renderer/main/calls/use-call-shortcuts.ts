// Keys that act on the calls from anywhere in the window. Esc is not among them: it never ends a call.
import type { Command } from '../../../contract/index.ts';
import { isShortcut, phoneState, platform, run, useKeysFromAnywhere } from '../../common/index.ts';
import { arrange } from './call-look.ts';

/** What this key press asks of the phone; null when nothing. */
function commandFor(event: KeyboardEvent): Command | null {
  const { calls, activeCallId } = phoneState();
  const { waiting, active } = arrange(calls, activeCallId);
  const is = (id: Parameters<typeof isShortcut>[0]) => isShortcut(id, event, platform());
  const caller = waiting[0];
  if (caller && is('answer')) return { type: 'answer', callId: caller.id };
  if (caller && is('decline')) return { type: 'decline', callId: caller.id };
  if (!active || active.phase.name === 'ended') return null;
  if (is('hangUp')) return { type: 'hang-up', callId: active.id };
  if (is('mute')) return { type: 'mute', callId: active.id, on: !active.muted };
  if (active.phase.name === 'connected' && is('hold')) {
    return { type: 'hold', callId: active.id, on: !active.phase.hold.byUs };
  }
  return null;
}

/** A key held down counts once. */
export function useCallShortcuts(): void {
  useKeysFromAnywhere((press) => {
    const command = commandFor(press);
    if (command && !press.repeat) void run(command);
    return command !== null;
  });
}
