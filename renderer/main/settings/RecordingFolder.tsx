// RecordingFolder: where recordings go; empty is the usual place. Saved when the field is left.
import { useState, type ReactNode } from 'react';
import { run, t, TextField, usePhone } from '../../common/index.ts';

export function RecordingFolder(): ReactNode {
  const folder = usePhone((state) => state.preferences.recordingFolder ?? '');
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    const wanted = typed?.trim();
    setTyped(null);
    if (wanted === undefined || wanted === folder) return;
    void run({ type: 'set-preferences', preferences: { recordingFolder: wanted === '' ? undefined : wanted } });
  };
  return (
    <div className="line">
      <TextField
        className="grow"
        label={t('setup:sound.folder')}
        value={typed ?? folder}
        placeholder={t('setup:sound.folderDefault')}
        hint={t('setup:sound.folderHint')}
        onChange={setTyped}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
    </div>
  );
}
