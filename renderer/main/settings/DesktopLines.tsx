// Do not disturb, start at login, appearance, zoom, language.
import type { ReactNode } from 'react';
import { languages, usualZoom, zoomSteps, type LanguageChoice, type Preferences } from '../../../contract/index.ts';
import { formatPercent, formatTime, run, Select, Switch, t, usePhone, type SelectOption } from '../../common/index.ts';
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
    <Line
      preference="startAtLogin"
      icon="power"
      label={t('setup:settings.startAtLogin')}
      hint={t('setup:settings.startAtLoginHint')}
    >
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
    <Line preference="theme" icon="eye" label={label} hint={t('setup:settings.appearanceHint')}>
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

export function ZoomLine(): ReactNode {
  const zoom = usePhone((state) => state.preferences.zoom ?? usualZoom);
  const label = t('setup:settings.zoom');
  return (
    <Line preference="zoom" icon="zoom-in" label={label} hint={t('setup:settings.zoomHint')}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={zoom}
          options={zoomSteps.map((value) => ({ value, label: formatPercent(value) }))}
          onChange={(value) => void run({ type: 'set-preferences', preferences: { zoom: value } })}
        />
      )}
    </Line>
  );
}

/** Each language by its own name, so that it is found by who does not read the one that is shown. */
function ownName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

export function LanguageLine(): ReactNode {
  const chosen = usePhone((state) => state.preferences.language ?? 'system');
  const label = t('setup:settings.language');
  const options: SelectOption<LanguageChoice>[] = [
    { value: 'system', label: t('setup:settings.system') },
    ...languages.map((value) => ({ value, label: ownName(value) })),
  ];
  return (
    <Line
      preference="language"
      icon="languages"
      section="language"
      label={label}
      hint={t('setup:settings.languageHint')}
    >
      {() => (
        <Select
          look="bare"
          label={label}
          value={chosen}
          options={options}
          onChange={(language) => void run({ type: 'set-preferences', preferences: { language } })}
        />
      )}
    </Line>
  );
}
