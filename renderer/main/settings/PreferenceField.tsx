// PreferenceField: a preference that is a text. Saved when the field is left or Enter is pressed; empty is "not set".
import { useState, type ReactNode } from 'react';
import type { Preferences } from '../../../contract/index.ts';
import { t, TextField } from '../../common/index.ts';
import { useLocked } from './Line.tsx';

export interface PreferenceFieldProps {
  label: string;
  hint: string;
  placeholder?: string;
  /** What it is: an administrator may have set it for everybody. */
  preference: keyof Preferences;
  /** What is kept now; empty: not set. */
  value: string;
  /** Says what is wrong with the text, in a sentence; null: it may be kept. */
  check?: (text: string) => string | null;
  onSave: (text: string) => void;
}

export function PreferenceField({
  preference,
  label,
  hint,
  placeholder,
  value,
  check,
  onSave,
}: PreferenceFieldProps): ReactNode {
  const isLocked = useLocked(preference);
  const [typed, setTyped] = useState<string | null>(null);
  const problem = typed === null ? null : (check?.(typed.trim()) ?? null);
  const save = (): void => {
    const wanted = typed?.trim();
    if (wanted === undefined || problem !== null) return;
    setTyped(null);
    if (wanted !== value) onSave(wanted);
  };
  return (
    <div className="line">
      <TextField
        className="grow"
        label={label}
        value={typed ?? value}
        placeholder={placeholder}
        hint={isLocked ? t('setup:settings.locked') : hint}
        locked={isLocked}
        error={problem}
        onChange={setTyped}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
    </div>
  );
}
