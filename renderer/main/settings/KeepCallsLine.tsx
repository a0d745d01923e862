// KeepCallsLine: for how long calls stay in the list.
import type { ReactNode } from 'react';
import { run, Select, t, usePhone } from '../../common/index.ts';
import { Line } from './Line.tsx';

const always = 'always';
const year = 365;
const choices = [7, 30, 90, 180] as const;

export function KeepCallsLine(): ReactNode {
  const days = usePhone((state) => state.preferences.keepCallsDays);
  const label = t('setup:calls.keep');
  const known: readonly number[] = [...choices, year];
  // An administrator may have set another number of days.
  const offered = days === undefined || known.includes(days) ? known : [...known, days].toSorted((a, b) => a - b);
  return (
    <Line icon="history" label={label} hint={t('setup:calls.keepHint')}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={days === undefined ? always : String(days)}
          options={[
            { value: always, label: t('setup:calls.keepAlways') },
            ...offered.map((count) => ({ value: String(count), label: daysWord(count) })),
          ]}
          onChange={(value) =>
            void run({
              type: 'set-preferences',
              preferences: { keepCallsDays: value === always ? undefined : Number(value) },
            })
          }
        />
      )}
    </Line>
  );
}

function daysWord(count: number): string {
  return count === year ? t('setup:calls.keepYear') : t('setup:calls.keepDays', { count });
}
