// The account form's behaviour: what is typed, when it is sent, and what came of it.
import { useEffect, useState } from 'react';
import type { AccountState, Problem, RegistrationState } from '../../../contract/index.ts';
import { run, t, usePhone, problemText } from '../../common/index.ts';
import { draftOf, fieldOf, missing, valuesOf, type FieldName, type FormValues } from './account-draft.ts';

/** How long a registration may look unchanged after a press before it is taken as the answer, ms. */
const settleMs = 1500;

export interface Trouble {
  /** null: shown over the form's foot. */
  field: FieldName | null;
  message: string;
}

export interface AccountFormState {
  isNew: boolean;
  account: AccountState | null;
  values: FormValues;
  trouble: Trouble | null;
  isConnecting: boolean;
  /** How often the button was pressed. */
  sent: number;
  /** Types into a field; nothing is sent yet. */
  type: (change: Partial<FormValues>) => void;
  /** Chooses: applies at once in a known account. */
  choose: (change: Partial<FormValues>) => void;
  /** Leaves a field: what was typed applies at once in a known account. */
  leave: () => void;
  /** The button: sends everything and waits for the server's answer. */
  send: () => void;
}

/** `onAdded` is called once a new account is available. */
export function useAccountForm(accountId: string | null, onAdded: () => void): AccountFormState {
  const accounts = usePhone((state) => state.accounts);
  const [id, setId] = useState(accountId);
  const account = accounts.find(({ config }) => config.id === id) ?? null;
  const [values, setValues] = useState(() => valuesOf(account?.config ?? null));
  const [refused, setRefused] = useState<Trouble | null>(null);
  const [asked, setAsked] = useState<{ registration: RegistrationState | undefined } | null>(null);
  const [sent, setSent] = useState(0);
  const isNew = accountId === null;
  const registration = account?.registration;
  const isWaiting = asked !== null && asked.registration === registration;
  const isConnecting = isWaiting || registration?.name === 'connecting';

  useEffect(() => {
    if (asked === null) return undefined;
    const timer = setTimeout(() => setAsked(null), settleMs);
    return () => clearTimeout(timer);
  }, [asked]);

  useEffect(() => {
    if (registration?.name !== 'available' || isWaiting) return;
    if (isNew) onAdded();
    else setValues((now) => (now.password === '' ? now : { ...now, password: '' }));
    // What is typed later is not this registration's business.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [registration, isWaiting]);

  const save = async (saved: FormValues) => {
    const others = accounts.filter(({ config }) => config.id !== id);
    const gap = missing(saved, account, others);
    if (gap) return setRefused({ field: gap.field, message: t(`setup:account.${gap.key}`) });
    setRefused(null);
    setAsked({ registration });
    const draft = draftOf(saved, account?.config ?? null);
    const outcome = await run({ type: 'save-account', account: draft }, { quiet: true });
    if (outcome.ok) return setId(outcome.value.id ?? id);
    setAsked(null);
    setRefused(troubleOf(outcome.problem, saved));
  };
  const apply = (next: FormValues) => {
    if (!isNew && account && differs(next, account)) void save(next);
  };

  return {
    isNew,
    account,
    values,
    trouble: refused ?? (isConnecting ? null : offlineTrouble(registration, values)),
    isConnecting,
    type(change) {
      setRefused(null);
      setValues({ ...values, ...change });
    },
    choose(change) {
      setRefused(null);
      setValues({ ...values, ...change });
      apply({ ...values, ...change });
    },
    leave: () => apply(values),
    sent,
    send() {
      setSent(sent + 1);
      void save(values);
    },
  };
}

/** What differs apart from the password, which waits for the button. */
function differs(values: FormValues, account: AccountState): boolean {
  const draft = draftOf({ ...values, password: '' }, account.config);
  const known: Record<string, unknown> = account.config;
  return Object.entries(draft).some(([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value));
}

function troubleOf(problem: Problem, values: FormValues): Trouble {
  return { field: fieldOf(problem, values), message: problemText(problem) };
}

function offlineTrouble(registration: RegistrationState | undefined, values: FormValues): Trouble | null {
  return registration?.name === 'offline' ? troubleOf(registration.cause, values) : null;
}
