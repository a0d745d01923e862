// Emergency numbers: which they are, and where they are called.
import { describe, expect, it } from 'vitest';
import { accountDefaults, type AccountState, type RegistrationState } from '../../contract/index.ts';
import { emergencyAccount, emergencyNumbers, isEmergency, locationNotice } from './emergency.ts';

function account(id: string, registration: RegistrationState): AccountState {
  const config = { ...accountDefaults, id, label: id, address: `${id}@example.com` };
  return { config, hasPassword: true, registration };
}
const up: RegistrationState = { name: 'available', since: 0 };
const down: RegistrationState = { name: 'offline', cause: { code: 'x', message: 'Why.' }, retryAt: null };

describe('emergency numbers', () => {
  it('are those of the country, or those that the person wrote down', () => {
    expect(emergencyNumbers({}, 'CH')).toContain('144');
    expect(emergencyNumbers({}, 'us')).toEqual(['911']);
    expect(emergencyNumbers({}, undefined)).toEqual(['112', '911']);
    expect(emergencyNumbers({ emergencyNumbers: ['0112'] }, 'CH')).toEqual(['0112']);
  });

  it('are known however they are written, and never as the beginning of another number', () => {
    expect(isEmergency('1 1-2', ['112'])).toBe(true);
    expect(isEmergency('1120', ['112'])).toBe(false);
  });

  it('are called on the account chosen for them, unless it cannot call now and another can', () => {
    expect(emergencyAccount([account('a', up), account('b', up)], ['b', 'a'])).toBe('b');
    expect(emergencyAccount([account('a', up), account('b', down)], ['b', 'b'])).toBe('a');
    expect(emergencyAccount([account('a', down), account('b', down)], ['b'])).toBe('b');
    expect(emergencyAccount([], [null])).toBeUndefined();
  });

  it('show where the phone is, to be read out', () => {
    expect(locationNotice('Bahnhofstrasse 1, 3rd floor')).toMatchObject({ text: 'Bahnhofstrasse 1, 3rd floor' });
  });
});
