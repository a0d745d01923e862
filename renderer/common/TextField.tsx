// TextField: label, box, and under it a hint or what is wrong, in words.
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { Icon } from './Icon.tsx';
import './field.css';

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'size'> {
  label: string;
  /** Lighter words after the label, not part of its name: "as others see it". */
  aside?: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  /** Announced; takes the hint's place. */
  error?: string | null | undefined;
  /** Set by the administrator: read-only, with a lock. */
  locked?: boolean;
  /** Inside the box at its end: a Show password button. */
  after?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { label, aside, value, onChange, hint, error, locked, after, inputRef, className, ...rest } = props;
  const id = useId();
  const hasHelp = Boolean(error || hint);
  return (
    <div className={['field', error && 'bad', locked && 'locked', className].filter(Boolean).join(' ')}>
      <div className="label">
        <label htmlFor={id} className="bare">
          {label}
        </label>
        {aside && <span className="aside">{aside}</span>}
        {locked && <Icon name="lock" size={12} />}
      </div>
      <div className="box">
        <input
          spellCheck={false}
          autoComplete="off"
          {...rest}
          id={id}
          ref={inputRef}
          value={value}
          readOnly={locked}
          aria-invalid={error ? true : undefined}
          aria-describedby={hasHelp ? `${id}-help` : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {after}
      </div>
      {hasHelp && (
        <div className="help" id={`${id}-help`} role={error ? 'alert' : undefined}>
          {error && <Icon name="circle-alert" size={14} />}
          <span>{error ?? hint}</span>
        </div>
      )}
    </div>
  );
}
