// SoundPage: what few change often: the test, ring tone and tones, the voice, recordings.
import type { ReactNode } from 'react';
import type { Preferences } from '../../../contract/index.ts';
import { Icon, run, Switch, t, usePhone, type IconName } from '../../common/index.ts';
import { HearYourself } from './HearYourself.tsx';
import { Line } from './Line.tsx';
import { RecordingFolder } from './RecordingFolder.tsx';
import { RingToneLine, ToneCountryLine } from './RingToneLine.tsx';
import { SettingsPage } from './SettingsPage.tsx';

/** The way to it. */
export function SoundLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="mic" />
      <span className="words">
        {t('setup:settings.sound')}
        <span className="d cut">{t('setup:settings.soundHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}

export function SoundPage({ onBack }: { onBack: () => void }): ReactNode {
  return (
    <SettingsPage title={t('setup:sound.title')} onBack={onBack}>
      <div className="lines">
        <h2 className="group-head">{t('setup:sound.testHead')}</h2>
        <div className="group">
          <HearYourself />
        </div>
        <h2 className="group-head">{t('setup:sound.ringHead')}</h2>
        <div className="group">
          <RingToneLine />
          <ToneCountryLine />
        </div>
        <h2 className="group-head">{t('setup:sound.voiceHead')}</h2>
        <div className="group">
          <VoiceLine preference="echoCancellation" words="echo" icon="headset" />
          <VoiceLine preference="noiseSuppression" words="noise" icon="mic" />
          <VoiceLine preference="automaticGain" words="gain" icon="arrow-up-down" />
        </div>
        <h2 className="group-head">{t('setup:sound.recordHead')}</h2>
        <div className="group">
          <RecordingFolder />
          <RecordingToneLine />
        </div>
      </div>
    </SettingsPage>
  );
}

type VoicePreference = 'echoCancellation' | 'noiseSuppression' | 'automaticGain';

interface VoiceLineProps {
  preference: VoicePreference;
  words: 'echo' | 'noise' | 'gain';
  icon: IconName;
}

/** Absent, each is as the three together were said to be. */
function isOn(preferences: Preferences, preference: VoicePreference): boolean {
  return preferences[preference] ?? preferences.voiceProcessing ?? true;
}

function VoiceLine({ preference, words, icon }: VoiceLineProps): ReactNode {
  const on = usePhone((state) => isOn(state.preferences, preference));
  return (
    <Line preference={preference} icon={icon} label={t(`setup:sound.${words}`)} hint={t(`setup:sound.${words}Hint`)}>
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(value) => void run({ type: 'set-preferences', preferences: { [preference]: value } })}
        />
      )}
    </Line>
  );
}

function RecordingToneLine(): ReactNode {
  const on = usePhone((state) => state.preferences.recordingTone ?? true);
  return (
    <Line preference="recordingTone" icon="bell" label={t('setup:sound.tone')} hint={t('setup:sound.toneHint')}>
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(recordingTone) => void run({ type: 'set-preferences', preferences: { recordingTone } })}
        />
      )}
    </Line>
  );
}
