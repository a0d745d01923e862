// Do not disturb, start at login, appearance.
import type { ReactNode } from 'react';
import type { Preferences } from '../../../contract/index.ts';
import { formatTime, run, Select, Switch, t, usePhone, type SelectOption } from '../../common/index.ts';
import { Line } from './Line.tsx';

/** What each choice sends; `now` is the one in force, which sends nothing. */
const disturbMinutes = { off: 0, halfHour: 30, hour: 60, tomorrow: 'until-tomorrow', turnedOff: -1 } as const;
type Disturb = keyof typeof disturbMinutes | 'now';

export function DoNotDisturbLine(): ReactNode {
  const until = usePhone((state) => state.doNotDisturbUntil);
  const label = t('doNotDisturb');
  const options: SelectOption<Disturb>[] = [
    { value: 'off', label: t('setup:settings.disturb.off') },
    { value: 'halfHour', label: t('setup:settings.disturb.halfHour') },
    { value: 'hour', label: t('setup:settings.disturb.hour') },
    { value: 'tomorrow', label: t('setup:settings.disturb.tomorrow') },
    { value: 'turnedOff', label: t('setup:settings.disturb.turnedOff') },
  ];
  if (until !== null && until >= 0) {
    options.push({ value: 'now', label: t('setup:settings.disturb.until', { time: formatTime(until) }) });
  }
  return (
    <Line icon="moon" label={label} hint={t('setup:settings.disturb.hint')}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={until === null ? 'off' : until < 0 ? 'turnedOff' : 'now'}
          options={options}
          onChange={(value) => {
            if (value !== 'now') void run({ type: 'do-not-disturb', minutes: disturbMinutes[value] });
          }}
        />
      )}
    </Line>
  );
}

export function StartAtLoginLine(): ReactNode {
  const on = usePhone((state) => state.preferences.startAtLogin);
  return (
    <Line icon="power" label={t('setup:settings.startAtLogin')} hint={t('setup:settings.startAtLoginHint')}>
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(startAtLogin) => void run({ type: 'set-preferences', preferences: { startAtLogin } })}
        />
      )}
    </Line>
  );
}

type Theme = Preferences['theme'];

export function AppearanceLine(): ReactNode {
  const theme = usePhone((state) => state.preferences.theme);
  const label = t('setup:settings.appearance');
  const options: SelectOption<Theme>[] = [
    { value: 'system', label: t('setup:settings.system') },
    { value: 'light', label: t('setup:settings.light') },
    { value: 'dark', label: t('setup:settings.dark') },
    { value: 'contrast', label: t('setup:settings.contrast') },
  ];
  return (
    <Line icon="eye" label={label}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={theme}
          options={options}
          onChange={(value) => void run({ type: 'set-preferences', preferences: { theme: value } })}
        />
      )}
    </Line>
  );
}
