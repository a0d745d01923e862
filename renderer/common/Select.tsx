// Select: one of a list that opens, for forms (boxed) and settings lines (the value at the line's end).
import type { ReactNode } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import { Icon } from './Icon.tsx';
import './field.css';
import './menu.css';

export interface SelectOption<T extends string | number> {
  value: T;
  label: string;
  /** At the end of the line: "in use by another app". */
  note?: string;
}

export interface SelectProps<T extends string | number> {
  label: string;
  value: T;
  options: readonly SelectOption<T>[];
  onChange: (value: T) => void;
  /** `box` shows its label above; `bare` is only the value with a chevron (name it by `label`). */
  look?: 'box' | 'bare';
  locked?: boolean;
  className?: string;
}

export function Select<T extends string | number>(props: SelectProps<T>): ReactNode {
  const { label, value, options, onChange, look = 'box', locked, className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <AriaSelect
      className={['field', locked && 'locked', className].filter(Boolean).join(' ')}
      aria-label={look === 'bare' ? label : undefined}
      isDisabled={locked ?? false}
      value={value}
      onChange={(key) => {
        const picked = options.find((option) => option.value === key);
        if (picked) onChange(picked.value);
      }}
    >
      {look === 'box' && (
        <Label className="label">
          {label}
          {locked && <Icon name="lock" size={12} />}
        </Label>
      )}
      <Button className={look === 'box' ? 'box' : 'bare-select'}>
        <SelectValue className="grow cut">{chosen?.label ?? ''}</SelectValue>
        <Icon name="chevron-down" size={12} />
      </Button>
      <Popover className="menu" offset={4}>
        <ListBox>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="item">
              {({ isSelected }) => (
                <>
                  <span className="check">{isSelected && <Icon name="check" size={14} />}</span>
                  <span className="grow">{option.label}</span>
                  {option.note && <span className="note">{option.note}</span>}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
