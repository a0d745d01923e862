// Below "More": what a few need, and the end of the account.
import { useId, useState, type ReactNode } from 'react';
import type { AccountConfig } from '../../../contract/index.ts';
import { Icon, Select, Switch, t, TextField, type SelectOption } from '../../common/index.ts';
import { DialFields } from './DialFields.tsx';
import { errorOf } from './AccountFields.tsx';
import { isBelowMore } from './account-draft.ts';
import { RemoveAccount } from './RemoveAccount.tsx';
import type { AccountFormState } from './use-account-form.ts';

type Dtmf = NonNullable<AccountConfig['dtmf']>;
type Encryption = AccountConfig['encryption'];

const encryptions = (): SelectOption<Encryption>[] => [
  { value: 'off', label: t('setup:account.encryptionOff') },
  { value: 'preferred', label: t('setup:account.encryptionPreferred') },
  { value: 'required', label: t('setup:account.encryptionRequired') },
];

const dtmfWays = (): SelectOption<Dtmf>[] => [
  { value: 'auto', label: t('setup:account.dtmfAuto') },
  { value: 'rfc4733', label: t('setup:account.dtmfRfc4733') },
  { value: 'info', label: t('setup:account.dtmfInfo') },
  { value: 'inband', label: t('setup:account.dtmfInband') },
];

const encryptionHints = {
  off: 'setup:account.encryptionOffHint',
  preferred: 'setup:account.encryptionPreferredHint',
  required: 'setup:account.encryptionRequiredHint',
} as const;

export function MoreFields({ form, onRemoved }: { form: AccountFormState; onRemoved: () => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const isNeeded = form.trouble?.field != null && isBelowMore(form.trouble.field);
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
        {t('setup:account.more')}
        <Icon name={isShown ? 'chevron-up' : 'chevron-down'} size={12} />
      </button>
      <div id={id} className="more" hidden={!isShown}>
        {isShown && <Fields form={form} onRemoved={onRemoved} />}
      </div>
    </>
  );
}

function Fields({ form, onRemoved }: { form: AccountFormState; onRemoved: () => void }): ReactNode {
  const { values, account, isNew } = form;
  return (
    <>
      <TextField
        label={t('setup:account.label')}
        aside={t('setup:account.labelAside')}
        value={values.label}
        error={errorOf(form, 'label')}
        onChange={(label) => form.type({ label })}
        onBlur={form.leave}
      />
      <TextField
        label={t('setup:account.authUser')}
        value={values.authUser}
        hint={t('setup:account.authUserHint')}
        error={errorOf(form, 'authUser')}
        autoCapitalize="off"
        onChange={(authUser) => form.type({ authUser })}
        onBlur={form.leave}
      />
      <TextField
        label={t('setup:account.caFile')}
        value={values.caFile}
        hint={t('setup:account.caFileHint')}
        error={errorOf(form, 'caFile')}
        onChange={(caFile) => form.type({ caFile })}
        onBlur={form.leave}
      />
      <TextField
        label={t('setup:account.pinnedCertificate')}
        value={values.pinnedCertificate}
        hint={t('setup:account.pinnedCertificateHint')}
        error={errorOf(form, 'pinnedCertificate')}
        autoCapitalize="off"
        onChange={(pinnedCertificate) => form.type({ pinnedCertificate })}
        onBlur={form.leave}
      />
      {values.transport === 'tls' && (
        <SwitchRow
          label={t('setup:account.allowWildcard')}
          hint={t('setup:account.allowWildcardHint')}
          on={values.allowWildcard}
          onChange={(allowWildcard) => form.choose({ allowWildcard })}
        />
      )}
      <DialFields form={form} />
      <div>
        <Select
          label={t('setup:account.encryption')}
          value={values.encryption}
          options={encryptions()}
          onChange={(encryption) => form.choose({ encryption })}
        />
        <p className="help">{t(encryptionHints[values.encryption])}</p>
      </div>
      <div>
        <Select
          label={t('setup:account.dtmf')}
          value={values.dtmf}
          options={dtmfWays()}
          onChange={(dtmf) => form.choose({ dtmf })}
        />
        <p className="help">{t('setup:account.dtmfHint')}</p>
      </div>
      <SwitchRow
        label={t('setup:account.ringHere')}
        hint={t('setup:account.ringHereHint')}
        on={values.ringHere}
        onChange={(ringHere) => form.choose({ ringHere })}
      />
      <SwitchRow
        label={t('setup:account.allowDirect')}
        hint={t('setup:account.allowDirectHint')}
        on={values.allowDirect}
        onChange={(allowDirect) => form.choose({ allowDirect })}
      />
      <SwitchRow
        label={t('setup:account.qualityReports')}
        hint={t('setup:account.qualityReportsHint')}
        on={values.qualityReports}
        onChange={(qualityReports) => form.choose({ qualityReports })}
      />
      {values.qualityReports && (
        <TextField
          label={t('setup:account.qualityCollector')}
          value={values.qualityCollector}
          hint={t('setup:account.qualityCollectorHint')}
          error={errorOf(form, 'qualityCollector')}
          autoCapitalize="off"
          onChange={(qualityCollector) => form.type({ qualityCollector })}
          onBlur={form.leave}
        />
      )}
      {account && !isNew && (
        <>
          <SwitchRow
            label={t('setup:account.enabled')}
            hint={t('setup:account.enabledHint')}
            on={values.enabled}
            onChange={(enabled) => form.choose({ enabled })}
          />
          <RemoveAccount config={account.config} onRemoved={onRemoved} />
        </>
      )}
    </>
  );
}

interface SwitchRowProps {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

function SwitchRow({ label, hint, on, onChange }: SwitchRowProps): ReactNode {
  const id = useId();
  return (
    <div className="set-row">
      <span className="grow">
        <b id={`${id}-label`}>{label}</b>
        <span id={`${id}-hint`}>{hint}</span>
      </span>
      <Switch on={on} onChange={onChange} labelledBy={`${id}-label`} describedBy={`${id}-hint`} />
    </div>
  );
}
