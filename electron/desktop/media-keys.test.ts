// The keyboard's Play/Pause: ours only where it is wanted and there is a call, and what it does then.
import { expect, it } from 'vitest';
import { newCall, noPhoneYet, type Call, type CallPhase, type Command, type PhoneState } from '../../contract/index.ts';
import { MediaKeys } from './media-keys.ts';

const party = { number: '4410', uri: 'sip:4410@example.com' };
const call = (id: string, phase: CallPhase): Call =>
  newCall({ id, accountId: 'a', direction: 'incoming', party, phase, startedAt: 0 });
const waiting = call('waiting', { name: 'incoming', silenced: false });
const talking = call('talking', { name: 'connected', since: 0, hold: { byUs: false, byThem: false, since: null } });

function keys(refused = false) {
  const registered = new Map<string, () => void>();
  const commands: Command[] = [];
  const warnings: string[] = [];
  let asked = 0;
  const log = { ...console, warn: (message: string) => warnings.push(message), child: () => log };
  const media = new MediaKeys({
    shortcuts: {
      register: (accelerator, run) => {
        asked += 1;
        if (refused) return false;
        registered.set(accelerator, run);
        return true;
      },
      unregister: (accelerator) => void registered.delete(accelerator),
    },
    command: (command) => commands.push(command),
    log,
  });
  const draw = (calls: Call[], mediaKeys: boolean | undefined = true) => {
    const state: PhoneState = { ...noPhoneYet, calls, activeCallId: calls.at(-1)?.id ?? null };
    media.draw({ ...state, preferences: { ...state.preferences, ...(mediaKeys === undefined ? {} : { mediaKeys }) } });
  };
  return { draw, registered, commands, warnings, asked: () => asked };
}

it('is left to music while there is no call, and where nobody wants it', () => {
  const { draw, registered } = keys();
  draw([]);
  draw([talking], false);
  expect(registered.size).toBe(0);
  draw([talking]);
  expect([...registered.keys()]).toEqual(['MediaPlayPause']);
  draw([]);
  expect(registered.size).toBe(0);
});

it('answers who waits, also in a call, and hangs up else', () => {
  const { draw, registered, commands } = keys();
  draw([waiting]);
  registered.get('MediaPlayPause')?.();
  draw([waiting, talking]);
  registered.get('MediaPlayPause')?.();
  draw([talking]);
  registered.get('MediaPlayPause')?.();
  expect(commands).toEqual([
    { type: 'answer', callId: 'waiting' },
    { type: 'answer', callId: 'waiting' },
    { type: 'hang-up', callId: 'talking' },
  ]);
});

it('that another program has is asked for once a call, and the log says it', () => {
  const { draw, warnings, asked } = keys(true);
  draw([waiting]);
  draw([talking]);
  draw([]);
  draw([waiting]);
  expect([asked(), warnings.length]).toEqual([2, 2]);
});
