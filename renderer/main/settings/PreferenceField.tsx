// PreferenceField: a preference that is a text. Saved when the field is left or Enter is pressed; empty is "not set".
import { useState, type ReactNode } from 'react';
import { TextField } from '../../common/index.ts';

export interface PreferenceFieldProps {
  label: string;
  hint: string;
  placeholder?: string;
  /** What is kept now; empty: not set. */
  value: string;
  /** Says what is wrong with the text, in a sentence; null: it may be kept. */
  check?: (text: string) => string | null;
  onSave: (text: string) => void;
}

export function PreferenceField({ label, hint, placeholder, value, check, onSave }: PreferenceFieldProps): ReactNode {
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
        hint={hint}
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
