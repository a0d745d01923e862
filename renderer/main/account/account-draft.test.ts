// The account form's values: what is sent, what is missing, where a problem is shown.
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { accountDraftSchema, type AccountConfig } from '../../../contract/index.ts';
import { draftOf, fieldOf, missing, valuesOf } from './account-draft.ts';

const work: AccountConfig = {
  id: 'work',
  label: 'Work',
  displayName: 'Mara Lindt',
  address: '4410@example.com',
  server: 'sip.example.com',
  transport: 'tls',
  expires: 300,
  media: 'auto',
  encryption: 'preferred',
  ringHere: true,
  enabled: true,
};

describe('the draft', () => {
  it('keeps what the form does not show, and the password as it was', () => {
    const draft = draftOf(valuesOf(work), work);
    expect(draft).toMatchObject(work);
    expect('password' in draft).toBe(false);
  });

  it('takes an emptied text away', () => {
    expect(draftOf({ ...valuesOf(work), server: ' ' }, work).server).toBeUndefined();
  });

  it('says nothing of direct calls unless they are allowed, and takes the permission back', () => {
    expect(draftOf(valuesOf(work), work).allowDirect).toBeUndefined();
    const open = draftOf({ ...valuesOf(work), allowDirect: true }, work);
    expect(open.allowDirect).toBe(true);
    expect(v.is(accountDraftSchema, open)).toBe(true);
    const closed = { ...valuesOf({ ...work, allowDirect: true }), allowDirect: false };
    expect(draftOf(closed, { ...work, allowDirect: true }).allowDirect).toBeUndefined();
  });

  it('carries what the account trusts, and leaves it out where it is off', () => {
    const pinnedCertificate = 'ab:'.repeat(31) + 'AB';
    const draft = draftOf(
      { ...valuesOf(work), pinnedCertificate: ` ${pinnedCertificate} `, allowWildcard: true },
      work,
    );
    expect(draft).toMatchObject({ pinnedCertificate, allowWildcard: true });
    expect(v.is(accountDraftSchema, draft)).toBe(true);
    expect(v.is(accountDraftSchema, { ...draft, pinnedCertificate: 'abc' })).toBe(false);
    expect(draftOf(valuesOf(work), work)).toMatchObject({ pinnedCertificate: undefined, allowWildcard: undefined });
  });

  it('of a new account names it by its domain, and passes the door of the phone', () => {
    const draft = draftOf({ ...valuesOf(null), address: ' mara@example.com ', password: 'secret' }, null);
    expect(draft).toMatchObject({ address: 'mara@example.com', label: 'example.com', password: 'secret' });
    expect(v.is(accountDraftSchema, draft)).toBe(true);
  });
});

describe('what is missing', () => {
  const typed = { ...valuesOf(null), address: 'mara@example.com', password: 'secret' };

  it('is nothing when address and password are there', () => {
    expect(missing(typed, null, [])).toBeNull();
  });

  it('is an address that looks like one', () => {
    expect(missing({ ...typed, address: '' }, null, [])?.key).toBe('addressMissing');
    expect(missing({ ...typed, address: 'mara' }, null, [])?.key).toBe('addressWrong');
  });

  it('is a password only while none is saved', () => {
    expect(missing({ ...typed, password: '' }, null, [])?.field).toBe('password');
    expect(missing({ ...typed, password: '' }, { hasPassword: true }, [])).toBeNull();
  });

  it('is another address when this one is here already', () => {
    const other = { config: work, hasPassword: true, registration: { name: 'connecting' } } as const;
    expect(missing({ ...typed, address: '4410@Example.com' }, null, [other])?.key).toBe('addressTaken');
  });
});

describe('a problem', () => {
  const problem = (code: string, field?: string) => ({ code, message: '', ...(field ? { field } : {}) });

  it('is shown under the field that it names', () => {
    expect(fieldOf(problem('password-not-accepted', 'password'), valuesOf(null))).toBe('password');
    expect(fieldOf(problem('anything', 'account.caFile'), valuesOf(null))).toBe('caFile');
  });

  it('of an unknown host is shown where the host was typed', () => {
    expect(fieldOf(problem('host-unknown', 'address'), valuesOf(null))).toBe('address');
    expect(fieldOf(problem('host-unknown', 'address'), valuesOf(work))).toBe('server');
  });

  it('that belongs to no field is left to the form', () => {
    expect(fieldOf(problem('internal'), valuesOf(null))).toBeNull();
  });
});
