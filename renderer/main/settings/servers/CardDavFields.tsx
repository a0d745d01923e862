// The fields of an address book (CardDAV).
import { useId, type ReactNode } from 'react';
import { Switch, t, TextField } from '../../../common/index.ts';
import { MoreServerFields, PasswordField } from './CommonFields.tsx';
import type { ServerFormState } from './ServerForm.tsx';

export function CardDavFields({ form }: { form: ServerFormState }): ReactNode {
  const { values, error, type } = form;
  const id = useId();
  const isPlain = /^http:\/\//i.test(values.url.trim());
  return (
    <>
      <TextField
        label={t('setup:server.name')}
        aside={t('setup:server.nameAside')}
        value={values.name}
        error={error('name')}
        autoFocus={form.isNew}
        onChange={(name) => type({ name })}
      />
      <TextField
        label={t('setup:server.url')}
        value={values.url}
        hint={t('setup:server.urlHint')}
        error={error('url')}
        inputMode="url"
        autoCapitalize="off"
        onChange={(url) => type({ url })}
      />
      {isPlain && (
        <div className="set-row">
          <span className="grow">
            <b id={`${id}-label`}>{t('setup:server.allowPlain')}</b>
            <span id={`${id}-hint`}>{t('setup:server.allowPlainHint')}</span>
          </span>
          <Switch
            on={values.allowPlain}
            onChange={(allowPlain) => type({ allowPlain })}
            labelledBy={`${id}-label`}
            describedBy={`${id}-hint`}
          />
        </div>
      )}
      <TextField
        label={t('setup:server.user')}
        value={values.user}
        error={error('user')}
        autoCapitalize="off"
        onChange={(user) => type({ user })}
      />
      <PasswordField form={form} />
      <MoreServerFields form={form} />
    </>
  );
}
