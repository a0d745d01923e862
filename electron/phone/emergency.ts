// Emergency numbers: per country, editable; dialled as they are, on an account that can call now.
import type { AccountState, Notice, Preferences } from '../../contract/index.ts';

/** By ISO 3166 region; 112 works in every mobile network and in all of the EU (Directive 2018/1972). */
const byRegion: Record<string, readonly string[]> = {
  AT: ['112', '122', '133', '144'],
  AU: ['000', '112'],
  BE: ['112', '100', '101'],
  BR: ['190', '192', '193'],
  CA: ['911'],
  CH: ['112', '117', '118', '144', '1414'],
  DE: ['112', '110'],
  ES: ['112'],
  FR: ['112', '15', '17', '18', '114'],
  GB: ['999', '112'],
  IN: ['112', '100', '101', '102'],
  IT: ['112'],
  JP: ['110', '119', '118'],
  NZ: ['111'],
  PL: ['112', '997', '998', '999'],
  PT: ['112'],
  US: ['911'],
};

/** What counts as an emergency number here: the person's own list, or the country's. */
export function emergencyNumbers(
  { emergencyNumbers: own }: Pick<Preferences, 'emergencyNumbers'>,
  region: string | undefined,
): readonly string[] {
  return own ?? byRegion[region?.toUpperCase() ?? ''] ?? ['112', '911'];
}

/** True for exactly an emergency number, however it is spaced; never for a longer one that begins with it. */
export function isEmergency(text: string, numbers: readonly string[]): boolean {
  const digits = text.replaceAll(/[\s().-]/g, '');
  return numbers.includes(digits);
}

/** The account to call on: the one chosen for it, else the person's own choice, but always one that is available if any is. */
export function emergencyAccount(
  accounts: readonly AccountState[],
  wished: readonly (string | null | undefined)[],
): string | undefined {
  const available = accounts.filter(({ registration }) => registration.name === 'available');
  const usable = available.length > 0 ? available : accounts.filter(({ config }) => config.enabled);
  const found = wished.find((id) => usable.some(({ config }) => config.id === id));
  return found ?? usable[0]?.config.id;
}

/** Where the person is, in sight while they are asked for it. */
export function locationNotice(location: string): Notice {
  const action = { label: 'Dismiss', command: 'dismiss-notice' } as const;
  return { id: 'emergency-location', kind: 'info', title: 'You are here', text: location, action };
}
