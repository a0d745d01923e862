// The shell's decisions, each a function of values: paths, permissions, rights, arguments, tray.
import { describe, expect, it } from 'vitest';
import { newCall, noPhoneYet, type PhoneState, type RegistrationState } from '../../contract/index.ts';
import { CONTENT_SECURITY_POLICY, fileFor } from './app-protocol.ts';
import { readArguments } from './arguments.ts';
import { mayCommand } from './ipc.ts';
import { autostartFile } from './login-item.ts';
import { isPermitted } from './permissions.ts';
import { trayGlyph, trayMenu } from './tray.ts';

const root = '/app/dist/renderer';

describe('app://', () => {
  it('serves each origin its own page', () => {
    expect(fileFor('app://main/', root)).toBe(`${root}/main/index.html`);
    expect(fileFor('app://incoming/index.html', root)).toBe(`${root}/incoming/index.html`);
  });

  it.each([
    'app://main/../../secret',
    'app://main/assets/..%2f..%2f..%2fetc/passwd',
    'app://main/assets/%00',
    'app://main/media/index.html',
    'app://other/index.html',
    'app://main/%E0%A4%A',
    'file:///etc/passwd',
  ])('serves nothing for %s', (url) => {
    expect(fileFor(url, root)).toBeNull();
  });

  it('allows no inline script and no connection elsewhere', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|wss?:|\*/);
  });
});

describe('permissions', () => {
  it('give the microphone to the media window and to nobody else', () => {
    expect(isPermitted('app://media', 'media', ['audio'])).toBe(true);
    expect(isPermitted('app://main', 'media', ['audio'])).toBe(false);
    expect(isPermitted('https://example.com', 'media', ['audio'])).toBe(false);
  });

  it('never give a camera, a screen, a location or notifications', () => {
    expect(isPermitted('app://media', 'media', ['audio', 'video'])).toBe(false);
    for (const permission of ['display-capture', 'geolocation', 'notifications', 'hid', 'openExternal']) {
      expect(isPermitted('app://media', permission)).toBe(false);
    }
  });
});

describe('the door', () => {
  it('lets the pop-up answer and not much else', () => {
    expect(mayCommand('incoming', 'answer')).toBe(true);
    expect(mayCommand('incoming', 'call')).toBe(false);
    expect(mayCommand('incoming', 'save-account')).toBe(false);
  });

  it('lets the media window command nothing', () => {
    expect(mayCommand('media', 'answer')).toBe(false);
    expect(mayCommand('media', 'window')).toBe(false);
  });
});

describe('the command line', () => {
  it('finds our arguments among others', () => {
    expect(readArguments(['electron', '--inspect', '.', '--profile', 'p', '--practice'], '/home/nora')).toEqual({
      profile: '/home/nora/p',
      provision: null,
      practice: true,
      link: null,
    });
  });

  it('takes a link by its scheme wherever it stands, and only the first', () => {
    expect(readArguments(['app', '--x', 'TEL:+41441234567', 'sip:evil@example.com'], '/').link).toBe(
      'TEL:+41441234567',
    );
  });

  it('does not take an address without a scheme, or a web address, for a link', () => {
    expect(readArguments(['app', 'https://example.com', 'nora@example.com'], '/').link).toBeNull();
  });
});

describe('the autostart file', () => {
  it('quotes what the shell of the desktop would read', () => {
    expect(autostartFile(['/opt/Hook $witch/app', '50%'])).toContain('Exec="/opt/Hook \\$witch/app" "50%%" "--hidden"');
  });
});

function state(registration: RegistrationState, changes: Partial<PhoneState> = {}): PhoneState {
  return {
    ...noPhoneYet,
    accounts: [
      {
        config: {
          id: 'a',
          label: 'Work',
          displayName: '',
          address: 'mara@example.com',
          transport: 'udp',
          expires: 300,
          media: 'auto',
          encryption: 'off',
          ringHere: true,
          enabled: true,
        },
        hasPassword: true,
        registration,
      },
    ],
    ...changes,
  };
}

const waiting = newCall({
  id: 'c1',
  accountId: 'a',
  direction: 'incoming',
  party: { number: '4410', uri: 'sip:4410@example.com', name: 'Nora Keller' },
  phase: { name: 'incoming', silenced: false },
  startedAt: 0,
});

describe('the tray', () => {
  const available: RegistrationState = { name: 'available', since: 0 };

  it('shows what matters most', () => {
    expect(trayGlyph(state({ name: 'connecting' }))).toBe('offline');
    expect(trayGlyph(state(available))).toBe('available');
    expect(trayGlyph(state(available, { missedCalls: 2 }))).toBe('missed');
    expect(trayGlyph(state(available, { missedCalls: 2, doNotDisturbUntil: -1 }))).toBe('do-not-disturb');
    expect(trayGlyph(state(available, { doNotDisturbUntil: -1, calls: [waiting] }))).toBe('in-call');
  });

  it('answers from its menu while somebody waits', () => {
    const commands: unknown[] = [];
    const menu = trayMenu(state(available, { calls: [waiting], activeCallId: 'c1' }), [], {
      open: () => {},
      quit: () => {},
      command: (command) => commands.push(command),
    });
    const answer = menu.find((item) => item.id === 'answer');
    expect(answer?.label).toBe('Answer Nora Keller');
    (answer?.click as (() => void) | undefined)?.();
    expect(commands).toEqual([{ type: 'answer', callId: 'c1' }]);
  });

  it('mutes the call on the line, and shows that it is muted', () => {
    const commands: unknown[] = [];
    const talking = {
      ...waiting,
      muted: true,
      phase: { name: 'connected' as const, since: 0, hold: { byUs: false, byThem: false, since: null } },
    };
    const menu = trayMenu(state(available, { calls: [talking], activeCallId: 'c1' }), [], {
      open: () => {},
      quit: () => {},
      command: (command) => commands.push(command),
    });
    const mute = menu.find((item) => item.id === 'mute');
    expect(mute).toMatchObject({ label: 'Mute microphone', type: 'checkbox', checked: true });
    (mute?.click as (() => void) | undefined)?.();
    expect(commands).toEqual([{ type: 'mute', callId: 'c1', on: false }]);
  });
});
