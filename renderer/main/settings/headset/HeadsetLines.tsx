// Lines about the headset: when its buttons count, what comes with it, the keyboard's key, lights for colleagues.
import type { ReactNode } from 'react';
import type { HeadsetState, Preferences } from '../../../../contract/index.ts';
import {
  Icon,
  platform,
  run,
  Select,
  showToast,
  Switch,
  t,
  usePhone,
  type IconName,
  type SelectOption,
  problemText,
} from '../../../common/index.ts';
import { Line } from '../Line.tsx';

type Buttons = Preferences['headsetButtons'];

const choices = (): SelectOption<Buttons>[] => [
  { value: 'always', label: t('setup:headset.always') },
  { value: 'in-calls', label: t('setup:headset.inCalls') },
  { value: 'never', label: t('setup:headset.never') },
];

/** How it stands, in a sentence; of one that is in use or refused, with what to do. */
function headsetWords(headset: HeadsetState, buttons: Buttons): string {
  if (buttons === 'never') return t('setup:headset.off');
  switch (headset.name) {
    case 'none':
      return t('setup:headset.none');
    case 'in-use-elsewhere':
      return t('setup:headset.elsewhere', { product: headset.product });
    case 'refused':
      return t('setup:headset.refused', { product: headset.product, problem: problemText(headset.problem) });
    case 'ready':
      return t('setup:headset.ready', { product: headset.product });
  }
}

function useHeadsetWords(): string {
  const headset = usePhone((state) => state.headset);
  const buttons = usePhone((state) => state.preferences.headsetButtons);
  return headsetWords(headset, buttons);
}

/** The way to its page. */
export function HeadsetLine({ onOpen }: { onOpen: () => void }): ReactNode {
  const isTrouble = usePhone((state) => state.headset.name === 'refused');
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="headset" />
      <span className="words">
        {t('setup:headset.title')}
        <span className={isTrouble ? 'd trouble' : 'd'}>{useHeadsetWords()}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}

/** What is plugged in and how it stands. */
export function HeadsetStateLine(): ReactNode {
  const isTrouble = usePhone((state) => state.headset.name === 'refused' || state.headset.name === 'in-use-elsewhere');
  return <Line icon="headset" label={t('setup:headset.title')} hint={useHeadsetWords()} isTrouble={isTrouble} />;
}

export function ButtonsLine(): ReactNode {
  const buttons = usePhone((state) => state.preferences.headsetButtons);
  const label = t('setup:headset.buttons');
  return (
    <Line preference="headsetButtons" icon="phone" label={label} hint={t('setup:headset.buttonsHint')}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={buttons}
          options={choices()}
          onChange={(headsetButtons) => void run({ type: 'set-preferences', preferences: { headsetButtons } })}
        />
      )}
    </Line>
  );
}

type SwitchName = 'headsetAudio' | 'mediaKeys' | 'busylight';

interface SwitchLineProps {
  name: SwitchName;
  icon: IconName;
  hint: string;
  /** Where nothing was chosen. */
  absent: boolean;
}

function SwitchLine({ name, icon, hint, absent }: SwitchLineProps): ReactNode {
  const on = usePhone((state) => state.preferences[name] ?? absent);
  return (
    <Line preference={name} icon={icon} label={t(`setup:headset.${name}`)} hint={hint}>
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(value) => void run({ type: 'set-preferences', preferences: { [name]: value } })}
        />
      )}
    </Line>
  );
}

/** Its microphone and speaker come with its buttons. */
export function HeadsetAudioLine(): ReactNode {
  return <SwitchLine name="headsetAudio" icon="mic" hint={t('setup:headset.headsetAudioHint')} absent />;
}

export function MediaKeysLine(): ReactNode {
  const hint = t(platform() === 'darwin' ? 'setup:headset.mediaKeysHintMac' : 'setup:headset.mediaKeysHint');
  return <SwitchLine name="mediaKeys" icon="keyboard" hint={hint} absent={false} />;
}

/** A light for colleagues at the door. */
export function BusylightLine(): ReactNode {
  return <SwitchLine name="busylight" icon="bell" hint={t('setup:headset.busylightHint')} absent={false} />;
}

/** For support: a file of what the headset sent and was told. */
export function HeadsetReportLine(): ReactNode {
  const save = async (): Promise<void> => {
    const outcome = await run({ type: 'save-headset-trace' });
    const file = outcome.ok ? outcome.value.file : undefined;
    if (file !== undefined) showToast({ kind: 'done', text: t('setup:headset.reportSaved', { file }) });
  };
  return (
    <button type="button" className="line" onClick={() => void save()}>
      <Icon name="arrow-up-down" />
      <span className="words">
        {t('setup:headset.report')}
        <span className="d">{t('setup:headset.reportHint')}</span>
      </span>
    </button>
  );
}
