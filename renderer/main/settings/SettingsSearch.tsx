// SettingsSearch: the settings that fit what is typed, on whatever page they stand; a click goes there.
import type { ReactNode } from 'react';
import { EmptyState, Icon, ranked, t } from '../../common/index.ts';
import { settingLines, type SettingPlace, type SettingsPage } from './setting-lines.ts';

export interface SettingsSearchProps {
  text: string;
  onOpen: (place: SettingPlace) => void;
}

export function SettingsSearch({ text, onOpen }: SettingsSearchProps): ReactNode {
  const found = ranked(settingLines(), text);
  if (found.length === 0) {
    return <EmptyState icon="search" title={t('setup:settings.noneFound')} text={t('setup:settings.noneFoundHint')} />;
  }
  return (
    <div className="group" role="list" aria-label={t('setup:settings.found')}>
      {found.map(({ page, label, hint }) => (
        <div key={`${page} ${label}`} role="listitem">
          <button type="button" className="line" onClick={() => onOpen({ page, label })}>
            <span className="words">
              {label}
              <span className="d">{hint}</span>
            </span>
            {page !== 'main' && <span className="v">{nameOf(page)}</span>}
            <Icon name="chevron-right" />
          </button>
        </div>
      ))}
    </div>
  );
}

function nameOf(page: Exclude<SettingsPage, 'main'>): string {
  switch (page) {
    case 'accounts':
      return t('setup:accounts.title');
    case 'calls':
      return t('setup:calls.title');
    case 'headset':
      return t('setup:headset.title');
    case 'sources':
      return t('setup:sources.title');
    case 'sound':
      return t('setup:sound.title');
    case 'shortcuts':
      return t('setup:shortcuts.title');
    case 'log':
      return t('diagnostics:log.title');
    case 'bundle':
      return t('diagnostics:bundle.title');
    case 'diagnosis':
      return t('diagnostics:why.title');
    case 'trace':
      return t('setup:trace.title');
  }
}
