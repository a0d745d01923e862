// Keys in the whole system follow the preferences, and say when another program has them.
import { expect, it } from 'vitest';
import { noPhoneYet, newCall, type Command, type PhoneState } from '../../contract/index.ts';
import { acceleratorOf, commandOf, GlobalShortcuts } from './global-shortcuts.ts';

function bench(taken: readonly string[] = []) {
  const keys = new Map<string, () => void>();
  const commands: Command[] = [];
  const conflicts: (readonly string[])[] = [];
  let opened = 0;
  let state: PhoneState = noPhoneYet;
  const shortcuts = new GlobalShortcuts({
    system: {
      register: (accelerator, run) => {
        if (taken.includes(accelerator) || keys.has(accelerator)) return false;
        keys.set(accelerator, run);
        return true;
      },
      unregister: (accelerator) => void keys.delete(accelerator),
    },
    state: () => state,
    command: (command) => void commands.push(command),
    open: () => (opened += 1),
    taken: (ids) => void conflicts.push(ids),
  });
  return {
    keys,
    commands,
    conflicts,
    opened: () => opened,
    draw: (change: Partial<PhoneState>) => {
      state = { ...state, ...change };
      shortcuts.draw(state);
    },
    choose: (globalShortcuts: PhoneState['preferences']['globalShortcuts']) => ({
      preferences: { ...noPhoneYet.preferences, globalShortcuts },
    }),
  };
}

const party = { number: '4410', uri: 'sip:4410@example.com' };
const ringing = newCall({
  id: 'a',
  accountId: 'work',
  direction: 'incoming',
  party,
  phase: { name: 'incoming', silenced: false },
  startedAt: 0,
});

it('no act has keys before a person gives it some', () => {
  const { keys, draw } = bench();
  draw({});
  expect([...keys.keys()]).toEqual([]);
});

it('are registered when chosen, and given back when others are', () => {
  const { keys, draw, choose } = bench();
  draw(choose({ answer: 'Mod+Shift+a', open: 'Mod+Alt+h' }));
  expect([...keys.keys()]).toEqual(['CommandOrControl+Shift+A', 'CommandOrControl+Alt+H']);
  draw(choose({ answer: 'Mod+Alt+ArrowUp' }));
  expect([...keys.keys()]).toEqual(['CommandOrControl+Alt+Up']);
});

it('answer who waits, and nobody when nobody does', () => {
  const { keys, commands, draw, choose, opened } = bench();
  draw(choose({ answer: 'Mod+Shift+A', open: 'Mod+Alt+H' }));
  keys.get('CommandOrControl+Shift+A')?.();
  expect(commands).toEqual([]);
  draw({ calls: [ringing] });
  keys.get('CommandOrControl+Shift+A')?.();
  expect(commands).toEqual([{ type: 'answer', callId: 'a' }]);
  keys.get('CommandOrControl+Alt+H')?.();
  expect(opened()).toBe(1);
});

it('that another program has are told', () => {
  const { conflicts, draw, choose } = bench(['CommandOrControl+Shift+M']);
  draw(choose({ mute: 'Mod+Shift+M', hangUp: 'Mod+Shift+H' }));
  expect(conflicts).toEqual([['mute']]);
});

it('mute and end the call that is spoken in', () => {
  const phase = { name: 'connected', since: 0, hold: { byUs: false, byThem: false, since: null } } as const;
  const state = { ...noPhoneYet, calls: [{ ...ringing, phase }], activeCallId: 'a' };
  expect(commandOf('mute', state)).toEqual({ type: 'mute', callId: 'a', on: true });
  expect(commandOf('hangUp', state)).toEqual({ type: 'hang-up', callId: 'a' });
  expect(commandOf('answer', state)).toBeNull();
});

it('are written as Electron reads them', () => {
  expect(acceleratorOf('Mod+Shift+m')).toBe('CommandOrControl+Shift+M');
  expect(acceleratorOf('Alt+F9')).toBe('Alt+F9');
  expect(acceleratorOf('Mod++')).toBe('CommandOrControl+Plus');
});
