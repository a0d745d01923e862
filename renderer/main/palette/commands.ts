// The palette's commands: what can be done now, the views, and every setting.
import type { Call, PhoneState } from '../../../contract/index.ts';
import { keyCaps, platform, run, t, type IconName } from '../../common/index.ts';
import { arrange } from '../calls/call-look.ts';
import type { FieldMode } from '../field/dial-field-context.tsx';
import { settingLines } from '../settings/setting-lines.ts';
import type { Views } from '../use-views.ts';
import { zoomActs, zoomBy } from '../zoom.ts';

export interface PaletteItem {
  id: string;
  icon: IconName;
  label: string;
  hint?: string | undefined;
  /** Drawn at its end. */
  caps?: readonly string[];
  run: () => void;
}

export interface PaletteContext {
  state: PhoneState;
  views: Views;
  field: FieldMode;
}

const caps = (id: Parameters<typeof keyCaps>[0]) => keyCaps(id, platform());

/** What can be done now, the most likely first: the calls, then reaching people, then being reached. */
export function actions(context: PaletteContext): PaletteItem[] {
  return [...callActions(context.state), ...viewActions(context), ...reachActions(context.state), ...zoomActions()];
}

function callActions({ calls, activeCallId }: PhoneState): PaletteItem[] {
  const { waiting, active } = arrange(calls, activeCallId);
  const [caller] = waiting;
  return [...(caller ? waitingActions(caller) : []), ...(active ? activeActions(active) : [])];
}

function waitingActions({ id: callId }: Call): PaletteItem[] {
  return [
    {
      id: 'answer',
      icon: 'phone',
      label: t('calls:answer'),
      caps: caps('answer'),
      run: () => void run({ type: 'answer', callId }),
    },
    {
      id: 'decline',
      icon: 'phone-missed',
      label: t('calls:decline'),
      caps: caps('decline'),
      run: () => void run({ type: 'decline', callId }),
    },
    { id: 'silence', icon: 'bell-off', label: t('calls:silence'), run: () => void run({ type: 'silence', callId }) },
  ];
}

function activeActions({ id: callId, phase, muted }: Call): PaletteItem[] {
  if (phase.name === 'ended') return [];
  const end: PaletteItem = {
    id: 'end-call',
    icon: 'x',
    label: t('calls:endCall'),
    caps: caps('hangUp'),
    run: () => void run({ type: 'hang-up', callId }),
  };
  if (phase.name !== 'connected') return [end];
  const { byUs } = phase.hold;
  return [
    {
      id: 'mute',
      icon: muted ? 'mic' : 'mic-off',
      label: t(muted ? 'calls:unmute' : 'calls:mute'),
      caps: caps('mute'),
      run: () => void run({ type: 'mute', callId, on: !muted }),
    },
    {
      id: 'hold',
      icon: byUs ? 'play' : 'pause',
      label: t(byUs ? 'calls:resume' : 'calls:hold'),
      caps: caps('hold'),
      run: () => void run({ type: 'hold', callId, on: !byUs }),
    },
    end,
  ];
}

function viewActions({ state, views, field }: PaletteContext): PaletteItem[] {
  if (state.accounts.length === 0) return [newAccount(views)];
  const show = (view: Parameters<Views['show']>[0]) => () => {
    field.clear();
    field.setPadOpen(false);
    views.show(view);
  };
  const mailbox = state.voicemail.find(({ waiting }) => waiting) ?? state.voicemail[0];
  return [
    { id: 'field', icon: 'search', label: t('main:nameOrNumber'), caps: caps('field'), run: field.focus },
    { id: 'contacts', icon: 'book-user', label: t('main:contacts'), run: show('contacts') },
    { id: 'recents', icon: 'history', label: t('main:recents'), run: show('recents') },
    { id: 'settings', icon: 'settings', label: t('main:settings'), caps: caps('settings'), run: show('settings') },
    {
      id: 'dial-pad',
      icon: 'grip',
      label: t('main:dialPad'),
      run: () => {
        views.show('contacts');
        field.setPadOpen(true);
      },
    },
    {
      id: 'add-person',
      icon: 'user-plus',
      label: t('main:addPerson'),
      run: () => views.open({ name: 'person-form', personId: null, number: undefined }),
    },
    ...(mailbox
      ? [
          {
            id: 'voicemail',
            icon: 'voicemail' as const,
            label: t('main:callVoicemail'),
            run: () => void run({ type: 'call-voicemail', accountId: mailbox.accountId }),
          },
        ]
      : []),
    newAccount(views),
  ];
}

function newAccount(views: Views): PaletteItem {
  return {
    id: 'add-account',
    icon: 'plus',
    label: t('setup:accounts.add'),
    run: () => views.open({ name: 'account-form', accountId: null }),
  };
}

function reachActions({ accounts, doNotDisturbUntil, preferences }: PhoneState): PaletteItem[] {
  const disturb = (id: string, label: string, minutes: number | 'until-tomorrow'): PaletteItem => ({
    id,
    icon: 'moon',
    label: `${t('doNotDisturb')}: ${label}`,
    run: () => void run({ type: 'do-not-disturb', minutes }),
  });
  const { ringerMuted } = preferences;
  return [
    ...(doNotDisturbUntil === null
      ? [
          disturb('dnd-30', t('main:dnd30'), 30),
          disturb('dnd-60', t('main:dnd60'), 60),
          disturb('dnd-tomorrow', t('main:dndTomorrow'), 'until-tomorrow'),
          disturb('dnd-open', t('main:dndOpen'), -1),
        ]
      : [disturb('dnd-off', t('main:dndOff'), 0)]),
    {
      id: 'ringer',
      icon: ringerMuted ? 'bell' : 'bell-off',
      label: t(ringerMuted ? 'main:unmuteRinger' : 'main:muteRinger'),
      run: () => void run({ type: 'set-preferences', preferences: { ringerMuted: !ringerMuted } }),
    },
    ...(accounts.some(({ registration }) => registration.name === 'offline')
      ? [
          {
            id: 'try-now',
            icon: 'refresh-cw' as const,
            label: t('tryNow'),
            run: () => void run({ type: 'retry-registration' }),
          },
        ]
      : []),
  ];
}

const zoomIcons = { zoomIn: 'zoom-in', zoomOut: 'zoom-out', zoomReset: 'undo-2' } as const;

function zoomActions(): PaletteItem[] {
  return zoomActs.map((act) => ({
    id: act,
    icon: zoomIcons[act],
    label: t(`setup:shortcuts.acts.${act}`),
    caps: caps(act),
    run: () => zoomBy(act),
  }));
}

/** Every line of the settings: choosing one shows it with the focus on it. */
export function settings({ state, views }: PaletteContext): PaletteItem[] {
  if (state.accounts.length === 0) return [];
  return settingLines().map(({ page, label, hint }) => ({
    id: `setting-${page}-${label}`,
    icon: 'settings',
    label,
    hint,
    run: () => views.show('settings', { page, label }),
  }));
}
