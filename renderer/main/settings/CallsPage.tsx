// CallsPage: forwarding, callers that are answered by the phone itself, voicemail, video, and what happens when an emergency number is dialled.
import type { ReactNode } from 'react';
import { Icon, Select, Switch, t, usePhone } from '../../common/index.ts';
import { AutoAnswerLines } from './AutoAnswerLines.tsx';
import { emergencyList } from './emergency-list.ts';
import { ForwardingLines } from './ForwardingLines.tsx';
import { keep } from './keep.ts';
import { KeepCallsLine } from './KeepCallsLine.tsx';
import { Line } from './Line.tsx';
import { PreferenceField } from './PreferenceField.tsx';
import { SettingsPage } from './SettingsPage.tsx';

/** The way to it. */
export function CallsLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="phone" />
      <span className="words">
        {t('setup:calls.title')}
        <span className="d cut">{t('setup:calls.lineHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}

export function CallsPage({ onBack }: { onBack: () => void }): ReactNode {
  const preferences = usePhone((state) => state.preferences);
  return (
    <SettingsPage title={t('setup:calls.title')} onBack={onBack}>
      <div className="lines">
        <ForwardingLines />
        <AutoAnswerLines />
        <h2 className="group-head">{t('setup:calls.parkHead')}</h2>
        <div className="group">
          <PreferenceField
            preference="parkCode"
            label={t('setup:calls.park')}
            hint={t('setup:calls.parkHint')}
            value={preferences.parkCode ?? ''}
            onSave={(text) => keep({ parkCode: text === '' ? undefined : text })}
          />
          <PreferenceField
            preference="retrieveCode"
            label={t('setup:calls.retrieve')}
            hint={t('setup:calls.retrieveHint')}
            value={preferences.retrieveCode ?? ''}
            onSave={(text) => keep({ retrieveCode: text === '' ? undefined : text })}
          />
        </div>
        <h2 className="group-head">{t('setup:calls.listHead')}</h2>
        <div className="group">
          <KeepCallsLine />
        </div>
        <h2 className="group-head">{t('setup:calls.voicemailHead')}</h2>
        <div className="group">
          <PreferenceField
            preference="voicemailNumber"
            label={t('setup:calls.voicemail')}
            hint={t('setup:calls.voicemailHint')}
            value={preferences.voicemailNumber ?? ''}
            onSave={(text) => keep({ voicemailNumber: text === '' ? undefined : text })}
          />
        </div>
        <h2 className="group-head">{t('setup:calls.videoHead')}</h2>
        <div className="group">
          <VideoLine />
        </div>
        <h2 className="group-head">{t('setup:calls.emergencyHead')}</h2>
        <div className="group">
          <PreferenceField
            preference="emergencyNumbers"
            label={t('setup:calls.numbers')}
            hint={t('setup:calls.numbersHint')}
            placeholder={t('setup:calls.numbersDefault')}
            value={(preferences.emergencyNumbers ?? []).join(', ')}
            check={(text) => (emergencyList(text) === null ? t('setup:calls.numbersWrong') : null)}
            onSave={(text) => {
              const numbers = emergencyList(text) ?? [];
              keep({ emergencyNumbers: numbers.length === 0 ? undefined : numbers });
            }}
          />
          <EmergencyAccountLine />
          <PreferenceField
            preference="emergencyLocation"
            label={t('setup:calls.location')}
            hint={t('setup:calls.locationHint')}
            value={preferences.emergencyLocation ?? ''}
            onSave={(text) => keep({ emergencyLocation: text === '' ? undefined : text })}
          />
        </div>
      </div>
    </SettingsPage>
  );
}

function VideoLine(): ReactNode {
  const on = usePhone((state) => state.preferences.video ?? false);
  return (
    <Line icon="camera" label={t('setup:calls.video')} hint={t('setup:calls.videoHint')}>
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(video) => keep({ video })}
        />
      )}
    </Line>
  );
}

function EmergencyAccountLine(): ReactNode {
  const accounts = usePhone((state) => state.accounts);
  const chosen = usePhone((state) => state.preferences.emergencyAccountId ?? '');
  const label = t('setup:calls.account');
  const options = accounts.map(({ config }) => ({ value: config.id, label: config.label }));
  const isKnown = options.some(({ value }) => value === chosen);
  return (
    <Line preference="emergencyAccountId" icon="user" label={label} hint={t('setup:calls.accountHint')}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={isKnown ? chosen : ''}
          options={[{ value: '', label: t('setup:calls.anyAccount') }, ...options]}
          onChange={(id) => keep({ emergencyAccountId: id === '' ? undefined : id })}
        />
      )}
    </Line>
  );
}
