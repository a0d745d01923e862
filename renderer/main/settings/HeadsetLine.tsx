// Headset: what is plugged in, and when its buttons count.
import type { ReactNode } from 'react';
import type { HeadsetState, Preferences } from '../../../contract/index.ts';
import { Icon, run, Select, Switch, t, usePhone, type SelectOption } from '../../common/index.ts';
import { Line } from './Line.tsx';

type Buttons = Preferences['headsetButtons'];

const choices = (): SelectOption<Buttons>[] => [
  { value: 'always', label: t('setup:settings.always') },
  { value: 'in-calls', label: t('setup:settings.inCalls') },
  { value: 'never', label: t('setup:settings.never') },
];

function headsetWords(headset: HeadsetState, buttons: Buttons): string {
  switch (headset.name) {
    case 'none':
      return t('setup:settings.headsetNone');
    case 'in-use-elsewhere':
      return t('setup:settings.headsetElsewhere', { product: headset.product });
    case 'refused':
      return t('setup:settings.headsetRefused', { product: headset.product, problem: headset.problem.message });
    case 'ready':
      return t(buttons === 'never' ? 'setup:settings.headsetOff' : 'setup:settings.headsetReady', {
        product: headset.product,
      });
  }
}

export function HeadsetLine(): ReactNode {
  const headset = usePhone((state) => state.headset);
  const buttons = usePhone((state) => state.preferences.headsetButtons);
  return (
    <Line
      icon="headset"
      section="headset"
      label={t('setup:settings.headset')}
      hint={headsetWords(headset, buttons)}
      isTrouble={headset.name === 'refused'}
    >
      {() => (
        <Select
          look="bare"
          label={t('setup:settings.headsetButtons')}
          value={buttons}
          options={choices()}
          onChange={(headsetButtons) => void run({ type: 'set-preferences', preferences: { headsetButtons } })}
        />
      )}
    </Line>
  );
}

/** A light for colleagues at the door. */
export function BusylightLine(): ReactNode {
  const on = usePhone((state) => state.preferences.busylight ?? false);
  return (
    <Line icon="bell" label={t('setup:settings.busylight')} hint={t('setup:settings.busylightHint')}>
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(busylight) => void run({ type: 'set-preferences', preferences: { busylight } })}
        />
      )}
    </Line>
  );
}

/** For support: a file of what the headset sent and was told. Absent without a headset. */
export function HeadsetTraceLine(): ReactNode {
  const present = usePhone((state) => state.headset.name === 'ready' || state.headset.name === 'in-use-elsewhere');
  if (!present) return null;
  return (
    <button type="button" className="line" onClick={() => void run({ type: 'save-headset-trace' })}>
      <Icon name="headset" />
      <span className="words">
        {t('setup:settings.headsetTrace')}
        <span className="d cut">{t('setup:settings.headsetTraceHint')}</span>
      </span>
    </button>
  );
}
