// How calls of one person are heard here: with a ring tone of their own, or not at all.
import { useId, type ReactNode } from 'react';
import { personRingToneSchema, type PersonRingTone } from '../../../contract/index.ts';
import { Select, Switch, t } from '../../common/index.ts';

const usual = 'usual';

export interface RingToneSelectProps {
  /** undefined: as everybody's. */
  value: PersonRingTone | undefined;
  onChange: (tone: PersonRingTone | undefined) => void;
}

export function RingToneSelect({ value, onChange }: RingToneSelectProps): ReactNode {
  const tones = personRingToneSchema.options.map((tone) => ({
    value: tone,
    label: t(`setup:sound.ringTones.${tone}`),
  }));
  return (
    <Select<PersonRingTone | typeof usual>
      label={t('main:personRing')}
      value={value ?? usual}
      options={[{ value: usual, label: t('main:usualRing') }, ...tones]}
      onChange={(tone) => onChange(tone === usual ? undefined : tone)}
    />
  );
}

export function BlockLine({
  blocked,
  onChange,
}: {
  blocked: boolean;
  onChange: (blocked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="block-line">
      <span className="grow">
        <span id={`${id}-label`}>{t('main:block')}</span>
        <span className="d" id={`${id}-hint`}>
          {t('main:blockHint')}
        </span>
      </span>
      <Switch on={blocked} labelledBy={`${id}-label`} describedBy={`${id}-hint`} onChange={onChange} />
    </div>
  );
}
