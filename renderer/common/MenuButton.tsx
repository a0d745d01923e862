// MenuButton: a button that opens a menu (ARIA menu button); the menu floats and gives the focus back.
import type { ReactNode } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Icon, type IconName } from './Icon.tsx';
import './menu.css';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  /** At the line's end. */
  note?: string;
  /** A second line. */
  below?: string;
  /** true or false: a choice, with a check mark's place; absent: an act. */
  checked?: boolean;
  disabled?: boolean;
  onAction: () => void;
}

export interface MenuPart {
  /** Heads the part; parts stand between lines. */
  label?: string;
  entries: readonly MenuEntry[];
}

export interface MenuButtonProps {
  /** Accessible name of the button; give it where the children are not words. */
  label?: string;
  title?: string;
  className: string;
  /** What the menu is for, for screen readers. */
  menuLabel: string;
  parts: readonly MenuPart[];
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  /** To open it from elsewhere, such as a shortcut; leave both out otherwise. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  children: ReactNode;
}

export function MenuButton(props: MenuButtonProps): ReactNode {
  const { label, title, className, menuLabel, parts, placement = 'bottom start', children } = props;
  const opening = props.onOpenChange ? { isOpen: props.isOpen ?? false, onOpenChange: props.onOpenChange } : {};
  const shown = parts.filter((part) => part.entries.length > 0);
  return (
    <MenuTrigger {...opening}>
      <Button
        className={className}
        aria-label={label}
        render={(button) => <button {...button} title={title ?? label} />}
      >
        {children}
      </Button>
      <Popover className="menu" placement={placement} offset={4}>
        <Menu aria-label={menuLabel}>
          {shown.flatMap((part, index) => [
            index > 0 && <Separator key={`line-${index}`} />,
            <MenuSection key={`part-${index}`} aria-label={part.label ?? menuLabel}>
              {part.label && <Header className="label">{part.label}</Header>}
              {part.entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </MenuSection>,
          ])}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Entry({ entry }: { entry: MenuEntry }): ReactNode {
  return (
    <MenuItem
      id={entry.id}
      className="item"
      textValue={entry.label}
      isDisabled={entry.disabled ?? false}
      onAction={entry.onAction}
    >
      {entry.checked !== undefined && <span className="check">{entry.checked && <Icon name="check" size={14} />}</span>}
      {entry.icon && <Icon name={entry.icon} />}
      <span className="grow">
        <span className="text cut">{entry.label}</span>
        {entry.below && <span className="below cut">{entry.below}</span>}
      </span>
      {entry.note && <bdi className="note">{entry.note}</bdi>}
    </MenuItem>
  );
}
