// The menus of the title line: accounts, Do not disturb.
import type { AccountState, ForwardKind, ForwardPreferences } from '../../../contract/index.ts';
import { run, t, type MenuPart } from '../../common/index.ts';
import { registrationWords } from './account-words.ts';

/** Do not disturb: how long, or off. */
export function doNotDisturbPart(isOn: boolean): MenuPart {
  const set = (minutes: number | 'until-tomorrow') => () => void run({ type: 'do-not-disturb', minutes });
  return {
    label: t('doNotDisturb'),
    entries: [
      { id: 'dnd-30', label: t('main:dnd30'), onAction: set(30) },
      { id: 'dnd-60', label: t('main:dnd60'), onAction: set(60) },
      { id: 'dnd-tomorrow', label: t('main:dndTomorrow'), onAction: set('until-tomorrow') },
      { id: 'dnd-open', label: t('main:dndOpen'), onAction: set(-1) },
      ...(isOn ? [{ id: 'dnd-off', label: t('main:dndOff'), onAction: set(0) }] : []),
    ],
  };
}

/** Turns forwarding off, of all kinds that are on; empty while none is. */
export function forwardingPart({ forwardAlways, forwardBusy, forwardNoAnswer }: ForwardPreferences): MenuPart {
  const kinds: [ForwardKind, string | undefined][] = [
    ['always', forwardAlways],
    ['busy', forwardBusy],
    ['no-answer', forwardNoAnswer],
  ];
  const on = kinds.filter(([, target]) => target !== undefined);
  if (on.length === 0) return { entries: [] };
  return {
    label: t('main:forwarding'),
    entries: [
      {
        id: 'forwarding-off',
        label: t('main:forwardingOff'),
        onAction: () => {
          for (const [kind] of on) void run({ type: 'forward', kind, target: null });
        },
      },
    ],
  };
}

/** With several accounts: which one calls go out from. */
export function accountsPart(
  accounts: readonly AccountState[],
  defaultId: string | undefined,
  onOpenAccount: (accountId: string) => void,
): MenuPart {
  return {
    entries: accounts.map(({ config, registration }) => ({
      id: `account-${config.id}`,
      label: config.label,
      below: t('setup:settings.accountLine', {
        address: config.address,
        state: registrationWords(registration).word,
      }),
      ...(accounts.length > 1 ? { checked: config.id === defaultId } : {}),
      onAction: () => {
        if (accounts.length === 1) onOpenAccount(config.id);
        else void run({ type: 'set-preferences', preferences: { defaultAccountId: config.id } });
      },
    })),
  };
}
