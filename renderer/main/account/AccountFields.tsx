// The fields everybody sees: who you are, your password, where the server is.
import { useState, type ReactNode } from 'react';
import { transportSchema, type TransportName } from '../../../contract/index.ts';
import { IconButton, Select, t, TextField, type SelectOption } from '../../common/index.ts';
import type { FieldName } from './account-draft.ts';
import type { AccountFormState } from './use-account-form.ts';

const transports: SelectOption<TransportName>[] = transportSchema.options.map((name) => ({
  value: name,
  label: name.toUpperCase(),
}));

/** What is wrong with this field, if something is. */
export function errorOf({ trouble }: AccountFormState, field: FieldName): string | null {
  return trouble?.field === field ? trouble.message : null;
}

function serverHint({ values }: AccountFormState): string {
  const isWeb = values.transport === 'ws' || values.transport === 'wss';
  return isWeb ? t('setup:account.serverHintWeb', { scheme: values.transport }) : t('setup:account.serverHint');
}

export function AccountFields({ form }: { form: AccountFormState }): ReactNode {
  const { values } = form;
  return (
    <>
      <TextField
        label={t('setup:account.name')}
        aside={t('setup:account.nameAside')}
        value={values.displayName}
        error={errorOf(form, 'displayName')}
        autoFocus={form.isNew}
        onChange={(displayName) => form.type({ displayName })}
        onBlur={form.leave}
      />
      <TextField
        label={t('setup:account.address')}
        value={values.address}
        hint={t('setup:account.addressHint')}
        error={errorOf(form, 'address')}
        inputMode="email"
        autoCapitalize="off"
        onChange={(address) => form.type({ address })}
        onBlur={form.leave}
      />
      <Password form={form} />
      <div className="two">
        <TextField
          label={t('setup:account.server')}
          value={values.server}
          placeholder={t('setup:account.serverPlaceholder')}
          hint={serverHint(form)}
          error={errorOf(form, 'server')}
          autoCapitalize="off"
          onChange={(server) => form.type({ server })}
          onBlur={form.leave}
        />
        <Select
          label={t('setup:account.connection')}
          value={values.transport}
          options={transports}
          onChange={(transport) => form.choose({ transport })}
        />
      </div>
    </>
  );
}

function Password({ form }: { form: AccountFormState }): ReactNode {
  const [isShown, setShown] = useState(false);
  const { values, account } = form;
  return (
    <TextField
      label={t('setup:account.password')}
      type={isShown ? 'text' : 'password'}
      value={values.password}
      placeholder={account?.hasPassword ? t('setup:account.passwordKept') : undefined}
      error={errorOf(form, 'password')}
      autoComplete="new-password"
      onChange={(password) => form.type({ password })}
      after={
        <IconButton
          label={t(isShown ? 'setup:account.hidePassword' : 'setup:account.showPassword')}
          icon="eye"
          on={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}
