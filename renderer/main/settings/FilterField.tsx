// FilterField: narrows a list to what holds the text.
import type { ReactNode } from 'react';
import { Icon, IconButton, t } from '../../common/index.ts';
import './filter-field.css';

export interface FilterFieldProps {
  label: string;
  placeholder: string;
  text: string;
  onChange: (text: string) => void;
}

export function FilterField({ label, placeholder, text, onChange }: FilterFieldProps): ReactNode {
  return (
    <div className="filter">
      <Icon name="search" />
      <input
        type="text"
        value={text}
        maxLength={256}
        spellCheck={false}
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
      {text !== '' && (
        <IconButton label={t('setup:trace.clearFilter')} icon="x" size={14} onClick={() => onChange('')} />
      )}
    </div>
  );
}
