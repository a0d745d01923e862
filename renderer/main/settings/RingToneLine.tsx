// The ring tone, among them one's own file, and whose country's tones are heard.
import { useRef, type ChangeEvent, type ReactNode } from 'react';
import { toneCountries, type RingTone, type ToneCountry } from '../../../contract/index.ts';
import { Button, locale, run, Select, t, usePhone, type SelectOption } from '../../common/index.ts';
import { Line } from './Line.tsx';

const ours = ['rise', 'bell', 'marimba', 'pulse'] as const;

export function RingToneLine(): ReactNode {
  const ringTone = usePhone((state) => state.preferences.ringTone ?? 'rise');
  const fileName = usePhone((state) => state.preferences.ringFileName);
  const file = useRef<HTMLInputElement>(null);
  const label = t('setup:sound.ringTone');
  const options: SelectOption<RingTone>[] = [
    ...ours.map((value) => ({ value, label: t(`setup:sound.ringTones.${value}`) })),
    ...(fileName === undefined ? [] : [{ value: 'file' as const, label: fileName }]),
  ];
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen) void sendFile(chosen);
  };
  return (
    <Line preference="ringTone" icon="bell" label={label} hint={t('setup:sound.ownFile')}>
      {() => (
        <span className="pair">
          <Select
            look="bare"
            label={label}
            value={ringTone}
            options={options}
            onChange={(value) => void run({ type: 'set-preferences', preferences: { ringTone: value } })}
          />
          <input ref={file} type="file" hidden accept=".wav,.ogg,.opus,audio/wav,audio/ogg" onChange={onFile} />
          <Button small onClick={() => file.current?.click()}>
            {t('setup:sound.chooseFile')}
          </Button>
        </span>
      )}
    </Line>
  );
}

async function sendFile(file: File): Promise<void> {
  const data = new Uint8Array(await file.arrayBuffer());
  await run({ type: 'set-ring-file', name: file.name, data });
}

const byRegion = 'region';

export function ToneCountryLine(): ReactNode {
  const country = usePhone((state) => state.preferences.toneCountry);
  const label = t('setup:sound.tones');
  const names = new Intl.DisplayNames([locale()], { type: 'region' });
  const nameOf = (code: ToneCountry) =>
    code === 'eu' ? t('setup:sound.europe') : (names.of(code.toUpperCase()) ?? code);
  const options: SelectOption<ToneCountry | typeof byRegion>[] = [
    { value: byRegion, label: t('setup:sound.toneByRegion') },
    ...toneCountries
      .map((value) => ({ value, label: nameOf(value) }))
      .toSorted((a, b) => a.label.localeCompare(b.label, locale())),
  ];
  return (
    <Line preference="toneCountry" icon="phone" label={label} hint={t('setup:sound.tonesHint')}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={country ?? byRegion}
          options={options}
          onChange={(value) =>
            void run({
              type: 'set-preferences',
              preferences: { toneCountry: value === byRegion ? undefined : value },
            })
          }
        />
      )}
    </Line>
  );
}
