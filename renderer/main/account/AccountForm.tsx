// AccountForm: a new account or a known one; errors stand where they happened.
import { useEffect, useId, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { Banner, Button, IconButton, t } from '../../common/index.ts';
import { AccountFields } from './AccountFields.tsx';
import { MoreFields } from './MoreFields.tsx';
import { useAccountForm, type AccountFormState } from './use-account-form.ts';
import './account-form.css';

export interface AccountFormProps {
  /** null: a new one. */
  accountId: string | null;
  /** Back was pressed, or the account is saved. */
  onClose: () => void;
}

export function AccountForm({ accountId, onClose }: AccountFormProps): ReactNode {
  const form = useAccountForm(accountId, onClose);
  const element = useRef<HTMLFormElement>(null);
  const headingId = useId();
  useFocusOnTrouble(element, form);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) form.leave();
  };
  return (
    <form className="account-form" aria-labelledby={headingId} ref={element} noValidate onSubmit={submit}>
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onClose} />
        <h1 id={headingId}>{t(form.isNew ? 'setup:account.newTitle' : 'setup:account.title')}</h1>
      </div>
      <div className="fields" onKeyDown={onKeyDown}>
        <AccountFields form={form} />
        <MoreFields form={form} onRemoved={onClose} />
      </div>
      {form.trouble && form.trouble.field === null && <Banner kind="error" title={form.trouble.message} />}
      <div className="form-foot">
        <span className="note">{form.isNew ? '' : t('setup:account.applies')}</span>
        <SendButton form={form} />
      </div>
    </form>
  );
}

function SendButton({ form }: { form: AccountFormState }): ReactNode {
  const { isNew, isConnecting, account, values, trouble } = form;
  if (isConnecting && account?.config.enabled !== false) {
    return (
      <Button kind="primary" type="submit" disabledReason={t('setup:account.connecting')}>
        {t('setup:account.connecting')}
      </Button>
    );
  }
  const isOffline = account?.registration.name === 'offline';
  const word = isOffline ? t('tryAgain') : isNew ? t('setup:account.add') : t('save');
  const hasNothing = !isNew && !isOffline && values.password === '' && trouble === null;
  return (
    <Button kind="primary" type="submit" disabledReason={hasNothing ? t('setup:account.nothingToSave') : null}>
      {word}
    </Button>
  );
}

/** The caret goes to the field that has something to say, once for each press of the button. */
function useFocusOnTrouble(element: { current: HTMLElement | null }, { trouble, sent }: AccountFormState): void {
  const field = trouble?.field ?? null;
  const answered = useRef(0);
  useEffect(() => {
    if (field === null || answered.current === sent) return;
    answered.current = sent;
    const bad = element.current?.querySelector<HTMLElement>('.field.bad');
    bad?.querySelector('input')?.focus();
    bad?.scrollIntoView({ block: 'nearest' });
  }, [field, sent, element]);
}
