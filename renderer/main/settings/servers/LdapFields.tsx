// The fields of a company directory (LDAP).
import type { ReactNode } from 'react';
import type { LdapServer } from '../../../../contract/index.ts';
import { Select, t, TextField, type SelectOption } from '../../../common/index.ts';
import { MoreServerFields, PasswordField } from './CommonFields.tsx';
import { attributeNames, usualAttributes } from './server-draft.ts';
import type { ServerFormState } from './ServerForm.tsx';

const securities = (): SelectOption<LdapServer['security']>[] => [
  { value: 'tls', label: t('setup:server.tls') },
  { value: 'starttls', label: t('setup:server.starttls') },
  { value: 'none', label: t('setup:server.plain') },
];

export function LdapFields({ form }: { form: ServerFormState }): ReactNode {
  const { values, error, type } = form;
  const isOpen = values.security === 'none';
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
      <div className="two">
        <TextField
          label={t('setup:server.host')}
          value={values.host}
          hint={t('setup:server.hostHint')}
          error={error('host')}
          autoCapitalize="off"
          onChange={(host) => type({ host })}
        />
        <TextField
          label={t('setup:server.port')}
          value={values.port}
          placeholder={values.security === 'tls' ? '636' : '389'}
          error={error('port')}
          inputMode="numeric"
          onChange={(port) => type({ port })}
        />
      </div>
      <div>
        <Select
          label={t('setup:server.security')}
          value={values.security}
          options={securities()}
          onChange={(security) => type({ security })}
        />
        {(error('security') !== null || isOpen) && (
          <p className={error('security') === null ? 'help' : 'help trouble'} role="status">
            {error('security') ?? t('setup:server.plainHint')}
          </p>
        )}
      </div>
      <TextField
        label={t('setup:server.baseDn')}
        value={values.baseDn}
        hint={t('setup:server.baseDnHint')}
        error={error('baseDn')}
        autoCapitalize="off"
        onChange={(baseDn) => type({ baseDn })}
      />
      <TextField
        label={t('setup:server.bindDn')}
        value={values.bindDn}
        hint={t('setup:server.bindDnHint')}
        error={error('bindDn')}
        autoCapitalize="off"
        onChange={(bindDn) => type({ bindDn })}
      />
      <PasswordField form={form} />
      <MoreServerFields form={form}>
        <TextField
          label={t('setup:server.filter')}
          value={values.filter}
          hint={t('setup:server.filterHint')}
          error={error('filter')}
          autoCapitalize="off"
          onChange={(filter) => type({ filter })}
        />
        <fieldset className="attributes">
          <legend>{t('setup:server.attributes')}</legend>
          <p className={error('attributes') === null ? 'help' : 'help trouble'} role="status">
            {error('attributes') ?? t('setup:server.attributesHint')}
          </p>
          {attributeNames.map((name) => (
            <TextField
              key={name}
              label={t(`setup:server.attribute.${name}`)}
              value={values.attributes[name]}
              placeholder={usualAttributes[name]}
              autoCapitalize="off"
              onChange={(attribute) => type({ attributes: { ...values.attributes, [name]: attribute } })}
            />
          ))}
        </fieldset>
      </MoreServerFields>
    </>
  );
}
