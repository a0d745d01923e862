// The tray: state at a glance, and the few things people do without the window. A function of PhoneState.
import { join } from 'node:path';
import type {
  Menu as MenuClass,
  MenuItemConstructorOptions,
  NativeImage,
  nativeImage,
  Tray as TrayClass,
} from 'electron';
import { forwardedNow, type CallRecord, type Command, type PhoneState } from '../../contract/index.ts';
import { say } from './words/index.ts';

export type TrayGlyph = 'available' | 'offline' | 'in-call' | 'do-not-disturb' | 'missed';

export interface TrayActions {
  open(view?: string): void;
  command(command: Command): void;
  quit(): void;
}

/** Which glyph says it best; a call outranks all, then what keeps calls away. */
export function trayGlyph(state: PhoneState): TrayGlyph {
  if (state.calls.some((call) => call.phase.name !== 'ended')) return 'in-call';
  if (state.doNotDisturbUntil !== null || state.preferences.forwardAlways !== undefined) return 'do-not-disturb';
  if (!state.accounts.some((account) => account.registration.name === 'available')) return 'offline';
  return state.missedCalls > 0 ? 'missed' : 'available';
}

/** One word and who we are: the tooltip, and the first line of the menu. */
export function trayTitle(state: PhoneState): string {
  const account = state.accounts[0];
  if (!account) return 'Hookswitch';
  return `${stateWord(state)} · ${account.config.address}`;
}

function stateWord(state: PhoneState): string {
  if (state.calls.some((call) => call.phase.name === 'connected')) return say(state.language, 'inCall');
  const { forwardAlways } = state.preferences;
  if (forwardAlways !== undefined) return say(state.language, 'forwarded', { number: forwardAlways });
  if (state.doNotDisturbUntil !== null) return say(state.language, 'doNotDisturb');
  const states = state.accounts.map((account) => account.registration.name);
  if (states.includes('available')) return say(state.language, 'available');
  return say(state.language, states.includes('connecting') ? 'connecting' : 'offline');
}

/** The menu of `../shared/design`: order and words are ours, the system draws it. */
export function trayMenu(
  state: PhoneState,
  lastCalls: readonly CallRecord[],
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const run = (command: Command) => () => actions.command(command);
  const words = (key: Parameters<typeof say>[1], values?: Record<string, string>) => say(state.language, key, values);
  const waiting = state.calls.find((call) => call.phase.name === 'incoming');
  const current = state.calls.find((call) => call.id === state.activeCallId && call.phase.name !== 'incoming');
  const disturb = (label: string, minutes: number | 'until-tomorrow'): MenuItemConstructorOptions => ({
    label,
    click: run({ type: 'do-not-disturb', minutes }),
  });
  const calls: MenuItemConstructorOptions[] = [];
  if (waiting) {
    calls.push({
      id: 'answer',
      label: words('answer', { name: nameOf(waiting.party) }),
      click: run({ type: 'answer', callId: waiting.id }),
    });
    calls.push({ id: 'decline', label: words('decline'), click: run({ type: 'decline', callId: waiting.id }) });
  }
  if (current) {
    const { id: callId, muted } = current;
    if (current.phase.name === 'connected')
      calls.push({
        id: 'mute',
        label: words('mute'),
        type: 'checkbox',
        checked: muted,
        click: run({ type: 'mute', callId, on: !muted }),
      });
    calls.push({ id: 'end-call', label: words('endCall'), click: run({ type: 'hang-up', callId }) });
  }
  return [
    { id: 'state', label: trayTitle(state), enabled: false },
    { type: 'separator' },
    ...calls,
    ...(calls.length > 0 ? [{ type: 'separator' as const }] : []),
    { id: 'open', label: words('open'), click: () => actions.open() },
    {
      id: 'mute-ringer',
      label: words('muteRinger'),
      type: 'checkbox',
      checked: state.preferences.ringerMuted,
      click: run({ type: 'set-preferences', preferences: { ringerMuted: !state.preferences.ringerMuted } }),
    },
    {
      id: 'do-not-disturb',
      label: words('doNotDisturb'),
      submenu: [
        { label: words('callersHear'), enabled: false },
        disturb(words('halfHour'), 30),
        disturb(words('hour'), 60),
        disturb(words('tomorrow'), 'until-tomorrow'),
        disturb(words('untilTurnedOff'), -1),
        ...(state.doNotDisturbUntil === null ? [] : [{ type: 'separator' as const }, disturb(words('turnOff'), 0)]),
      ],
    },
    ...forwardingEntries(state, actions),
    { type: 'separator' },
    ...(lastCalls.length === 0 ? [] : [{ label: words('lastCalls'), enabled: false }]),
    ...lastCalls.map((record) => ({
      label: record.result === 'missed' ? words('missed', { name: nameOf(record) }) : nameOf(record),
      click: run({ type: 'call', target: record.number, accountId: record.accountId }),
    })),
    ...(lastCalls.length === 0 ? [] : [{ type: 'separator' as const }]),
    { id: 'settings', label: words('settings'), click: () => actions.open('settings') },
    { id: 'quit', label: words('quit'), click: () => actions.quit() },
  ];
}

