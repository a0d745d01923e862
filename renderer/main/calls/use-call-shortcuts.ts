// Keys that act on the calls from anywhere in the window. Esc is not among them: it never ends a call.
import { useEffect } from 'react';
import type { Command } from '../../../contract/index.ts';
import { isShortcut, phoneState, platform, run } from '../../common/index.ts';
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

/** Listens for the life of the component. A key held down counts once. */
export function useCallShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandFor(event);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) void run(command);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
