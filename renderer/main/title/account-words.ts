// What the title line says of the accounts: a word, a dot, a number.
import type { AccountState, Forwarded, PhoneState, Problem, RegistrationState } from '../../../contract/index.ts';
import { causeWords, formatTime, shownNumber, t, type Presence } from '../../common/index.ts';

export interface AccountWords {
  word: string;
  dot: Presence;
  isOffline: boolean;
}

/** The account that calls go out from: the chosen one, else the first that is on. */
export function defaultAccount(state: Pick<PhoneState, 'accounts' | 'preferences'>): AccountState | undefined {
  const { accounts, preferences } = state;
  return (
    accounts.find(({ config }) => config.id === preferences.defaultAccountId && config.enabled) ??
    accounts.find(({ config }) => config.enabled) ??
    accounts[0]
  );
}

/** "Available", "Connecting...", "Offline: no network", "Turned off". */
export function registrationWords(registration: RegistrationState): AccountWords {
  switch (registration.name) {
    case 'available':
      return { word: availableWord(registration.caution), dot: 'available', isOffline: false };
    case 'connecting':
      return { word: t('connecting'), dot: 'connecting', isOffline: false };
    case 'disabled':
      return { word: t('main:turnedOff'), dot: 'offline', isOffline: false };
    case 'offline':
      return {
        word: t('offlineCause', { cause: causeWords(registration.cause.code) }),
        dot: 'offline',
        isOffline: true,
      };
  }
}

function availableWord(caution: Problem | undefined): string {
  if (caution === undefined) return t('available');
  return t('main:availableWithGaps', { time: caution.detail ?? '' });
}

/** The same, with forwarding or Do not disturb in place of Available. */
export function titleWords(
  registration: RegistrationState,
  doNotDisturbUntil: number | null,
  forwarding: Forwarded | null,
): AccountWords {
  const words = registrationWords(registration);
  if (registration.name !== 'available') return words;
  if (forwarding?.kind === 'always') return { word: forwardingWord(forwarding), dot: 'away', isOffline: false };
  if (doNotDisturbUntil === null) return forwarding ? { ...words, word: forwardingWord(forwarding) } : words;
  const word =
    doNotDisturbUntil < 0 ? t('doNotDisturb') : t('main:doNotDisturbUntil', { time: formatTime(doNotDisturbUntil) });
  return { word, dot: 'dnd', isOffline: false };
}

function forwardingWord({ kind, number }: Forwarded): string {
  const target = { number: shownNumber(number) };
  if (kind === 'always') return t('main:forwardedTo', target);
  return kind === 'busy' ? t('main:forwardsBusy', target) : t('main:forwardsNoAnswer', target);
}

/** What stands before the @ of an address. */
export function userPart(address: string): string {
  return address.slice(0, Math.max(address.lastIndexOf('@'), 0)) || address;
}
