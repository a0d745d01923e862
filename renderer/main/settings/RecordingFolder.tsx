// RecordingFolder: where recordings go; empty is the usual place.
import type { ReactNode } from 'react';
import { run, t, usePhone } from '../../common/index.ts';
import { PreferenceField } from './PreferenceField.tsx';

export function RecordingFolder(): ReactNode {
  const folder = usePhone((state) => state.preferences.recordingFolder ?? '');
  return (
    <PreferenceField
      preference="recordingFolder"
      label={t('setup:sound.folder')}
      hint={t('setup:sound.folderHint')}
      placeholder={t('setup:sound.folderDefault')}
      value={folder}
      onSave={(wanted) => {
        void run({ type: 'set-preferences', preferences: { recordingFolder: wanted === '' ? undefined : wanted } });
      }}
    />
  );
}