function forwardingEntries({ language, preferences }: PhoneState, actions: TrayActions): MenuItemConstructorOptions[] {
  const forwarded = forwardedNow(preferences);
  if (!forwarded) return [];
  const { kind, number } = forwarded;
  return [
    { id: 'forwarded', label: say(language, forwardingWords[kind], { number }), enabled: false },
    {
      id: 'forwarding-off',
      label: say(language, 'forwardingOff'),
      click: () => actions.command({ type: 'forward', kind, target: null }),
    },
  ];
}

const forwardingWords = { always: 'forwarded', busy: 'forwardedBusy', 'no-answer': 'forwardedUnanswered' } as const;

function nameOf(party: { name?: string; number: string }): string {
  return party.name ?? party.number;
}

export interface TrayParts {
  Tray: typeof TrayClass;
  Menu: typeof MenuClass;
  nativeImage: typeof nativeImage;
  platform: NodeJS.Platform;
  /** Folder of the drawn glyphs. */
  assets: string;
  actions: TrayActions;
  lastCalls(): Promise<readonly CallRecord[]>;
}

/** Holds the tray icon and keeps it equal to the state. Held by the caller: a collected tray disappears. */
export class TrayIcon {
  readonly #parts: TrayParts;
  readonly #tray: TrayClass;
  readonly #images = new Map<TrayGlyph, NativeImage>();
  #drawn = '';
  #historyRevision = -1;
  #lastCalls: readonly CallRecord[] = [];

  constructor(parts: TrayParts, state: PhoneState) {
    this.#parts = parts;
    this.#tray = new parts.Tray(this.#image('offline'));
    this.#tray.on('click', () => parts.actions.open());
    this.draw(state);
  }

  draw(state: PhoneState): void {
    if (state.historyRevision !== this.#historyRevision) {
      this.#historyRevision = state.historyRevision;
      void this.#parts.lastCalls().then((records) => {
        this.#lastCalls = records;
        this.#drawNow(state);
      });
    }
    this.#drawNow(state);
  }

  /** Only what changed is drawn: on Linux each new menu is a round trip to the desktop. */
  #drawNow(state: PhoneState): void {
    const template = trayMenu(state, this.#lastCalls, this.#parts.actions);
    const glyph = trayGlyph(state);
    const drawn = JSON.stringify([glyph, template, state.doNotDisturbUntil, state.calls.map((call) => call.id)]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#tray.setImage(this.#image(glyph));
    this.#tray.setToolTip(`Hookswitch: ${trayTitle(state)}`);
    this.#tray.setContextMenu(this.#parts.Menu.buildFromTemplate(template));
  }

  #image(glyph: TrayGlyph): NativeImage {
    const known = this.#images.get(glyph);
    if (known) return known;
    const { platform, assets, nativeImage: images } = this.#parts;
    const file = platform === 'darwin' ? `tray-${glyph}Template.png` : `tray-${glyph}.png`;
    const image = images.createFromPath(join(assets, file));
    this.#images.set(glyph, image);
    return image;
  }
}
