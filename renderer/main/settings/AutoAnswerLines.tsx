// AutoAnswerLines: which callers the phone answers by itself.
import type { ReactNode } from 'react';
import { Select, Switch, t, usePhone } from '../../common/index.ts';
import { callerList } from './caller-list.ts';
import { keep } from './keep.ts';
import { Line } from './Line.tsx';
import { PreferenceField } from './PreferenceField.tsx';

const delays = [0, 3, 5, 10] as const;

export function AutoAnswerLines(): ReactNode {
  const preferences = usePhone((state) => state.preferences);
  const on = preferences.autoAnswer ?? false;
  const seconds = preferences.autoAnswerSeconds ?? 0;
  const choices = [...new Set([...delays, seconds])].sort((a, b) => a - b);
  return (
    <>
      <h2 className="group-head">{t('setup:autoAnswer.head')}</h2>
      <div className="group">
        <Line preference="autoAnswer" icon="mic" label={t('setup:autoAnswer.on')} hint={t('setup:autoAnswer.onHint')}>
          {({ labelId, hintId }) => (
            <Switch
              on={on}
              labelledBy={labelId}
              {...(hintId === undefined ? {} : { describedBy: hintId })}
              onChange={(autoAnswer) => keep({ autoAnswer })}
            />
          )}
        </Line>
        {on && (
          <>
            <PreferenceField
              preference="autoAnswerCallers"
              label={t('setup:autoAnswer.callers')}
              hint={t('setup:autoAnswer.callersHint')}
              placeholder={t('setup:autoAnswer.nobody')}
              value={(preferences.autoAnswerCallers ?? []).join(', ')}
              onSave={(text) => keep({ autoAnswerCallers: callerList(text) })}
            />
            <Line preference="autoAnswerSeconds" icon="bell" label={t('setup:autoAnswer.after')}>
              {() => (
                <Select
                  look="bare"
                  label={t('setup:autoAnswer.after')}
                  value={String(seconds)}
                  options={choices.map((value) => ({
                    value: String(value),
                    label: value === 0 ? t('setup:autoAnswer.atOnce') : t('setup:forwarding.seconds', { count: value }),
                  }))}
                  onChange={(value) => keep({ autoAnswerSeconds: Number(value) })}
                />
              )}
            </Line>
          </>
        )}
      </div>
    </>
  );
}
