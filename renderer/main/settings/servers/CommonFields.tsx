// What both kinds of server have: the password, and below "More" the company's certificate authority.
import { useId, useState, type ReactNode } from 'react';
import { Icon, IconButton, t, TextField } from '../../../common/index.ts';
import type { ServerFormState } from './ServerForm.tsx';

export function PasswordField({ form }: { form: ServerFormState }): ReactNode {
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      label={t('setup:server.password')}
      type={isShown ? 'text' : 'password'}
      value={form.values.password}
      placeholder={form.hasPassword ? t('setup:server.passwordKept') : undefined}
      error={form.error('password')}
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

export function MoreServerFields({ form, children }: { form: ServerFormState; children?: ReactNode }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { values, error, type } = form;
  const isNeeded = (['caFile', 'filter', 'attributes'] as const).some((field) => error(field) !== null);
  const isShown = isOpen || isNeeded;
  return (
    <>
      <button
        type="button"
        className="button plain small disclosure"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setOpen(!isShown)}
      >
        {t('setup:server.more')}
        <Icon name={isShown ? 'chevron-up' : 'chevron-down'} size={12} />
      </button>
      <div id={id} className="more" hidden={!isShown}>
        {isShown && (
          <>
            <TextField
              label={t('setup:server.caFile')}
              value={values.caFile}
              hint={t('setup:server.caFileHint')}
              error={error('caFile')}
              onChange={(caFile) => type({ caFile })}
            />
            {children}
          </>
        )}
      </div>
    </>
  );
}
