// Segmented: one of a few, all in sight; one tab stop, arrows inside.
import type { ReactNode } from 'react';
import { onArrowKeys } from './roving.ts';
import './segmented.css';

export interface SegmentedProps<T extends string> {
  /** What is chosen here, for screen readers. */
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>): ReactNode {
  return (
    <div className="filters" role="group" aria-label={label} onKeyDown={onArrowKeys}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={option.value === value ? 'here' : undefined}
          aria-pressed={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
